import { SoapFault } from '../ews/fault.ts';
import type { OnPremisesState } from './state.ts';

interface Budget {
  /** Requests that are under way. */
  open: number;
  /** Milliseconds of the server's time that are left; below zero they are owed. */
  balance: number;
  /** When the balance was right, in milliseconds since 1970. */
  at: number;
  /** Blocked until all that is owed has been recharged. */
  isCutOff: boolean;
}

interface Rules {
  readonly state: () => OnPremisesState;
  /** Milliseconds since 1970 by the server's clock. */
  readonly now: () => number;
}

const hourMs = 3_600_000;

/** A request that uses up a budget. */
export interface Charge {
  /** Requests of the same budget that are under way, this one counted. */
  readonly concurrent: number;
  /** To be called once, when the request is over. */
  readonly end: () => void;
}

/** What the throttling policy lets each account use of EWS (Set-ThrottlingPolicy). */
export class Budgets {
  readonly #rules: Rules;
  readonly #budgets = new Map<string, Budget>();

  constructor(rules: Rules) {
    this.#rules = rules;
  }

  /** Forgets what was used. */
  reset(): void {
    this.#budgets.clear();
  }

  /** @param owner logon name of whose budget is used */
  begin(owner: string): Charge {
    const budget = this.#budgetOf(owner);
    budget.open += 1;
    const started = this.#rules.now();
    return {
      concurrent: budget.open,
      end: () => {
        budget.open -= 1;
        this.#recharge(budget);
        budget.balance -= Math.max(0, this.#rules.now() - started) + this.#rules.state().throttling.costMs;
      },
    };
  }

  /** @throws SoapFault when the policy does not let the request through */
  check(owner: string, { concurrent }: Charge): void {
    const { ewsMaxConcurrency, ewsCutoffBalance, ewsRechargeRate } = this.#rules.state().throttling;
    if (ewsMaxConcurrency !== null && concurrent > ewsMaxConcurrency) {
      throw new SoapFault(
        'ErrorExceededConnectionCount',
        'You have exceeded the available concurrent connections for your account. Try again once your other requests have completed.',
        { Policy: 'MaxConcurrency', MaxConcurrencyLimit: ewsMaxConcurrency, ErrorMessage: '' },
      );
    }
    const budget = this.#budgetOf(owner);
    this.#recharge(budget);
    if (ewsCutoffBalance !== null && budget.balance < -ewsCutoffBalance) budget.isCutOff = true;
    if (budget.balance >= 0 || ewsCutoffBalance === null) budget.isCutOff = false;
    if (!budget.isCutOff) return;
    throw new SoapFault('ErrorServerBusy', 'The server cannot service this request right now. Try again later.', {
      BackOffMilliseconds: Math.ceil((-budget.balance / ewsRechargeRate) * hourMs),
    });
  }

  #budgetOf(owner: string): Budget {
    const known = this.#budgets.get(owner);
    if (known) return known;
    const fresh = {
      ...{ open: 0, isCutOff: false },
      balance: this.#rules.state().throttling.ewsMaxBurst,
      at: this.#rules.now(),
    };
    this.#budgets.set(owner, fresh);
    return fresh;
  }

  #recharge(budget: Budget): void {
    const { ewsMaxBurst, ewsRechargeRate } = this.#rules.state().throttling;
    const now = this.#rules.now();
    const earned = ((now - budget.at) / hourMs) * ewsRechargeRate;
    budget.balance = Math.min(ewsMaxBurst, budget.balance + Math.max(0, earned));
    budget.at = now;
  }
}
