import { isDelegated } from '../../connections/sourceConnection.ts';
import * as l10n from '@vscode/l10n';
import type { CheckSuccess } from '../checkRunner.ts';
import { roleNotInToken, scopeNotInToken } from '../findings/notices.ts';
import { scopeVoid } from '../findings/scopedAccess.ts';
import type { CheckInput } from './checkInput.ts';
import type { SignedIn } from './signIn.ts';

const appRole = 'full_access_as_app';
const delegatedScope = 'EWS.AccessAsUser.All';

/** Reads what the token may do. Only warns: Exchange decides, and scoped access (RBAC) does not show in the token. */
export function checkPermissions({ context }: CheckInput, { claims }: SignedIn): Promise<CheckSuccess<undefined>> {
  const success = (detail: string, findings: CheckSuccess<undefined>['findings'] = []): CheckSuccess<undefined> => ({
    value: undefined,
    detail,
    findings,
  });
  if (claims === undefined) return Promise.resolve(success(l10n.t('The token cannot be read; Exchange will decide.')));
  const granted = [...claims.roles, ...claims.scopes];
  const detail =
    granted.length > 0 ? l10n.t('Granted: {0}', granted.join(', ')) : l10n.t('The token names no permission.');
  if (isDelegated(context.method)) {
    return Promise.resolve(success(detail, claims.scopes.includes(delegatedScope) ? [] : [scopeNotInToken(context)]));
  }
  const tenantWide = claims.roles.includes(appRole);
  if (context.scopedAccess) {
    return Promise.resolve(
      tenantWide
        ? success(detail, [scopeVoid(context)])
        : success(l10n.t('Scoped access does not show in the token; Exchange will decide.')),
    );
  }
  return Promise.resolve(success(detail, tenantWide ? [] : [roleNotInToken(context)]));
}
