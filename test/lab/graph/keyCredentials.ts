import { createHash, randomUUID, X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { badProperty, badRequest } from './errors.ts';

/** A certificate of an app registration. */
export interface StoredKey {
  readonly keyId: string;
  readonly displayName: string | null;
  /** The certificate's SHA-1 thumbprint, base64, unless the client gave another. */
  readonly customKeyIdentifier: string;
  readonly startMs: number;
  readonly endMs: number;
  /** PEM. */
  readonly certificate: string;
  readonly addedMs: number;
}

const date = z.iso.datetime({ offset: true });

/** An entry of keyCredentials as clients send it. */
export const keyCredentialSchema = z.looseObject({
  keyId: z.guid().nullish(),
  displayName: z.string().nullish(),
  customKeyIdentifier: z.string().nullish(),
  type: z.string().nullish(),
  usage: z.string().nullish(),
  /** Base64 of the certificate, DER or PEM. */
  key: z.string().nullish(),
  startDateTime: date.nullish(),
  endDateTime: date.nullish(),
});

type SentKey = z.output<typeof keyCredentialSchema>;

type KeyFacts = Partial<StoredKey> & Pick<StoredKey, 'addedMs'>;

/** What Graph notes of a certificate; what is not told comes from the certificate itself. */
export function certificateKey(certificate: X509Certificate, facts: KeyFacts): StoredKey {
  return {
    keyId: randomUUID(),
    displayName: certificate.subject,
    customKeyIdentifier: createHash('sha1').update(certificate.raw).digest('base64'),
    startMs: certificate.validFromDate.getTime(),
    endMs: certificate.validToDate.getTime(),
    certificate: certificate.toString(),
    ...facts,
  };
}

const invalid = (property: string, acceptable?: string): Error =>
  badProperty(
    `keyCredentials.${property}`,
    'InvalidValue',
    `The value for the property "${property}" in one of your credentials is invalid.${acceptable === undefined ? '' : ` Acceptable values are ${acceptable}.`}`,
  );

function parseCertificate(key: string): X509Certificate {
  try {
    return new X509Certificate(Buffer.from(key, 'base64'));
  } catch {
    throw invalid('key');
  }
}

function newKey(sent: SentKey, nowMs: number): StoredKey {
  if (sent.type !== 'AsymmetricX509Cert') throw invalid('type', 'AsymmetricX509Cert, X509CertAndPassword');
  if (sent.usage !== 'Verify') throw invalid('usage', 'Sign, Verify');
  if (!sent.key) throw invalid('key');
  const certificate = parseCertificate(sent.key);
  const validToMs = certificate.validToDate.getTime();
  const endMs = sent.endDateTime ? Date.parse(sent.endDateTime) : validToMs;
  if (endMs > validToMs || endMs < nowMs) {
    throw badProperty('keyCredentials', 'KeyCredentialsInvalidEndDate', 'Key credential end date is invalid.');
  }
  return certificateKey(certificate, {
    addedMs: nowMs,
    endMs,
    ...(sent.startDateTime ? { startMs: Date.parse(sent.startDateTime) } : {}),
    ...(sent.keyId ? { keyId: sent.keyId } : {}),
    ...(sent.displayName ? { displayName: sent.displayName } : {}),
    ...(sent.customKeyIdentifier ? { customKeyIdentifier: sent.customKeyIdentifier } : {}),
  });
}

/** An entry that is there already is known by its keyId and need not carry the certificate again, but may not change. */
function keptKey(sent: SentKey, old: StoredKey): StoredKey {
  const moved = (date: string | null | undefined, ms: number): boolean =>
    typeof date === 'string' && Math.abs(Date.parse(date) - ms) >= 1_000;
  const otherKey = Boolean(sent.key) && parseCertificate(sent.key ?? '').toString() !== old.certificate;
  const changed = otherKey || moved(sent.startDateTime, old.startMs) || moved(sent.endDateTime, old.endMs);
  if (changed) throw badRequest(`Update to existing credential with KeyId '${old.keyId}' is not allowed.`);
  return old;
}

/**
 * The list of certificates that replaces the present one.
 * @throws GraphError for what is no certificate or would change one that is there
 */
export function replaceKeys(sent: readonly SentKey[], present: readonly StoredKey[], nowMs: number): StoredKey[] {
  return sent.map((key) => {
    const old = present.find(({ keyId }) => keyId === key.keyId);
    return old ? keptKey(key, old) : newKey(key, nowMs);
  });
}

/** ISO 8601 in whole seconds, as Graph writes it. */
export const isoSeconds = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** @param withKey the certificate itself is shown only to who selects keyCredentials of a single app */
export function showKey(key: StoredKey, withKey: boolean): object {
  return {
    customKeyIdentifier: key.customKeyIdentifier,
    displayName: key.displayName,
    endDateTime: isoSeconds(key.endMs),
    key: withKey ? new X509Certificate(key.certificate).raw.toString('base64') : null,
    keyId: key.keyId,
    startDateTime: isoSeconds(key.startMs),
    type: 'AsymmetricX509Cert',
    usage: 'Verify',
  };
}
