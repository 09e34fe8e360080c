import type { AppSecret } from '../../connections/secret.ts';
import type { ConnectionSettings } from '../../connections/sourceConnection.ts';
import type { Http } from '../../ews/transport/httpClient.ts';
import { pauseWithin } from '../../ews/transport/pause.ts';
import type { AccountSignIn, AccountSubject, SignInTold, SignInWay } from '../account/accountSignIn.ts';
import { acquireToken } from '../acquireToken.ts';
import type { KeyWorkshop } from '../certificate/keyWorkshop.ts';
import { endpointsOf } from '../endpoints.ts';
import { GraphSession } from '../graph/graphSession.ts';
import { fetchOpenIdConfiguration } from '../openIdConfiguration.ts';
import type { OpenIdConfiguration } from '../openIdConfiguration.ts';
import type { MsalBundle } from '../signIn.ts';
import { appName, appPlan } from './appPlan.ts';
import type { Extra } from './appPlan.ts';
import type { RegistrationTools } from './appRegistration.ts';
import { azureCliScript } from './azureCliScript.ts';
import { powershellScript } from './powershellScript.ts';
import { TenantApps } from './tenantApps.ts';

/** Where the tenant is. */
export type TenantPlace = Pick<ConnectionSettings, 'cloud' | 'tenant' | 'endpoints'>;

/** Bounds on one piece of work. */
export interface Work {
  readonly http: Http;
  readonly signal: AbortSignal;
}

/** An administrator who has signed in to register apps. The token is good for an hour or so and is kept in memory only. */
export interface Administrator {
  readonly userName: string;
  readonly token: string;
}

export interface RegistrarOptions {
  readonly accountSignIn: AccountSignIn;
  readonly loadMsal: () => Promise<MsalBundle>;
  readonly keys: KeyWorkshop;
  readonly userAgent: string;
  /** The public client that signs the administrator in. */
  readonly clientId: () => string;
}

/** Microsoft Graph Command Line Tools, which every tenant knows [facts]. */
export const graphCommandLineTools = '14d82eec-204b-4c2f-b7e8-296a70dab67e';

/** What registering an app takes; User.Read tells the account's own roles. */
const permissions = ['Application.ReadWrite.All', 'AppRoleAssignment.ReadWrite.All', 'User.Read'];

/** Signs administrators in and gives what registering an app works with. */
export class Registrar {
  readonly #options: RegistrarOptions;

  constructor(options: RegistrarOptions) {
    this.#options = options;
  }

  /** Throws what AccountSignIn throws. */
  async signIn(way: SignInWay, place: TenantPlace, work: Work, told: SignInTold): Promise<Administrator> {
    const attempt = { subject: this.#subject(place), ...work };
    const { userName, accessToken } = await this.#options.accountSignIn.by(way, attempt, told);
    return { userName, token: accessToken };
  }

  /** The registration as a script for those who may not click. @param extras see appPlan */
  script(kind: 'powershell' | 'azureCli', { cloud, tenant, endpoints }: TenantPlace, extras: readonly Extra[]): string {
    const { graph, authority } = endpointsOf({ cloud, endpoints });
    const clientId = this.#options.clientId();
    const place = {
      ...{ cloud, tenant, graph, authority },
      ...(clientId !== graphCommandLineTools && { signInClient: clientId }),
    };
    return (kind === 'powershell' ? powershellScript : azureCliScript)(appPlan(undefined, extras), place);
  }

  graph(place: TenantPlace, { token }: Administrator, { http, signal }: Work): GraphSession {
    const { userAgent } = this.#options;
    return new GraphSession({ http, origin: endpointsOf(place).graph, token, userAgent, pause: pauseWithin(signal) });
  }

  tools(place: TenantPlace, administrator: Administrator, work: Work): RegistrationTools {
    let configuration: Promise<OpenIdConfiguration> | undefined;
    const { userAgent } = this.#options;
    const { authority } = endpointsOf(place);
    return {
      apps: new TenantApps(this.graph(place, administrator, work)),
      pause: pauseWithin(work.signal),
      makeKey: (months) => this.#options.keys.make({ commonName: appName, months }),
      signIn: async (clientId, secret) => {
        configuration ??= fetchOpenIdConfiguration(work.http, { authority, ...place }, userAgent);
        return this.#signInAs(place, await configuration, { clientId, secret }, work.http);
      },
    };
  }

  async #signInAs(
    place: TenantPlace,
    configuration: OpenIdConfiguration,
    { clientId, secret }: { readonly clientId: string; readonly secret: AppSecret },
    http: Http,
  ): Promise<string> {
    const { authority, ewsResource } = endpointsOf(place);
    const { loadMsal, userAgent } = this.#options;
    return acquireToken(
      async () => (await loadMsal()).signInWithMsal,
      {
        authority,
        tenant: place.tenant,
        configuration,
        signIn: { method: secret.method, clientId },
        secret,
        resource: ewsResource,
      },
      http,
      userAgent,
    );
  }

  #subject({ cloud, tenant, endpoints }: TenantPlace): AccountSubject {
    const { graphResource } = endpointsOf({ cloud, endpoints });
    const scopes = permissions.map((name) => `${graphResource}/${name}`);
    return { cloud, tenant, endpoints, clientId: this.#options.clientId(), scopes };
  }
}
