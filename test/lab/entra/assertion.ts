import { X509Certificate, createHash } from 'node:crypto';
import { decodeJwt, isSignedBy } from '../jwt.ts';
import type { LabApp } from '../tenant.ts';
import { EntraError } from './errors.ts';

/** Seconds by which a client's clock may differ. */
const tolerance = 300;

export interface AssertionRules {
  readonly app: LabApp;
  /** Whether the app's certificate is known to the tenant. */
  readonly registered: boolean;
  readonly audiences: readonly string[];
  /** Seconds since 1970 by the tenant's clock. */
  readonly now: number;
}

const refusal = (code: number, text: string): EntraError => new EntraError(code, 'invalid_client', text);

function notRegistered(thumbprint: string, appId: string): EntraError {
  return refusal(
    700027,
    `The certificate with identifier used to sign the client assertion is not registered on application. [Reason - The key was not found., Thumbprint of key used by client: '${thumbprint}', Please visit the Azure Portal, Graph Explorer or directly use MS Graph to see configured keys for app Id '${appId}'.]`,
  );
}

/**
 * Checks a client assertion as Entra does (RFC 7523 and Entra's certificate credentials): algorithm, thumbprint,
 * signature, issuer and subject, audience, times.
 * @throws EntraError naming the first thing that is wrong
 */
export function checkAssertion(assertion: string, rules: AssertionRules): void {
  const { app } = rules;
  const jwt = decodeJwt(assertion);
  if (!jwt) throw refusal(50027, 'JWT token is invalid or malformed.');
  const { header, payload } = jwt;
  if (header.alg !== 'RS256' && header.alg !== 'PS256') {
    throw refusal(5002738, `Invalid JWT token. '${header.alg}' is not a supported signature algorithm.`);
  }
  if (payload.iss !== app.clientId || payload.sub !== app.clientId) {
    throw refusal(700021, "Client assertion application identifier doesn't match 'client_id' parameter.");
  }
  const used = Buffer.from(header['x5t#S256'] ?? header.x5t ?? header.kid ?? '', 'base64url')
    .toString('hex')
    .toUpperCase();
  const algorithm = header['x5t#S256'] === undefined ? 'sha1' : 'sha256';
  const certificate = app.certificates
    .map((pem) => new X509Certificate(pem))
    .find(({ raw }) => used === createHash(algorithm).update(raw).digest('hex').toUpperCase());
  if (!certificate || !rules.registered) throw notRegistered(used, app.clientId);
  if (!isSignedBy(jwt, certificate.publicKey)) {
    throw refusal(
      700027,
      `Client assertion failed signature validation. [Reason - The key was found, but use of the key to verify the signature failed., Thumbprint of key used by client: '${used}']`,
    );
  }
  if (payload.aud === undefined || !rules.audiences.includes(payload.aud)) {
    throw refusal(
      700023,
      `Client assertion audience claim does not match Realm issuer. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials.`,
    );
  }
  const { nbf = 0, exp } = payload;
  if (exp === undefined || exp + tolerance < rules.now || nbf - tolerance > rules.now) {
    const clock = (seconds: number): string => new Date(seconds * 1000).toISOString();
    throw refusal(
      700024,
      `Client assertion is not within its valid time range. Current time: ${clock(rules.now)}, assertion valid from ${clock(nbf)}, expiry time of assertion ${clock(exp ?? 0)}.`,
    );
  }
}
