import { createHash, X509Certificate } from 'node:crypto';
import type { TenantApp, TenantApps } from './tenantApps.ts';

/** Puts a certificate into an app's list, beside those that are there. @param certificate PEM */
export async function addKey(apps: TenantApps, { id }: Pick<TenantApp, 'id'>, certificate: string): Promise<void> {
  const key = encoded(certificate);
  const present = await apps.keysOf(id);
  if (present.some((one) => one.key === key)) return;
  await apps.setKeys(id, [...present, { type: 'AsymmetricX509Cert', usage: 'Verify', key }]);
}

/**
 * Takes a certificate out of an app's list.
 * @param thumbprint SHA-256, upper-case hexadecimal
 * @returns false: it was not there.
 */
export async function removeKey(apps: TenantApps, { id }: Pick<TenantApp, 'id'>, thumbprint: string): Promise<boolean> {
  const present = await apps.keysOf(id);
  const rest = present.filter(({ key }) => thumbprintOf(key ?? '') !== thumbprint);
  if (rest.length === present.length) return false;
  await apps.setKeys(id, rest);
  return true;
}

/** @param key the certificate in DER, base64 */
function thumbprintOf(key: string): string {
  return createHash('sha256').update(Buffer.from(key, 'base64')).digest('hex').toUpperCase();
}

/** As Graph writes it. @param certificate PEM, of which the first counts */
function encoded(certificate: string): string {
  return new X509Certificate(certificate).raw.toString('base64');
}
