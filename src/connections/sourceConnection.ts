import * as z from 'zod/mini';
import type { ConnectionKind } from './connectionKind.ts';
import { longestName } from './connectionNames.ts';
import { schemaKind } from './definitionFiles.ts';
import { additionalCaShape, oneLine, savedParts, schemaVersion } from './definitionShape.ts';
import { isHttpsUrl, isMailAddress, isTenant } from './settingForms.ts';

export const cloudIds = ['worldwide', 'gccHigh', 'dod', 'china', 'bleu', 'delos', 'custom'] as const;
export type CloudId = (typeof cloudIds)[number];

export const signInMethods = ['appCertificate', 'appSecret', 'account', 'password'] as const;
export type SignInMethod = (typeof signInMethods)[number];

/** Of one connection. */
export const mostTestMailboxes = 3;

// Schemas are made when they are first used: making them takes longer than all the rest of the activation.

/** Fields a person decides on; an exported definition holds just these. */
function settingsShape() {
  const guid = z.guid();
  const line = oneLine();
  const httpsUrl = z.string().check(z.refine(isHttpsUrl));
  const mailAddress = z.string().check(z.refine(isMailAddress));

  /** What is public about a certificate. The private key lies in the secret vault. */
  const certificateInfo = z.strictObject({
    subject: z.string().check(z.maxLength(1024)),
    /** SHA-256 over the DER form, 64 upper-case hexadecimal digits. */
    thumbprintSha256: z.string().check(z.regex(/^[0-9A-F]{64}$/)),
    notAfter: z.iso.datetime(),
  });

  /** The app opens the mailboxes of a scope only (RBAC for Applications); its token then carries no role. */
  const scopedAccess = z.exactOptional(z.literal(true));

  const signIn = z.discriminatedUnion('method', [
    z.strictObject({
      method: z.literal('appCertificate'),
      clientId: guid,
      scopedAccess,
      certificate: z.exactOptional(certificateInfo),
      /** Object id of the app, if this connection's wizard has created it: then deleting the connection may remove it. */
      registeredApp: z.exactOptional(guid),
    }),
    z.strictObject({ method: z.literal('appSecret'), clientId: guid, scopedAccess }),
    /** `userName`: who signed in; only for texts and to propose it again. */
    z.strictObject({ method: z.literal('account'), clientId: guid, userName: z.exactOptional(mailAddress) }),
    z.strictObject({ method: z.literal('password'), clientId: guid, userName: mailAddress }),
  ]);

  return {
    name: line.check(z.maxLength(longestName)),
    cloud: z.enum(cloudIds),
    /** Domain name or directory id. */
    tenant: line.check(z.refine(isTenant)),
    signIn,
    testMailbox: mailAddress,
    /** Opened as well, to tell a problem of one mailbox from one of all. */
    moreTestMailboxes: z.exactOptional(z.array(mailAddress).check(z.minLength(1), z.maxLength(mostTestMailboxes - 1))),
    endpoints: z.strictObject({
      ews: z.exactOptional(httpsUrl),
      authority: z.exactOptional(httpsUrl),
      graph: z.exactOptional(httpsUrl),
    }),
    additionalCa: additionalCaShape(),
  };
}

export const connectionSettings = z.lazy(() => z.strictObject(settingsShape()));
export type ConnectionSettings = z.infer<typeof connectionSettings>;
export type SignIn = ConnectionSettings['signIn'];

/** Whether a person's account signs in, which opens only mailboxes to which it has Full Access, and not an app. */
export function isDelegated(method: SignInMethod): boolean {
  return method === 'account' || method === 'password';
}

export type CertificateInfo = NonNullable<Extract<SignIn, { method: 'appCertificate' }>['certificate']>;

const sourceConnection = z.lazy(() =>
  z.strictObject({
    schemaVersion: z.literal(schemaVersion),
    kind: z.literal('office365'),
    id: z.guid(),
    ...settingsShape(),
    ...savedParts(),
  }),
);

/** A connection to a source Office 365 tenant as its definition file holds it. Never holds a secret. */
export type SourceConnection = z.infer<typeof sourceConnection>;

export const sourceKind: ConnectionKind<ConnectionSettings, SourceConnection> = {
  ...schemaKind(sourceConnection, schemaVersion),
  define: (settings, parts) => ({ schemaVersion, kind: 'office365', ...settings, ...parts }),
};

/** The settings of a connection without what belongs to its file. */
export function settingsOf(connection: ConnectionSettings): ConnectionSettings {
  const { name, cloud, tenant, signIn: method, testMailbox, moreTestMailboxes, endpoints, additionalCa } = connection;
  return {
    ...{ name, cloud, tenant, signIn: method, testMailbox, endpoints },
    ...(moreTestMailboxes && { moreTestMailboxes }),
    ...(additionalCa && { additionalCa }),
  };
}
