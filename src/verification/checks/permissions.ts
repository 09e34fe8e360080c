import * as l10n from '@vscode/l10n';
import { expirySoon } from '../../connections/certificateExpiry.ts';
import { isDelegated } from '../../connections/sourceConnection.ts';
import { mayUse, openGraph } from '../../identity/graph/graphAccess.ts';
import type { GraphAccess } from '../../identity/graph/graphAccess.ts';
import type { OpenIdConfiguration } from '../../identity/openIdConfiguration.ts';
import type { TokenClaims } from '../../identity/tokenClaims.ts';
import type { CheckScope, CheckSuccess } from '../checkRunner.ts';
import { roleNotInToken, scopeNotInToken, secretEnds } from '../findings/notices.ts';
import { scopeVoid } from '../findings/scopedAccess.ts';
import type { Finding } from '../verification.ts';
import type { CheckInput } from './checkInput.ts';
import { readingApps, readSecretEnd } from './secretExpiry.ts';
import type { SignedIn } from './signIn.ts';

const appRole = 'full_access_as_app';
const delegatedScope = 'EWS.AccessAsUser.All';

/** Graph is worth asking, not waiting for. In milliseconds. */
const patience = 4000;

/** What is known of the app beside Exchange. */
export interface Permissions {
  /** Undefined: an account signs in, or Graph could not be asked. */
  readonly graph: GraphAccess | undefined;
  /** When the client secret ends; undefined: it has none, or that is not known. */
  readonly secretEnds: Date | undefined;
}

interface Explained {
  readonly detail: string;
  readonly findings: readonly Finding[];
}

/**
 * Reads what the tokens for Exchange and for Graph may do, and for how long the client secret will do. Only warns:
 * Exchange decides, and scoped access (RBAC) does not show in the token.
 */
export async function checkPermissions(
  scope: CheckScope,
  input: CheckInput,
  configuration: OpenIdConfiguration,
  { claims }: SignedIn,
): Promise<CheckSuccess<Permissions>> {
  const exchange = ofExchange(input, claims);
  const { graphResource, ewsResource } = input.endpoints();
  // A custom cloud that names no Graph of its own: a token for its address would be Exchange's.
  if (isDelegated(input.context.method) || graphResource === ewsResource) {
    return { value: { graph: undefined, secretEnds: undefined }, ...exchange };
  }
  try {
    const sooner = scope.within(patience);
    const graph = await openGraph(sooner.http, input, configuration);
    const end = await secretEnd(graph, sooner, input);
    const days = end && expirySoon(end.toISOString(), new Date());
    return {
      value: { graph, secretEnds: end },
      detail: [exchange.detail, graphText(graph)].join(' ').trim(),
      findings:
        end === undefined || days === undefined ? exchange.findings : [...exchange.findings, secretEnds(days, end)],
    };
  } catch (error) {
    if (scope.signal.aborted) throw error;
    return {
      value: { graph: undefined, secretEnds: undefined },
      detail: `${exchange.detail} ${l10n.t('Microsoft Graph could not be asked this time.')}`,
      findings: exchange.findings,
    };
  }
}

async function secretEnd(
  graph: GraphAccess,
  scope: Pick<CheckScope, 'http' | 'signal'>,
  input: CheckInput,
): Promise<Date | undefined> {
  const { secret, context } = input;
  if (secret.method !== 'appSecret' || !mayUse(graph, readingApps)) return undefined;
  return readSecretEnd(graph.session(scope), context.clientId, secret.clientSecret);
}

function graphText({ permissions = [] }: GraphAccess): string {
  return permissions.length === 0 ? '' : l10n.t('For Microsoft Graph: {0}.', permissions.join(', '));
}

function ofExchange({ context }: CheckInput, claims: TokenClaims | undefined): Explained {
  if (claims === undefined) return { detail: l10n.t('The token cannot be read; Exchange will decide.'), findings: [] };
  const granted = [...claims.roles, ...claims.scopes];
  const detail =
    granted.length > 0 ? l10n.t('Granted: {0}.', granted.join(', ')) : l10n.t('The token names no permission.');
  if (isDelegated(context.method)) {
    return { detail, findings: claims.scopes.includes(delegatedScope) ? [] : [scopeNotInToken(context)] };
  }
  const tenantWide = claims.roles.includes(appRole);
  if (context.scopedAccess) {
    return tenantWide
      ? { detail, findings: [scopeVoid(context)] }
      : { detail: l10n.t('Scoped access does not show in the token; Exchange will decide.'), findings: [] };
  }
  return { detail, findings: tenantWide ? [] : [roleNotInToken(context)] };
}
