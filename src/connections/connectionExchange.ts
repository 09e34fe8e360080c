import * as z from 'zod/mini';
import { placeOf } from './definitionFiles.ts';
import { ImportError } from './importError.ts';
import { jsonFaultPlace } from './jsonPlace.ts';
import { schemaVersion } from './definitionShape.ts';
import { connectionSettings, settingsOf } from './sourceConnection.ts';
import type { ConnectionSettings } from './sourceConnection.ts';
import { targetSettings, targetSettingsOf } from './targetConnection.ts';
import type { TargetSettings } from './targetConnection.ts';

const kinds = {
  source: 'exchange-migration/source-connections',
  target: 'exchange-migration/target-connections',
} as const;

const exported = z.lazy(() => {
  const listOf = <T extends z.ZodMiniType>(settings: T) => z.array(settings).check(z.minLength(1), z.maxLength(10_000));
  const version = z.literal(schemaVersion);
  return z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal(kinds.source),
      schemaVersion: version,
      connections: listOf(connectionSettings),
    }),
    z.strictObject({ kind: z.literal(kinds.target), schemaVersion: version, connections: listOf(targetSettings) }),
  ]);
});
const version = z.lazy(() => z.object({ kind: z.enum(kinds), schemaVersion: z.number() }));

/** What a file of exported definitions holds: all of one kind. */
export type Exported =
  | { readonly kind: 'source'; readonly connections: readonly ConnectionSettings[] }
  | { readonly kind: 'target'; readonly connections: readonly TargetSettings[] };

/** The settings without what only the connection that has registered its app may say of it. */
export function portable(connection: ConnectionSettings): ConnectionSettings {
  const settings = settingsOf(connection);
  if (settings.signIn.method !== 'appCertificate') return settings;
  const { method, clientId, scopedAccess, certificate } = settings.signIn;
  return {
    ...settings,
    signIn: { method, clientId, ...(scopedAccess && { scopedAccess }), ...(certificate && { certificate }) },
  };
}

/** Definitions as a file to hand on. Holds settings only: no id, no secret, nor where a secret lies. */
export function exportConnections(exports: Exported): string {
  const document: z.infer<typeof exported> =
    exports.kind === 'source'
      ? { kind: kinds.source, schemaVersion, connections: exports.connections.map(portable) }
      : { kind: kinds.target, schemaVersion, connections: exports.connections.map(targetSettingsOf) };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/** Reads a file of exported definitions: all of them, or none. @throws ImportError */
export function parseExport(text: string): Exported {
  const plain = text.replace(/^\uFEFF/, '');
  let json: unknown;
  try {
    json = JSON.parse(plain);
  } catch {
    throw new ImportError('notJson', jsonFaultPlace(plain));
  }
  const result = exported.safeParse(json);
  if (result.success) {
    const { data } = result;
    return data.kind === kinds.source
      ? { kind: 'source', connections: data.connections.map(portable) }
      : { kind: 'target', connections: data.connections };
  }
  const about = version.safeParse(json);
  if (!about.success) throw new ImportError('notAnExport');
  if (about.data.schemaVersion > schemaVersion) throw new ImportError('newerVersion');
  throw new ImportError('invalid', placeOf(result.error));
}
