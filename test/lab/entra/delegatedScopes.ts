import type { Addresses } from '../addresses.ts';
import { EntraError, missingParameter } from './errors.ts';
import type { EntraContext } from './entra.ts';
import { exchangePermissions, graphPermissions, openIdPermissions } from './permissions.ts';
import type { DelegatedPermission } from './permissions.ts';
import type { LabApp } from '../tenant.ts';
import {
  exchangeAppId,
  exchangeResources,
  graphAppId,
  graphAudience,
  graphResources,
  resourceNotFound,
} from './resources.ts';

export interface DelegatedScope {
  /** The audience of a token for it. */
  readonly audience: string;
  readonly isGraph: boolean;
  /** How the client writes the resource before a permission, with the slash; '' for Graph's short form. */
  readonly prefix: string;
  /** What is asked for; of `.default` all that the app has. */
  readonly permissions: readonly DelegatedPermission[];
}

export interface DelegatedScopes {
  readonly openId: readonly DelegatedPermission[];
  /** One for each way to write a resource. */
  readonly resources: readonly DelegatedScope[];
}

const named = (name: string) => (permission: DelegatedPermission) =>
  permission.name.toLowerCase() === name.toLowerCase();

function resourceOf(prefix: string, name: string, context: EntraContext): { audience: string; isGraph: boolean } {
  const resource = prefix.replace(/\/+$/, '');
  const graph = { audience: graphAudience(context), isGraph: true };
  if (prefix === '' || graphResources(context).includes(resource)) return graph;
  // The lab's own address is that of all services, so the permission tells which of them is meant.
  if (context.cloud === null && resource === context.graphOrigin && graphPermissions.some(named(name))) return graph;
  if (!exchangeResources(context).includes(resource) || !context.state.entra.exchangeSubscribed) {
    throw resourceNotFound(resource, context.tenant.domain);
  }
  return { audience: resource, isGraph: false };
}

/** What `.default` stands for: what Microsoft gave an app of its own, else the first permission and what the state adds. */
function usual(isGraph: boolean, { preauthorized }: LabApp, { state }: EntraContext): readonly DelegatedPermission[] {
  if (!isGraph) return exchangePermissions.slice(0, 1);
  const [first] = graphPermissions;
  const names = preauthorized ?? [first?.name, ...state.entra.graphConsent];
  return graphPermissions.filter(({ name }) => names.includes(name));
}

function permissionsOf(
  name: string,
  isGraph: boolean,
  app: LabApp,
  context: EntraContext,
): readonly DelegatedPermission[] {
  const known = isGraph ? graphPermissions : exchangePermissions;
  const found = name === '.default' ? usual(isGraph, app, context) : known.filter(named(name));
  if (found.length > 0) return found;
  throw new EntraError(
    650053,
    'invalid_client',
    `The application asked for scope '${name}' that doesn't exist on the resource '${isGraph ? graphAppId : exchangeAppId}' in the tenant '${context.tenant.domain}'. Contact the app vendor.`,
  );
}

/**
 * Reads the scopes of a request that a user signs in for; several resources are allowed, as the authorize endpoint does.
 * @throws EntraError when there is none, or one that this tenant does not have
 */
export function delegatedScopes(text: string | null, app: LabApp, context: EntraContext): DelegatedScopes {
  const scopes = (text ?? '').split(' ').filter((scope) => scope !== '');
  if (scopes.length === 0) throw missingParameter('scope');
  const resources = new Map<string, DelegatedScope>();
  for (const scope of scopes) {
    if (openIdPermissions.some(named(scope))) continue;
    const prefix = scope.slice(0, scope.lastIndexOf('/') + 1);
    const name = scope.slice(prefix.length);
    const resource = resourceOf(prefix, name, context);
    const before = resources.get(prefix)?.permissions ?? [];
    const more = permissionsOf(name, resource.isGraph, app, context).filter((one) => !before.includes(one));
    resources.set(prefix, { ...resource, prefix, permissions: [...before, ...more] });
  }
  return {
    openId: openIdPermissions.filter(({ name }) => scopes.some((scope) => scope.toLowerCase() === name)),
    resources: [...resources.values()],
  };
}

/**
 * The one resource that a token is for; Graph, with nothing but a user's sign-in, when only OpenID's scopes are asked for.
 * @throws EntraError AADSTS28000 when there are several
 */
export function singleResource({ resources }: DelegatedScopes, text: string, where: Addresses): DelegatedScope {
  const [first, ...others] = resources;
  if (others.some((other) => other.audience !== first?.audience)) {
    throw new EntraError(
      28000,
      'invalid_request',
      `Provided value for the input parameter scope is not valid because it contains more than one resource. Scope ${text} is not valid.`,
    );
  }
  if (!first) return { audience: graphAudience(where), isGraph: true, prefix: '', permissions: [] };
  const permissions = new Set([first, ...others].flatMap((one) => one.permissions));
  return { ...first, permissions: [...permissions] };
}
