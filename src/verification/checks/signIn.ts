import { isDelegated } from '../../connections/sourceConnection.ts';
import * as l10n from '@vscode/l10n';
import { X509Certificate } from 'node:crypto';
import { expirySoon } from '../../connections/certificateExpiry.ts';
import { certificateEnds } from '../findings/notices.ts';
import type { Finding } from '../verification.ts';
import { EwsTokens } from '../../identity/ewsTokens.ts';
import type { OpenIdConfiguration } from '../../identity/openIdConfiguration.ts';
import type { CheckScope, CheckSuccess } from '../checkRunner.ts';
import type { CheckInput } from './checkInput.ts';
import type { TokenProvider } from '../../ews/authorization/bearer.ts';
import { readClaims } from '../../identity/tokenClaims.ts';
import type { TokenClaims } from '../../identity/tokenClaims.ts';

/** Signed in: gives the token, or another when Exchange refuses it, and tells what it may do. */
export interface SignedIn {
  readonly token: TokenProvider;
  readonly claims: TokenClaims | undefined;
}

/** Gets an access token for EWS. Never a cached one: a permission granted a moment ago must show. */
export async function checkSignIn(
  scope: CheckScope,
  input: CheckInput,
  configuration: OpenIdConfiguration,
): Promise<CheckSuccess<SignedIn>> {
  const tokens = new EwsTokens({ ...input, endpoints: input.endpoints(), configuration });
  const claims = readClaims(await tokens.get(scope.http));
  return {
    value: { claims, token: (http, fresh) => tokens.get(http, fresh) },
    detail: signedInAs(input, claims),
    findings: expiringCertificate(input),
  };
}

/** A certificate that ends during the migration ends the migration. */
function expiringCertificate({ secret }: CheckInput): Finding[] {
  if (secret.method !== 'appCertificate') return [];
  const end = new X509Certificate(secret.certificate).validToDate;
  const days = expirySoon(end.toISOString(), new Date());
  return days === undefined ? [] : [certificateEnds(days, end)];
}

function signedInAs({ context }: CheckInput, claims: TokenClaims | undefined): string {
  if (isDelegated(context.method))
    return l10n.t('Signed in as {0}.', claims === undefined || claims.user === '' ? context.userName : claims.user);
  return l10n.t('Signed in as the app {0}.', claims?.appName ?? context.clientId);
}
