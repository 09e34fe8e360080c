import * as l10n from '@vscode/l10n';
import { fetchOpenIdConfiguration } from '../../identity/openIdConfiguration.ts';
import type { OpenIdConfiguration } from '../../identity/openIdConfiguration.ts';
import type { CheckScope, CheckSuccess } from '../checkRunner.ts';
import type { CheckInput } from './checkInput.ts';

export interface ReachedService {
  readonly configuration: OpenIdConfiguration;
  /** By how much this machine's clock is ahead of the service's, in milliseconds, to a second or so; undefined: not told. */
  readonly aheadMs: number | undefined;
}

/** Reaches the sign-in service and asks it about the tenant. */
export async function checkSignInService(
  { http }: CheckScope,
  { settings, endpoints, userAgent }: CheckInput,
): Promise<CheckSuccess<ReachedService>> {
  const { authority } = endpoints();
  const { tenant, cloud } = settings;
  const askedAt = Date.now();
  const value = await fetchOpenIdConfiguration(http, { authority, tenant, cloud }, userAgent);
  const aheadMs = value.serverTime === undefined ? undefined : (askedAt + Date.now()) / 2 - value.serverTime;
  const { host } = new URL(authority);
  const detail =
    value.tenantId === undefined
      ? l10n.t('{0} answers.', host)
      : l10n.t('{0} knows the tenant ({1}).', host, value.tenantId);
  return { value: { configuration: value, aheadMs }, detail };
}
