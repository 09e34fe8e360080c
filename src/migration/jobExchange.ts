import * as z from 'zod/mini';
import { portable } from '../connections/connectionExchange.ts';
import { placeOf } from '../connections/definitionFiles.ts';
import { ImportError } from '../connections/importError.ts';
import { jsonFaultPlace } from '../connections/jsonPlace.ts';
import { connectionSettings } from '../connections/sourceConnection.ts';
import type { ConnectionSettings } from '../connections/sourceConnection.ts';
import { targetSettings, targetSettingsOf } from '../connections/targetConnection.ts';
import type { TargetSettings } from '../connections/targetConnection.ts';
import { jobSettingsShape, parseMailboxes } from './jobDefinition.ts';
import type { JobDefinition, JobSettings } from './jobDefinition.ts';
import { linedJson, parseLinedJson } from './linedJson.ts';
import type { PaceOptions } from './pace.ts';

const kind = 'exchangeMigration.job';
const schemaVersion = 1;

/** A job as it is handed on: with the settings of both connections, since ids mean nothing elsewhere. */
export interface ExportedJob {
  readonly job: Omit<JobSettings, 'source' | 'target'>;
  readonly source: ConnectionSettings;
  readonly target: TargetSettings;
}

const exported = z.lazy(() =>
  z.strictObject({
    kind: z.literal(kind),
    schemaVersion: z.literal(schemaVersion),
    source: connectionSettings,
    target: targetSettings,
    ...jobSettingsShape(),
    mailboxes: z.array(z.unknown()),
  }),
);
const about = z.lazy(() => z.object({ kind: z.literal(kind), schemaVersion: z.number() }));

/** A job as a file to hand on. Holds settings only: no id, no secret, nor where a secret lies. */
export async function exportJob(
  { name, rules, matching, content, schedule, speed, mailboxes }: JobDefinition,
  source: ConnectionSettings,
  target: TargetSettings,
  options: PaceOptions = {},
): Promise<string> {
  const head = {
    name,
    source: portable(source),
    target: targetSettingsOf(target),
    rules,
    matching,
    content,
    schedule,
    speed,
  };
  return linedJson({ kind, schemaVersion, ...head }, 'mailboxes', mailboxes, options);
}

/** Reads the file of an exported job. @throws ImportError; the reason of an aborted signal */
export async function parseExportedJob(text: string, options: PaceOptions = {}): Promise<ExportedJob> {
  const plain = text.replace(/^\uFEFF/, '');
  const json = (await parseLinedJson(plain, 'mailboxes', options)) ?? jsonOf(plain);
  const result = exported.safeParse(json);
  if (!result.success) {
    const found = about.safeParse(json);
    if (!found.success) throw new ImportError('notAnExport');
    if (found.data.schemaVersion > schemaVersion) throw new ImportError('newerVersion');
    throw new ImportError('invalid', placeOf(result.error));
  }
  const { source, target, name, rules, matching, content, schedule, speed } = result.data;
  const mailboxes = await parseMailboxes(result.data.mailboxes);
  if ('reason' in mailboxes) throw new ImportError('invalid', mailboxes.place);
  const job = { name, rules, matching, content, schedule, speed, mailboxes };
  return { job, source: portable(source), target };
}

/** @throws ImportError */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ImportError('notJson', jsonFaultPlace(text));
  }
}
