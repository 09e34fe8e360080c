import { constants, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { z } from 'zod';

const headerSchema = z.looseObject({
  alg: z.string(),
  kid: z.string().optional(),
  x5t: z.string().optional(),
  'x5t#S256': z.string().optional(),
});

const payloadSchema = z.looseObject({
  aud: z.string().optional(),
  iss: z.string().optional(),
  sub: z.string().optional(),
  /** Seconds since 1970, as exp. */
  nbf: z.number().optional(),
  exp: z.number().optional(),
});

export interface Jwt {
  readonly header: z.output<typeof headerSchema>;
  readonly payload: z.output<typeof payloadSchema>;
  readonly signed: string;
  readonly signature: Buffer;
}

function parsePart(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Takes a JSON Web Token (RFC 7519, compact form) apart without judging it. @returns undefined when it is none */
export function decodeJwt(token: string): Jwt | undefined {
  const [header = '', payload = '', signature = '', ...more] = token.split('.');
  const parsedHeader = headerSchema.safeParse(parsePart(header));
  const parsedPayload = payloadSchema.safeParse(parsePart(payload));
  if (!parsedHeader.success || !parsedPayload.success || more.length > 0) return undefined;
  return {
    header: parsedHeader.data,
    payload: parsedPayload.data,
    signed: `${header}.${payload}`,
    signature: Buffer.from(signature, 'base64url'),
  };
}

/** Whether the signature is RS256 or PS256 and was made with the private half of this key. */
export function isSignedBy(jwt: Jwt, key: KeyObject): boolean {
  const data = Buffer.from(jwt.signed);
  if (jwt.header.alg === 'RS256') return verify('sha256', data, key, jwt.signature);
  if (jwt.header.alg !== 'PS256') return false;
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  return verify('sha256', data, { key, padding, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }, jwt.signature);
}

/** Signs with RS256. */
export function signJwt(header: Readonly<Record<string, unknown>>, payload: object, key: KeyObject): string {
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${encode({ typ: 'JWT', alg: 'RS256', ...header })}.${encode(payload)}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
}
