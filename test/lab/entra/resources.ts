import type { Addresses } from '../addresses.ts';
import { clouds } from './clouds.ts';
import { EntraError, missingParameter } from './errors.ts';
import type { EntraContext } from './entra.ts';

export const exchangeAppId = '00000002-0000-0ff1-ce00-000000000000';
export const graphAppId = '00000003-0000-0000-c000-000000000000';

export interface RequestedScope {
  /** The resource's URL, which becomes the token's audience. */
  readonly resource: string;
  /** Names behind the resource: `.default` or delegated permissions. */
  readonly names: readonly string[];
}

const openIdScopes = new Set(['openid', 'profile', 'email', 'offline_access']);

/**
 * Audiences that Exchange Online's EWS accepts: those of the cloud that was asked; at the lab's own address those of every
 * cloud, and that address.
 */
export function exchangeResources({ cloud, exchangeOrigin }: Addresses): readonly string[] {
  const everywhere = cloud === null ? Object.values(clouds).map(({ hosts }) => `https://${hosts.exchange}`) : [];
  const short = cloud === null || cloud === 'worldwide' ? ['https://outlook.office.com'] : [];
  return [...everywhere, ...short, exchangeOrigin, exchangeAppId];
}

/** The audience of Microsoft Graph's tokens. */
export const graphAudience = ({ cloud, graphOrigin }: Addresses): string =>
  cloud === null ? 'https://graph.microsoft.com' : graphOrigin;

/** What clients may call Microsoft Graph. */
export const graphResources = (addresses: Addresses): readonly string[] => [
  graphAudience(addresses),
  graphAppId,
  ...(addresses.cloud === null ? [`${addresses.graphOrigin}/graph`] : []),
];

export const resourceNotFound = (resource: string, domain: string): EntraError =>
  new EntraError(
    500011,
    'invalid_resource',
    `The resource principal named ${resource} was not found in the tenant named ${domain}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.`,
  );

/**
 * Reads the scope parameter of an app's own token request.
 * @throws EntraError when it is missing, of several resources, or of a resource this tenant does not have
 */
export function requestedScope(form: URLSearchParams, context: EntraContext): RequestedScope {
  const scopes = (form.get('scope') ?? '').split(' ').filter((scope) => scope !== '' && !openIdScopes.has(scope));
  const [first] = scopes;
  if (first === undefined) throw missingParameter('scope');
  const parts = scopes.map((scope) => ({
    resource: scope.slice(0, Math.max(0, scope.lastIndexOf('/'))),
    name: scope.slice(scope.lastIndexOf('/') + 1),
  }));
  const resource = (parts[0]?.resource ?? '').replace(/\/$/, '');
  if (parts.some((part) => part.resource.replace(/\/$/, '') !== resource)) {
    throw new EntraError(
      28000,
      'invalid_request',
      `Provided value for the input parameter scope is not valid because it contains more than one resource. Scope ${scopes.join(' ')} is not valid.`,
    );
  }
  const isGraph = graphResources(context).includes(resource);
  const isExchange = exchangeResources(context).includes(resource) && context.state.entra.exchangeSubscribed;
  if (!isGraph && !isExchange) throw resourceNotFound(resource || first, context.tenant.domain);
  return { resource: isGraph ? graphAudience(context) : resource, names: parts.map((part) => part.name) };
}
