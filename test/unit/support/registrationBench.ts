import { readFile } from 'node:fs/promises';
import { HttpClient } from '../../../src/ews/transport/httpClient.ts';
import type { Pause } from '../../../src/ews/transport/pause.ts';
import { trustedCas } from '../../../src/ews/transport/trustedCas.ts';
import { AccountSignIn } from '../../../src/identity/account/accountSignIn.ts';
import { keyWorkshop } from '../../../src/identity/certificate/keyWorkshop.ts';
import type { KeyWorkshop } from '../../../src/identity/certificate/keyWorkshop.ts';
import type { SigningCertificate } from '../../../src/identity/certificate/openKeyFile.ts';
import { GraphSession } from '../../../src/identity/graph/graphSession.ts';
import type { RegistrationTools } from '../../../src/identity/registration/appRegistration.ts';
import { graphCommandLineTools, Registrar } from '../../../src/identity/registration/registrar.ts';
import type { Administrator, TenantPlace } from '../../../src/identity/registration/registrar.ts';
import * as msal from '../../../src/identity/signIn.ts';
import { startLab } from '../../lab/lab.ts';
import type { Lab } from '../../lab/lab.ts';
import { PersonInBrowser } from './personInBrowser.ts';

const workshop = keyWorkshop(new URL('../../../src/identity/certificate/certificateWorker.ts', import.meta.url));

/** What an app of the tenant is, as far as a registration goes. */
export interface RegisteredApp {
  readonly id: string;
  readonly appId: string;
  readonly certificates: number;
  readonly hasPrincipal: boolean;
  readonly grants: number;
}

/** A lab, and an administrator who has signed in to register apps there. */
export class RegistrationBench {
  readonly lab: Lab;
  readonly place: TenantPlace;
  readonly person: PersonInBrowser;
  readonly registrar: Registrar;
  readonly #client: HttpClient;
  #administrator: Administrator | undefined;
  #made: SigningCertificate | undefined;

  private constructor(lab: Lab, client: HttpClient) {
    this.lab = lab;
    this.#client = client;
    this.person = new PersonInBrowser(lab);
    const { tenant, authority, ews } = lab.description;
    this.place = { cloud: 'custom', tenant: tenant.domain, endpoints: { authority, ews: new URL(ews).origin } };
    this.registrar = new Registrar({
      accountSignIn: new AccountSignIn({
        loadMsal: () => Promise.resolve(msal),
        userAgent: 'test',
        openBrowser: (url) => {
          void this.person.visit(url, async (walk) => (await walk.signIn(this.person.administrator)).click('Accept'));
          return Promise.resolve(true);
        },
      }),
      loadMsal: () => Promise.resolve(msal),
      keys: this.keys,
      userAgent: 'test',
      clientId: () => graphCommandLineTools,
    });
  }

  static async open(): Promise<RegistrationBench> {
    return RegistrationBench.on(await startLab({ items: 1 }));
  }

  /** With a lab that others use too: `release` leaves it to them. */
  static async on(lab: Lab): Promise<RegistrationBench> {
    return new RegistrationBench(lab, new HttpClient(trustedCas(await readFile(lab.description.ca, 'utf8'))));
  }

  async close(): Promise<void> {
    this.release();
    await this.lab.close();
  }

  /** Lets go of the lab, which somebody else closes. */
  release(): void {
    this.#client.close();
  }

  /** Makes one key only: making one takes longer than all the rest. */
  get keys(): KeyWorkshop {
    return { ...workshop, make: async (request) => (this.#made ??= await workshop.make(request)) };
  }

  /** Another one than `keys` makes. */
  otherKey(months: number): Promise<SigningCertificate> {
    return workshop.make({ commonName: 'Other', months });
  }

  /** Signs in once: the lab's tokens stay good when it is reset. */
  async administrator(): Promise<Administrator> {
    if (this.#administrator) return this.#administrator;
    this.lab.patch({ entra: { consentGranted: false } });
    const { signal } = new AbortController();
    const work = { http: this.#client.within({ signal }), signal };
    this.#administrator = await this.registrar.signIn('browser', this.place, work, {
      onWaiting: () => undefined,
      onCode: () => undefined,
    });
    this.lab.patch({ entra: { consentGranted: true } });
    return this.#administrator;
  }

  /** @param signal ends everything that the tools do */
  async tools(signal = new AbortController().signal): Promise<RegistrationTools> {
    const administrator = await this.administrator();
    const tools = this.registrar.tools(this.place, administrator, { http: this.#client.within({ signal }), signal });
    return { ...tools, pause: async () => new Promise((resolve) => setImmediate(resolve)) };
  }

  /** A pause that passes in the tenant at once: nobody waits, and what was made there grows older. */
  tenantClock(): { readonly pause: Pause; readonly waitedMs: () => number } {
    let waited = 0;
    const pause = (ms: number): Promise<void> => {
      waited += ms;
      this.lab.patch({ clockSkewSeconds: Math.round(waited / 1000) });
      return Promise.resolve();
    };
    return { pause, waitedMs: () => waited };
  }

  /** @param pause in place of waiting */
  async graph(pause: Pause, timeoutMs = 10_000): Promise<GraphSession> {
    const { token } = await this.administrator();
    const { signal } = new AbortController();
    const { origin } = new URL(this.lab.description.graph);
    return new GraphSession({
      http: this.#client.within({ signal }),
      origin,
      token,
      userAgent: 'test',
      pause,
      timeoutMs,
    });
  }

  /** The tenant's apps of a name, with what belongs to them, asked of the lab itself. */
  async apps(displayName = 'Exchange Migration'): Promise<readonly RegisteredApp[]> {
    const { apps } = await this.tools();
    const found = await apps.named(displayName);
    return Promise.all(
      found.map(async ({ id, appId }) => {
        const principal = await apps.principalOf(appId);
        return {
          id,
          appId,
          certificates: (await apps.keysOf(id)).length,
          hasPrincipal: principal !== undefined,
          grants: principal === undefined ? 0 : (await apps.grantsOf(principal)).length,
        };
      }),
    );
  }
}
