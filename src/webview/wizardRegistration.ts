import type { ConnectionSettings } from '../connections/sourceConnection.ts';
import { withHttp } from '../ews/transport/withHttp.ts';
import type { SigningCertificate } from '../identity/certificate/openKeyFile.ts';
import { consentRight, organizationOf } from '../identity/registration/administrator.ts';
import { appPlan } from '../identity/registration/appPlan.ts';
import type { Extra } from '../identity/registration/appPlan.ts';
import { AppRegistration } from '../identity/registration/appRegistration.ts';
import type { RegistrationStep } from '../identity/registration/appRegistration.ts';
import type { Administrator, Registrar, TenantPlace, Work } from '../identity/registration/registrar.ts';
import type { TenantApp } from '../identity/registration/tenantApps.ts';
import { administratorExpired, explainRegistration, lacksRights } from '../verification/findings/registration.ts';
import type { Finding } from '../verification/verification.ts';
import type { AccountView, RegistrationView, SignInWay } from './protocol.ts';
import { existsTexts, stepsView } from './registrationView.ts';

/** What a finished registration leaves in the wizard. */
export interface RegisteredIdentity {
  readonly app: TenantApp;
  /** Whether this wizard has created the app, and may remove it. */
  readonly own: boolean;
  readonly certificate: SigningCertificate;
}

export interface WizardRegistrationOptions {
  readonly registrar: Registrar;
  /** Names the wizard, so that it recognises after a reload what it has created. */
  readonly attempt: string;
  readonly show: () => void;
  readonly onRegistered: (identity: RegisteredIdentity) => Promise<void>;
  /** What was registered is gone. */
  readonly onRemoved: (clientId: string) => Promise<void>;
}

type State = Omit<RegistrationView, 'exists'>;

const atRest: State = {
  phase: 'idle',
  account: { state: 'signedOut' },
  steps: [],
  needsSignIn: false,
  otherAccountHelps: false,
  removed: false,
};

/**
 * The registration of an app from within a wizard: signs an administrator in, shows what would be created, creates it,
 * and takes it back. The administrator's token is in memory until the wizard goes on or is closed.
 */
export class WizardRegistration {
  readonly #options: WizardRegistrationOptions;
  readonly #registration: AppRegistration;
  #state = atRest;
  #stop: AbortController | undefined;
  #administrator: Administrator | undefined;
  /** Where the administrator has signed in. */
  #settings: ConnectionSettings | undefined;
  #step: RegistrationStep = 'key';

  constructor(options: WizardRegistrationOptions) {
    this.#options = options;
    this.#registration = new AppRegistration(options.attempt);
  }

  get view(): RegistrationView {
    return { ...this.#state, exists: existsTexts(this.#registration.registered) };
  }

  /** Of the app that is there; undefined: none is known. */
  get clientId(): string | undefined {
    return this.#registration.registered.application?.appId;
  }

  /** Signs the administrator in and looks at the tenant. */
  async signIn(way: SignInWay, settings: ConnectionSettings): Promise<void> {
    if (this.#settings && placeOf(settings) !== placeOf(this.#settings)) this.#registration.forget();
    this.#settings = settings;
    await this.#within({ ...atRest, phase: 'signingIn', account: { state: 'starting' } }, settings, async (work) => {
      const told = (account: AccountView): void => this.#set({ ...this.#state, account });
      this.#administrator = await this.#options.registrar.signIn(way, settings, work, {
        onWaiting: () => told({ state: 'browser' }),
        onCode: (code) => told({ state: 'code', ...code }),
      });
      this.#set({ ...atRest, phase: 'looking' });
      await this.#look(settings, this.#administrator, work);
    });
  }

  /** Creates what is missing. @param settings as they are now: another tenant takes another sign-in */
  async register(extras: readonly Extra[], settings: ConnectionSettings): Promise<void> {
    const administrator = this.#administrator;
    if (!administrator || !this.#settings || placeOf(settings) !== placeOf(this.#settings)) {
      this.giveUp();
      return;
    }
    const { registrar, attempt, onRegistered } = this.#options;
    await this.#within({ ...atRest, phase: 'running', steps: stepsView('key', false) }, settings, async (work) => {
      const tools = registrar.tools(settings, administrator, work);
      const identity = await this.#registration.run(appPlan(attempt, extras), tools, (step) => {
        this.#step = step;
        this.#set({ ...this.#state, steps: stepsView(step, false) });
      });
      await onRegistered({ ...identity, own: this.#registration.registered.own });
      this.#set({ ...this.#state, phase: 'registered', steps: stepsView(undefined, false) });
    });
  }

  /** Takes back what was created. */
  async remove(): Promise<void> {
    const administrator = this.#administrator;
    const settings = this.#settings;
    if (!settings || !administrator) {
      this.#set({ ...this.#state, phase: 'stopped', needsSignIn: true });
      return;
    }
    await this.#within({ ...atRest, phase: 'removing', steps: this.#state.steps }, settings, async (work) => {
      const { clientId } = this;
      await this.#registration.rollBack(this.#options.registrar.tools(settings, administrator, work));
      if (clientId !== undefined) await this.#options.onRemoved(clientId);
      this.#set({ ...atRest, removed: true });
    });
  }

  /** Ends what is under way; while nothing is, the administrator is forgotten. */
  cancel(): void {
    if (this.#stop) this.#stop.abort();
    else this.giveUp();
  }

  /** Back to the start. What was created is remembered, and found again. */
  giveUp(): void {
    this.dispose();
    this.#state = atRest;
    this.#options.show();
  }

  /** The wizard goes on: nothing more is to be done with the administrator's token. */
  forgetAdministrator(): void {
    this.#administrator = undefined;
    if (this.#state.phase === 'planned') this.#state = atRest;
  }

  dispose(): void {
    this.#stop?.abort();
    this.#stop = undefined;
    this.#administrator = undefined;
  }

  async #look(settings: ConnectionSettings, administrator: Administrator, work: Work): Promise<void> {
    const { registrar } = this.#options;
    const graph = registrar.graph(settings, administrator, work);
    const [organization, consent, app] = await Promise.all([
      organizationOf(graph),
      consentRight(graph),
      this.#registration.look(registrar.tools(settings, administrator, work).apps),
    ]);
    const { userName } = administrator;
    const plan = { userName, organization: organization?.displayName ?? '', existing: app?.appId ?? '', consent };
    this.#set({ ...atRest, phase: 'planned', plan });
  }

  /** Does one piece of work, with a failure shown, and an end that the user can bring about. */
  async #within(begin: State, settings: ConnectionSettings, work: (work: Work) => Promise<void>): Promise<void> {
    this.#stop?.abort();
    const stop = new AbortController();
    this.#stop = stop;
    this.#set(begin);
    const { signal } = stop;
    try {
      await withHttp(settings.additionalCa?.pem, signal, (http) => work({ http, signal }));
    } catch (error) {
      if (this.#stop === stop) this.#ended(signal.aborted ? undefined : explainRegistration(error, settings));
    } finally {
      if (this.#stop === stop) this.#stop = undefined;
    }
  }

  /** @param finding undefined: it was cancelled */
  #ended(finding: Finding | undefined): void {
    const { phase } = this.#state;
    if (phase === 'signingIn' || phase === 'looking') {
      this.#administrator = undefined;
      this.#set(finding ? { ...atRest, account: { state: 'failed', finding } } : atRest);
      return;
    }
    const needsSignIn = finding?.code === administratorExpired;
    if (needsSignIn) this.#administrator = undefined;
    this.#set({
      ...this.#state,
      phase: 'stopped',
      needsSignIn,
      otherAccountHelps: finding !== undefined && lacksRights(finding),
      ...(phase === 'running' && { steps: stepsView(this.#step, true) }),
      ...(finding && { finding }),
    });
  }

  #set(state: State): void {
    this.#state = state;
    this.#options.show();
  }
}

function placeOf({ cloud, tenant, endpoints }: TenantPlace): string {
  return JSON.stringify([cloud, tenant.toLowerCase(), endpoints]);
}
