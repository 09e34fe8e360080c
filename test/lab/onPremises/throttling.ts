import type { LabRequest } from '../http.ts';
import { Budgets } from './budgets.ts';
import type { Charge } from './budgets.ts';
import { findByAnyName } from './organisation.ts';
import type { Account, Organisation } from './organisation.ts';
import type { OnPremisesState } from './state.ts';

/** Whom a request impersonates, found without parsing it: it has to be known when the request begins. */
const connectingSid = /<(?:\w+:)?ConnectingSID[^>]*>\s*<(?:\w+:)?\w+[^>]*>\s*([^<]*?)\s*</;

/** Charges requests to whom they burden, and lets through what the policy allows. */
export class Throttling {
  readonly #organisation: Organisation;
  readonly #state: () => OnPremisesState;
  readonly #budgets: Budgets;
  readonly #charges = new WeakMap<LabRequest, { readonly owner: string; readonly charge: Charge }>();

  constructor(organisation: Organisation, state: () => OnPremisesState, now: () => number) {
    this.#organisation = organisation;
    this.#state = state;
    this.#budgets = new Budgets({ state, now });
  }

  reset(): void {
    this.#budgets.reset();
  }

  /** @returns to be called when the request is over */
  begin(request: LabRequest, caller: Account): () => void {
    const owner = this.#ownerOf(request, caller).logonName;
    const charge = this.#budgets.begin(owner);
    this.#charges.set(request, { owner, charge });
    return charge.end;
  }

  /** @throws SoapFault when the policy does not let the request through */
  check(request: LabRequest, caller: Account): void {
    const found = this.#charges.get(request);
    const { unlimited } = this.#state().throttling;
    if (!found || unlimited.includes(caller.logonName) || unlimited.includes(found.owner)) return;
    this.#budgets.check(found.owner, found.charge);
  }

  /** Since 2013 an impersonated mailbox pays for itself; before, the account that impersonates pays for all. */
  #ownerOf(request: LabRequest, caller: Account): Account {
    const name = connectingSid.exec(request.body.slice(0, 16_384))?.[1];
    if (name === undefined || this.#state().version.startsWith('2010')) return caller;
    return findByAnyName(this.#organisation, name) ?? caller;
  }
}
