import * as z from 'zod/mini';
import { placeOf } from '../connections/definitionFiles.ts';
import type { DefinitionFault, DefinitionKind } from '../connections/definitionFiles.ts';
import type { SavedParts } from '../connections/definitionStore.ts';
import { jsonFaultPlace } from '../connections/jsonPlace.ts';
import { jobContent } from './content/jobContent.ts';
import { jobNameFault } from './jobName.ts';
import { linedJson, parseLinedJson } from './linedJson.ts';
import { addressKey, isOneAddress } from './mailAddress.ts';
import { mailboxRules } from './mailboxRules.ts';
import { matchingSettings } from './matching/matchRule.ts';
import { Pace } from './pace.ts';
import type { PaceOptions } from './pace.ts';
import { jobSchedule, jobSpeed } from './schedule/jobSchedule.ts';
import { ShardedMap } from './shardedMap.ts';

/** Version of the job files that this program writes. A file with a higher one is left alone. */
const schemaVersion = 1;

/** Of one job. */
const mostMailboxes = 1_000_000;

/** One of the mailboxes, as the wizard has them. */
const jobMailbox = z.lazy(() => {
  const address = z.string().check(z.refine(isOneAddress));
  const count = z.int().check(z.minimum(1));
  const place = z.discriminatedUnion('in', [
    z.strictObject({
      ...{ in: z.literal('file'), row: count, line: count },
      ...{ column: z.exactOptional(count), header: z.exactOptional(z.string().check(z.maxLength(1024))) },
    }),
    z.strictObject({ in: z.literal('list'), line: count, position: count }),
  ]);
  return z.strictObject({
    address,
    displayName: z.exactOptional(z.string().check(z.maxLength(1024))),
    target: z.exactOptional(address),
    place: z.exactOptional(place),
    /** What matching had decided when the job was saved. */
    match: z.exactOptional(
      z.discriminatedUnion('state', [
        z.strictObject({ state: z.literal('matched'), target: address }),
        z.strictObject({ state: z.enum(['ambiguous', 'missing', 'duplicate', 'excluded']) }),
      ]),
    ),
  });
});
/** One of a job's mailboxes. */
export type JobMailbox = z.infer<typeof jobMailbox>;

/** What a person decides on, but for connections and mailboxes. */
export function jobSettingsShape() {
  return {
    name: z.string().check(
      z.trim(),
      z.refine((name) => jobNameFault(name) === undefined),
    ),
    rules: mailboxRules,
    matching: matchingSettings,
    content: jobContent,
    schedule: jobSchedule,
    speed: jobSpeed,
  };
}

/** All but the single mailboxes: there may be so many that they are looked at in slices. */
const jobFrame = z.lazy(() =>
  z.strictObject({
    schemaVersion: z.literal(schemaVersion),
    kind: z.literal('office365ToExchange'),
    id: z.guid(),
    ...jobSettingsShape(),
    /** Ids of the connections. */
    source: z.guid(),
    target: z.guid(),
    mailboxes: z.array(z.unknown()).check(z.maxLength(mostMailboxes)),
    /** See jobSubject.ts. */
    subject: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
    /** A new value at each save; `basedOn` is the one its editor had read, as with connections. */
    revision: z.guid(),
    basedOn: z.exactOptional(z.guid()),
    modifiedAt: z.iso.datetime(),
  }),
);

/** What a person decides on. */
export type JobSettings = Omit<
  JobDefinition,
  'schemaVersion' | 'kind' | 'id' | 'subject' | 'revision' | 'basedOn' | 'modifiedAt'
>;

/** A migration job as its file holds it. Never holds a secret: it names its connections by their ids. */
export type JobDefinition = Omit<z.infer<typeof jobFrame>, 'mailboxes'> & {
  /** Each address once. */
  readonly mailboxes: readonly JobMailbox[];
};

const anyVersion = z.lazy(() => z.object({ schemaVersion: z.number() }));

/** A job of these settings. @param parts what saving adds */
export function defineJob(settings: JobSettings, subject: string, parts: SavedParts): JobDefinition {
  return { schemaVersion, kind: 'office365ToExchange', ...settings, subject, ...parts };
}

/** A job without what belongs to its file. */
export function settingsOfJob(job: JobDefinition): JobSettings {
  const { name, source, target, mailboxes, rules, matching, content, schedule, speed } = job;
  return { name, source, target, mailboxes, rules, matching, content, schedule, speed };
}

/** How job files are read and written: in slices, since there may be a million mailboxes in one. */
export const jobKind: DefinitionKind<JobDefinition> = { parse: (text) => parseJob(text), textOf: jobText };

/** @throws the reason of an aborted signal */
export function jobText({ mailboxes, ...frame }: JobDefinition, options: PaceOptions = {}): Promise<string> {
  return linedJson(frame, 'mailboxes', mailboxes, options);
}

/** Reads the text of a job file, in slices if it is laid out as they are written. @throws the reason of an aborted signal */
export async function parseJob(text: string, options: PaceOptions = {}): Promise<JobDefinition | DefinitionFault> {
  let json: unknown = await parseLinedJson(text, 'mailboxes', options);
  try {
    json ??= JSON.parse(text);
  } catch {
    return { reason: 'notJson', place: jsonFaultPlace(text) };
  }
  const version = anyVersion.safeParse(json);
  if (version.success && version.data.schemaVersion > schemaVersion) {
    return { reason: 'newerVersion', place: `schemaVersion ${version.data.schemaVersion}` };
  }
  const frame = jobFrame.safeParse(json);
  if (!frame.success) return { reason: 'invalid', place: placeOf(frame.error) };
  const mailboxes = await parseMailboxes(frame.data.mailboxes, new Pace(options));
  return 'reason' in mailboxes ? mailboxes : { ...frame.data, mailboxes };
}

/** Looks at mailboxes one by one: each is whole, and each address there once. @throws what `pace` throws */
export async function parseMailboxes(
  given: readonly unknown[],
  pace = new Pace(),
): Promise<readonly JobMailbox[] | DefinitionFault> {
  const mailboxes: JobMailbox[] = [];
  const known = new ShardedMap<true>();
  for (const [index, each] of given.entries()) {
    const { data, error } = jobMailbox.safeParse(each);
    if (error !== undefined) {
      const place = placeOf(error);
      return { reason: 'invalid', place: `mailboxes.${index}${place === '' ? '' : `.${place}`}` };
    }
    const key = addressKey(data.address);
    if (known.get(key) === true) return { reason: 'invalid', place: `mailboxes.${index}.address` };
    known.set(key, true);
    mailboxes.push(data);
    if (index % 64 === 0 && pace.isOver) await pace.next(index);
  }
  return mailboxes;
}
