import type { SigningCertificate } from '../certificate/openKeyFile.ts';
import { certificateSecretOf } from '../certificate/signingCertificate.ts';
import { addKey, removeKey } from './appKeys.ts';
import type { RegistrationTools } from './appRegistration.ts';
import { isEarlySignIn } from './permissionGrants.ts';
import { onceSpread } from './spreading.ts';
import { isMissing, NoSuchAppError } from './tenantApps.ts';
import type { TenantApp, TenantApps } from './tenantApps.ts';

/** In the order in which they are done. */
export type RenewalStep = 'key' | 'upload' | 'signIn' | 'switch' | 'removeOld';

export interface Renewal {
  readonly clientId: string;
  /** SHA-256 of the certificate in use, upper-case hexadecimal; undefined: not known, or others use it too. */
  readonly oldThumbprint: string | undefined;
  /** How long the new one is valid. */
  readonly months: number;
  /** Puts the new certificate in the old one's place. From then on there is no way back. */
  readonly switchTo: (certificate: SigningCertificate) => Promise<void>;
  /** For taking the new certificate back though the work was cancelled. */
  readonly afterwards: () => TenantApps;
}

/** The old certificate is still in use; the new one could not be taken out of the registration again. */
export class LeftBehindError extends Error {
  /** SHA-256, upper-case hexadecimal. */
  readonly thumbprint: string;

  constructor(thumbprint: string, cause: unknown) {
    super('A certificate stayed in the registration.', { cause });
    this.name = 'LeftBehindError';
    this.thumbprint = thumbprint;
  }
}

/**
 * Gives an app a new certificate beside the old one, waits until it signs in, switches, then removes the old one.
 * Throws what TenantApps, `signIn` and `switchTo` throw; NoSuchAppError; NotSpreadError: nothing has changed then.
 * LeftBehindError with one of these as its cause.
 * @returns what became of the old certificate; a failure of its removal is the last thing that can go wrong
 */
export async function renewCertificate(
  renewal: Renewal,
  tools: RegistrationTools,
  onStep: (step: RenewalStep) => void,
): Promise<{ readonly old: 'removed' | 'kept' | 'notThere' } | { readonly old: 'failed'; readonly cause: unknown }> {
  const { clientId, oldThumbprint, months, switchTo } = renewal;
  const { apps, pause } = tools;
  onStep('key');
  const [app, certificate] = await Promise.all([apps.withClientId(clientId), tools.makeKey(months)]);
  if (app === undefined) throw new NoSuchAppError(clientId);
  try {
    onStep('upload');
    await onceSpread(() => addKey(apps, app, certificate.certificate), isMissing, pause);
    onStep('signIn');
    await onceSpread(() => tools.signIn(clientId, certificateSecretOf(certificate)), isEarlySignIn, pause);
    onStep('switch');
    await switchTo(certificate);
  } catch (error) {
    await takeBack(renewal, app, certificate, error);
    throw error;
  }
  if (oldThumbprint === undefined) return { old: 'kept' };
  onStep('removeOld');
  try {
    return { old: (await removeKey(apps, app, oldThumbprint)) ? 'removed' : 'notThere' };
  } catch (cause) {
    return { old: 'failed', cause };
  }
}

async function takeBack(
  { afterwards }: Renewal,
  app: TenantApp,
  { thumbprintSha256 }: SigningCertificate,
  cause: unknown,
): Promise<void> {
  try {
    await removeKey(afterwards(), app, thumbprintSha256);
  } catch {
    throw new LeftBehindError(thumbprintSha256, cause);
  }
}
