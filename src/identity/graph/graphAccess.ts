import type { ConnectionSecret } from '../../connections/secret.ts';
import type { ConnectionSettings } from '../../connections/sourceConnection.ts';
import type { Http } from '../../ews/transport/httpClient.ts';
import { pauseWithin } from '../../ews/transport/pause.ts';
import { acquireToken } from '../acquireToken.ts';
import { endpointsOf } from '../endpoints.ts';
import type { OpenIdConfiguration } from '../openIdConfiguration.ts';
import type { SignInWithMsal } from '../signIn.ts';
import { readClaims } from '../tokenClaims.ts';
import { GraphSession } from './graphSession.ts';

/** What a connection may do with Microsoft Graph. The token is in memory only. */
export interface GraphAccess {
  /** Permissions of the app, or those that an account has given it; undefined: the token cannot be read, Graph will decide. */
  readonly permissions: readonly string[] | undefined;
  /** @param scope of the work that asks */
  readonly session: (scope: { readonly http: Http; readonly signal: AbortSignal }) => GraphSession;
}

/** Who signs in to Graph. */
export interface GraphSignIn {
  readonly settings: Pick<ConnectionSettings, 'cloud' | 'endpoints' | 'tenant' | 'signIn'>;
  readonly secret: ConnectionSecret;
  readonly userAgent: string;
  /** Loads MSAL when it is needed. */
  readonly loadSignIn: () => Promise<SignInWithMsal>;
  /** An account's secret is replaced when it is used: keep the new one. */
  readonly onRenewed?: (secret: ConnectionSecret) => void;
}

/**
 * What an account asks for: whatever it, or an administrator for all, has consented to in Graph for this app. By its name
 * a single permission would be refused where another one has been consented to that does as well.
 */
const allConsented = '.default';

/** Signs in to Graph. Throws what acquireToken throws; MissingEndpointError. */
export async function openGraph(
  http: Http,
  { settings, secret, userAgent, loadSignIn, onRenewed }: GraphSignIn,
  configuration: OpenIdConfiguration,
): Promise<GraphAccess> {
  const { authority, graph, graphResource } = endpointsOf(settings);
  const { tenant, signIn } = settings;
  const request = {
    ...{ authority, tenant, configuration, signIn, secret, resource: graphResource, delegated: allConsented },
    ...(onRenewed && { onRenewed }),
  };
  const token = await acquireToken(loadSignIn, request, http, userAgent);
  const claims = readClaims(token);
  return {
    permissions: claims && [...claims.roles, ...claims.scopes],
    session: (scope) =>
      new GraphSession({ http: scope.http, origin: graph, token, userAgent, pause: pauseWithin(scope.signal) }),
  };
}

/** Whether one of these permissions is there, as far as the token tells. */
export function mayUse({ permissions }: GraphAccess, anyOf: readonly string[]): boolean {
  return permissions === undefined || permissions.some((permission) => anyOf.includes(permission));
}
