import { pauseWithin } from '../ews/transport/pause.ts';
import { acquireToken } from '../identity/acquireToken.ts';
import { GraphSession } from '../identity/graph/graphSession.ts';
import type { OpenIdConfiguration } from '../identity/openIdConfiguration.ts';
import { readClaims } from '../identity/tokenClaims.ts';
import type { CheckScope } from './checkRunner.ts';
import type { CheckInput } from './checks/checkInput.ts';

/** What an app may do with Microsoft Graph. The token is in memory for the run only. */
export interface GraphAccess {
  /** Application permissions; undefined: the token cannot be read, Graph will decide. */
  readonly roles: readonly string[] | undefined;
  /** @param scope of the check that asks */
  readonly session: (scope: Pick<CheckScope, 'signal' | 'http'>) => GraphSession;
}

/** Signs the app in to Graph. Throws what acquireToken throws. */
export async function openGraph(
  http: CheckScope['http'],
  input: CheckInput,
  configuration: OpenIdConfiguration,
): Promise<GraphAccess> {
  const { authority, graph, graphResource } = input.endpoints();
  const { settings, secret, userAgent, loadSignIn } = input;
  const { tenant, signIn } = settings;
  const request = { authority, tenant, configuration, signIn, secret, resource: graphResource };
  const token = await acquireToken(loadSignIn, request, http, userAgent);
  return {
    roles: readClaims(token)?.roles,
    session: (scope) =>
      new GraphSession({ http: scope.http, origin: graph, token, userAgent, pause: pauseWithin(scope.signal) }),
  };
}

/** Whether one of these permissions is there, as far as the token tells. */
export function mayUse({ roles }: GraphAccess, permissions: readonly string[]): boolean {
  return roles === undefined || roles.some((role) => permissions.includes(role));
}
