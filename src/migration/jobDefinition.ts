import * as z from 'zod';
import { placeOf } from '../connections/definitionFiles.ts';
import { jsonFaultPlace } from '../connections/jsonPlace.ts';
import { jobContent } from './content/jobContent.ts';
import { jobNameFault } from './jobName.ts';
import { isOneAddress } from './mailAddress.ts';
import { mailboxRules } from './mailboxRules.ts';
import { matchingSettings } from './matching/matchRule.ts';
import { jobSchedule, jobSpeed } from './schedule/jobSchedule.ts';

/** Version of the job files that this program writes. A file with a higher one is left alone. */
const schemaVersion = 1;

/** Of one job. */
const mostMailboxes = 1_000_000;

/** What a person decides on. */
function settingsShape() {
  const address = z.string().refine(isOneAddress);
  const count = z.int().min(1);
  const place = z.discriminatedUnion('in', [
    z.strictObject({
      ...{ in: z.literal('file'), row: count, line: count },
      ...{ column: count.exactOptional(), header: z.string().max(1024).exactOptional() },
    }),
    z.strictObject({ in: z.literal('list'), line: count, position: count }),
  ]);
  return {
    name: z
      .string()
      .trim()
      .refine((name) => jobNameFault(name) === undefined),
    /** Ids of the connections. */
    source: z.guid(),
    target: z.guid(),
    mailboxes: z
      .array(
        z.strictObject({
          address,
          displayName: z.string().max(1024).exactOptional(),
          target: address.exactOptional(),
          place: place.exactOptional(),
        }),
      )
      .max(mostMailboxes),
    rules: mailboxRules,
    matching: matchingSettings,
    content: jobContent,
    schedule: jobSchedule,
    speed: jobSpeed,
  };
}

const jobDefinition = z.lazy(() =>
  z.strictObject({
    schemaVersion: z.literal(schemaVersion),
    kind: z.literal('office365ToExchange'),
    id: z.guid(),
    ...settingsShape(),
    /** A new value at each save; `basedOn` is the one its editor had read, as with connections. */
    revision: z.guid(),
    basedOn: z.guid().exactOptional(),
    modifiedAt: z.iso.datetime(),
  }),
);

/** A migration job as its file holds it. Never holds a secret: it names its connections by their ids. */
export type JobDefinition = z.infer<typeof jobDefinition>;

/** Why a job file cannot be used. It is kept as it is. */
export interface UnreadableJob {
  readonly reason: 'notJson' | 'newerVersion' | 'invalid';
  /** Such as `content.items.from` or `line 3 column 7`; may be empty. */
  readonly place: string;
}

const anyVersion = z.lazy(() => z.object({ schemaVersion: z.number() }));

/** Reads the text of a job file. */
export function parseJob(text: string): JobDefinition | UnreadableJob {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { reason: 'notJson', place: jsonFaultPlace(text) };
  }
  const version = anyVersion.safeParse(json);
  if (version.success && version.data.schemaVersion > schemaVersion) {
    return { reason: 'newerVersion', place: `schemaVersion ${version.data.schemaVersion}` };
  }
  const result = jobDefinition.safeParse(json);
  return result.success ? result.data : { reason: 'invalid', place: placeOf(result.error) };
}
