import * as z from 'zod/mini';

/** What a sign-in method needs besides its definition. Lives in the vault and, while in use, in memory. */
const connectionSecret = z.lazy(() =>
  z.discriminatedUnion('method', [
    z.strictObject({
      method: z.literal('appCertificate'),
      /** PKCS#8 PEM without a passphrase: the vault encrypts. */
      privateKey: z.string().check(z.minLength(1)),
      /** PEM of the certificate, and of its chain where the file had one. */
      certificate: z.string().check(z.minLength(1)),
    }),
    z.strictObject({ method: z.literal('appSecret'), clientSecret: z.string().check(z.minLength(1)) }),
    /** MSAL's serialised cache of one account: a refresh token and whose it is. */
    z.strictObject({ method: z.literal('account'), tokenCache: z.string().check(z.minLength(1)) }),
    z.strictObject({ method: z.literal('password'), password: z.string().check(z.minLength(1)) }),
    /** Of a target connection. */
    z.strictObject({ method: z.enum(['ntlm', 'basic']), password: z.string().check(z.minLength(1)) }),
  ]),
);
export type ConnectionSecret = z.infer<typeof connectionSecret>;
/** By which an account signs in to a server of one's own. */
export type TargetSecret = Extract<ConnectionSecret, { method: 'ntlm' | 'basic' }>;
/** By which an app signs in as itself. */
export type AppSecret = Extract<ConnectionSecret, { method: 'appCertificate' | 'appSecret' }>;

export function serializeSecret(secret: ConnectionSecret): string {
  return JSON.stringify(secret);
}

/** Undefined when the text is no secret of this program; says nothing about why, lest a part of it leak. */
export function parseSecret(text: string): ConnectionSecret | undefined {
  try {
    const result = connectionSecret.safeParse(JSON.parse(text));
    return result.success ? result.data : undefined;
  } catch {
    return undefined;
  }
}
