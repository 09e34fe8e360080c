import * as l10n from '@vscode/l10n';
import { fetchOpenIdConfiguration } from '../../identity/openIdConfiguration.ts';
import type { OpenIdConfiguration } from '../../identity/openIdConfiguration.ts';
import type { CheckScope, CheckSuccess } from '../checkRunner.ts';
import type { CheckInput } from './checkInput.ts';

/** Reaches the sign-in service and asks it about the tenant. */
export async function checkSignInService(
  { http }: CheckScope,
  { settings, endpoints, userAgent }: CheckInput,
): Promise<CheckSuccess<OpenIdConfiguration>> {
  const { authority } = endpoints();
  const { tenant, cloud } = settings;
  const value = await fetchOpenIdConfiguration(http, { authority, tenant, cloud }, userAgent);
  const { host } = new URL(authority);
  const detail =
    value.tenantId === undefined
      ? l10n.t('{0} answers.', host)
      : l10n.t('{0} knows the tenant ({1}).', host, value.tenantId);
  return { value, detail };
}
