import type { ConnectionSecret } from '../connections/secret.ts';
import type { ConnectionSettings } from '../connections/sourceConnection.ts';
import { withHttp } from '../ews/transport/withHttp.ts';
import type { SignedInAccount } from '../identity/account/accountFlows.ts';
import { accountSubject } from '../identity/account/accountSignIn.ts';
import type { AccountSignIn } from '../identity/account/accountSignIn.ts';
import { explainAccountSignIn } from '../verification/findings/account.ts';
import type { AccountView, SignInWay } from './protocol.ts';

/** The account that a wizard signs in: at most one attempt at a time, in memory until the connection is saved. */
export class WizardAccount {
  readonly #signIn: AccountSignIn;
  readonly #show: () => void;
  #view: AccountView = { state: 'signedOut' };
  #stop: AbortController | undefined;
  #account: SignedInAccount | undefined;
  /** What the account signed in to. */
  #subject = '';

  constructor(signIn: AccountSignIn, show: () => void) {
    this.#signIn = signIn;
    this.#show = show;
  }

  get view(): AccountView {
    return this.#view;
  }

  get userName(): string | undefined {
    return this.#account?.userName;
  }

  /** For the vault; undefined: nobody has signed in here. */
  get secret(): ConnectionSecret | undefined {
    return this.#account && { method: 'account', tokenCache: this.#account.tokenCache };
  }

  stateFor(settings: ConnectionSettings): 'signedIn' | 'otherSubject' | 'none' {
    if (this.#account === undefined) return 'none';
    return this.#subject === subjectOf(settings) ? 'signedIn' : 'otherSubject';
  }

  /**
   * Tries to sign in; the view tells how it goes. A sign-in that is there stays until another succeeds.
   * @returns whether this attempt succeeded
   */
  async start(way: SignInWay, settings: ConnectionSettings): Promise<boolean> {
    this.cancel();
    const stop = new AbortController();
    this.#stop = stop;
    this.#set(stop, { state: 'starting' });
    const { signal } = stop;
    try {
      const account = await withHttp(settings.additionalCa?.pem, signal, (http) =>
        this.#signIn.by(
          way,
          { subject: accountSubject(settings, this.#account?.userName), http, signal },
          {
            onWaiting: () => this.#set(stop, { state: 'browser' }),
            onCode: (code) => this.#set(stop, { state: 'code', ...code }),
          },
        ),
      );
      if (this.#stop !== stop) return false;
      this.#account = account;
      this.#subject = subjectOf(settings);
      this.#set(stop, { state: 'signedIn', userName: account.userName });
      return true;
    } catch (error) {
      this.#set(
        stop,
        signal.aborted ? this.#settled() : { state: 'failed', finding: explainAccountSignIn(error, settings) },
      );
      return false;
    }
  }

  cancel(): void {
    this.#stop?.abort();
    this.#stop = undefined;
    if (['starting', 'browser', 'code'].includes(this.#view.state)) {
      this.#view = this.#settled();
      this.#show();
    }
  }

  forget(): void {
    this.#stop?.abort();
    this.#stop = undefined;
    this.#account = undefined;
  }

  /** What to show while nothing is under way. */
  #settled(): AccountView {
    return this.#account ? { state: 'signedIn', userName: this.#account.userName } : { state: 'signedOut' };
  }

  /** An attempt that was replaced or cancelled has nothing to say any more. */
  #set(stop: AbortController, view: AccountView): void {
    if (this.#stop !== stop) return;
    this.#view = view;
    this.#show();
  }
}

function subjectOf({ cloud, tenant, endpoints, signIn }: ConnectionSettings): string {
  return JSON.stringify([cloud, tenant.toLowerCase(), endpoints.authority ?? '', endpoints.ews ?? '', signIn.clientId]);
}
