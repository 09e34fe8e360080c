import * as l10n from '@vscode/l10n';
import { expirySoon } from '../../connections/certificateExpiry.ts';
import { isDelegated } from '../../connections/sourceConnection.ts';
import type { OpenIdConfiguration } from '../../identity/openIdConfiguration.ts';
import type { TokenClaims } from '../../identity/tokenClaims.ts';
import type { CheckScope, CheckSuccess } from '../checkRunner.ts';
import { roleNotInToken, scopeNotInToken, secretEnds } from '../findings/notices.ts';
import { scopeVoid } from '../findings/scopedAccess.ts';
import type { Finding } from '../verification.ts';
import type { CheckInput } from './checkInput.ts';
import { readSecretExpiry } from './secretExpiry.ts';
import type { SignedIn } from './signIn.ts';

const appRole = 'full_access_as_app';
const delegatedScope = 'EWS.AccessAsUser.All';

interface Permissions {
  readonly detail: string;
  readonly findings: readonly Finding[];
}

/**
 * Reads what the token may do, and for how long the client secret will do. Only warns: Exchange decides, and scoped
 * access (RBAC) does not show in the token.
 * @returns when the client secret ends; undefined: it has none, or that is not known
 */
export async function checkPermissions(
  scope: CheckScope,
  input: CheckInput,
  configuration: OpenIdConfiguration,
  { claims }: SignedIn,
): Promise<CheckSuccess<Date | undefined>> {
  const { detail, findings } = permissionsOf(input, claims);
  const expiry = await readSecretExpiry(scope, input, configuration);
  if (expiry.state === 'failed') {
    return {
      value: undefined,
      detail: `${detail} ${l10n.t('When the client secret ends could not be read this time.')}`,
      findings,
    };
  }
  const end = expiry.state === 'known' ? expiry.end : undefined;
  const days = end && expirySoon(end.toISOString(), new Date());
  return {
    value: end,
    detail,
    findings: end === undefined || days === undefined ? findings : [...findings, secretEnds(days, end)],
  };
}

function permissionsOf({ context }: CheckInput, claims: TokenClaims | undefined): Permissions {
  if (claims === undefined) return { detail: l10n.t('The token cannot be read; Exchange will decide.'), findings: [] };
  const granted = [...claims.roles, ...claims.scopes];
  const detail =
    granted.length > 0 ? l10n.t('Granted: {0}', granted.join(', ')) : l10n.t('The token names no permission.');
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
