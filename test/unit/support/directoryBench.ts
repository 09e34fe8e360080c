import type { ConnectionSecret } from '../../../src/connections/secret.ts';
import type { ConnectionSettings, SignIn } from '../../../src/connections/sourceConnection.ts';
import { HttpClient } from '../../../src/ews/transport/httpClient.ts';
import { trustedCas } from '../../../src/ews/transport/trustedCas.ts';
import { AccountSignIn } from '../../../src/identity/account/accountSignIn.ts';
import * as msal from '../../../src/identity/signIn.ts';
import { openSourceDirectory } from '../../../src/migration/directory/sourceDirectory.ts';
import type { SourceDirectory } from '../../../src/migration/directory/sourceDirectory.ts';
import { grantGraph } from '../lab/support/grantGraph.ts';
import { PersonInBrowser } from './personInBrowser.ts';
import { VerificationBench } from './verificationBench.ts';

export interface DirectoryRun {
  readonly signIn?: SignIn;
  readonly secret?: ConnectionSecret;
  readonly settings?: Partial<ConnectionSettings>;
  readonly signal?: AbortSignal;
  readonly onRenewed?: (secret: ConnectionSecret) => void;
}

/** A lab, and what reads its directory. */
export class DirectoryBench {
  readonly bench: VerificationBench;
  readonly #client: HttpClient;

  private constructor(bench: VerificationBench) {
    this.bench = bench;
    this.#client = new HttpClient(trustedCas(bench.ca));
  }

  static async start(): Promise<DirectoryBench> {
    return new DirectoryBench(await VerificationBench.open({ items: 1 }));
  }

  async close(): Promise<void> {
    this.#client.close();
    await this.bench.close();
  }

  /** Grants the migration's app permissions of Graph, until the lab is reset. */
  async grant(...names: readonly string[]): Promise<void> {
    await grantGraph(this.bench.lab, this.bench.app.clientId, names);
  }

  /** The secret of an account: the administrator has signed in by browser, for EWS, as the wizard asks for. */
  async accountSecret(): Promise<ConnectionSecret> {
    const person = new PersonInBrowser(this.bench.lab);
    const accountSignIn = new AccountSignIn({
      loadMsal: () => Promise.resolve(msal),
      userAgent: 'test',
      openBrowser: (url) => {
        void person.visit(url);
        return Promise.resolve(true);
      },
    });
    const { tenant, cloud, endpoints } = this.bench.settings();
    const { clientId } = this.bench.passwordSignIn;
    const { signal } = new AbortController();
    const attempt = { subject: { cloud, tenant, endpoints, clientId }, http: this.#client.within({ signal }), signal };
    const { tokenCache } = await accountSignIn.byBrowser(attempt, () => undefined);
    return { method: 'account', tokenCache };
  }

  /** Signs in by client secret, unless told otherwise. */
  open(run: DirectoryRun = {}): Promise<SourceDirectory> {
    const { signIn, secret, settings, onRenewed, signal = new AbortController().signal } = run;
    const { authority, ews } = this.bench.lab.description;
    const endpoints = { authority, ews: new URL(ews).origin, graph: authority };
    return openSourceDirectory({
      settings: this.bench.settings({ cloud: 'worldwide', endpoints, ...(signIn && { signIn }), ...settings }),
      secret: secret ?? { method: 'appSecret', clientSecret: this.bench.app.secret },
      http: this.#client.within({ signal }),
      userAgent: 'ExchangeMigration/test',
      loadSignIn: () => Promise.resolve(msal.signInWithMsal),
      signal,
      ...(onRenewed && { onRenewed }),
    });
  }
}
