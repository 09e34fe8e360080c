import * as z from 'zod/mini';
import type { ConnectionKind } from './connectionKind.ts';
import { longestName } from './connectionNames.ts';
import { schemaKind } from './definitionFiles.ts';
import { additionalCaShape, oneLine, savedParts, schemaVersion } from './definitionShape.ts';
import { isHttpsUrl, isLogonName, isMailAddress } from './settingForms.ts';

export const targetSignInMethods = ['ntlm', 'basic'] as const;
export type TargetSignInMethod = (typeof targetSignInMethods)[number];

/** Where EWS is on a server, if nobody has moved it. */
export function ewsAddressOf(serverName: string): string {
  return `https://${serverName}/EWS/Exchange.asmx`;
}

// Schemas are made when they are first used, as those of source connections.

/** Fields a person decides on; an exported definition holds just these. */
function settingsShape() {
  return {
    name: oneLine().check(z.maxLength(longestName)),
    server: z.strictObject({
      /** Of Exchange.asmx. Credentials go there and nowhere else. */
      ews: z.string().check(z.refine(isHttpsUrl)),
      /** How the address came about: by Autodiscover, of a server's name, or typed. */
      from: z.enum(['autodiscover', 'serverName', 'typed']),
    }),
    signIn: z.strictObject({
      method: z.enum(targetSignInMethods),
      /** DOMAIN\user, or a user principal name. */
      userName: z.string().check(z.refine(isLogonName)),
    }),
    testMailbox: z.string().check(z.refine(isMailAddress)),
    additionalCa: additionalCaShape(),
  };
}

export const targetSettings = z.lazy(() => z.strictObject(settingsShape()));
export type TargetSettings = z.infer<typeof targetSettings>;

export const targetConnection = z.lazy(() =>
  z.strictObject({
    schemaVersion: z.literal(schemaVersion),
    kind: z.literal('exchangeServer'),
    id: z.guid(),
    ...settingsShape(),
    ...savedParts(),
  }),
);

/** A connection to the on-premises Exchange server that mailboxes are moved to. Never holds a secret. */
export type TargetConnection = z.infer<typeof targetConnection>;

/** The settings of a connection without what belongs to its file. */
export function targetSettingsOf(connection: TargetSettings): TargetSettings {
  const { name, server, signIn, testMailbox, additionalCa } = connection;
  return { name, server, signIn, testMailbox, ...(additionalCa && { additionalCa }) };
}

export const targetKind: ConnectionKind<TargetSettings, TargetConnection> = {
  ...schemaKind(targetConnection, schemaVersion),
  define: (settings, parts) => ({ schemaVersion, kind: 'exchangeServer', ...settings, ...parts }),
};
