import * as z from 'zod/mini';
import { findingMessages, pageInput } from '../pageMessages.ts';
import type { FromJobPage, JobFieldId, JobForm, JobState } from './jobProtocol.ts';

export const jobSteps = ['name', 'source', 'target', 'content', 'schedule', 'summary'] as const;
const directorySorts = ['displayName', 'address', 'type', 'department', 'size'] as const;
const lists = ['directory', 'chosen', 'faults', 'targetFaults', 'matches', 'scanned'] as const;
/** Rows that a page asks for at once: more than any screen shows. */
const mostRows = 500;
/** UTF-16 units: patterns, one a line; and what somebody pastes. */
const [longestText, longestPaste] = [1_000_000, 20_000_000];

// Schemas are made when they are first used, which is not when the extension activates.

const text = z.string().check(z.maxLength(longestText));
const choices = z.array(z.string().check(z.maxLength(100))).check(z.maxLength(100));
const hours = z.lazy(() =>
  z.strictObject({
    ...{ monday: pageInput, tuesday: pageInput, wednesday: pageInput, thursday: pageInput },
    ...{ friday: pageInput, saturday: pageInput, sunday: pageInput },
  }),
);

export const jobForm = z.lazy(() =>
  z.strictObject({
    ...{ name: pageInput, source: pageInput, target: pageInput },
    ...{ include: text, exclude: text, parts: z.enum(['primary', 'archive', 'both']) },
    ...{ byFile: z.boolean(), bySameAddress: z.boolean(), byPattern: text, bySameLocalPart: z.boolean() },
    ...{ folders: choices, recoverable: choices, from: pageInput, until: pageInput },
    ...{ includeClasses: text, excludeClasses: text, maximumSize: pageInput },
    ...{ start: z.enum(['now', 'at']), at: pageInput, limitHours: z.boolean(), timeZone: pageInput, hours },
    ...{ mailboxesAtOnce: pageInput, connectionsPerMailbox: pageInput, itemsPerBatch: pageInput },
    ...{ requestsPerMinute: pageInput, gigabytesPerHour: pageInput },
  }),
) satisfies z.ZodMiniType<JobForm>;

const state = z.lazy(() =>
  z.strictObject({
    draftId: z.string().check(z.regex(/^[\w-]{1,100}(\.[\w-]{1,100})?$/)),
    step: z.enum(jobSteps),
    form: jobForm,
  }),
) satisfies z.ZodMiniType<JobState>;

const message = z.lazy(() => {
  const bare = <T extends string>(type: T) => z.strictObject({ type: z.literal(type) });
  const row = z.int().check(z.minimum(0));
  const column = z.exactOptional(z.int().check(z.minimum(-1), z.maximum(100_000)));
  const field = z.enum([...Object.keys(jobForm.def.getter().shape), 'mailboxes', 'matches', 'typed', 'file']);
  const matchState = z.enum(['matched', 'ambiguous', 'missing', 'duplicate', 'excluded', 'all']);
  return z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('ready'), restored: z.exactOptional(state) }),
    // The keys of the form and the others are just these.
    z.strictObject({ type: z.literal('left'), field: field as z.ZodMiniType<JobFieldId>, form: jobForm }),
    z.strictObject({ type: z.literal('changed'), form: jobForm }),
    z.strictObject({ type: z.literal('next'), form: jobForm }),
    z.strictObject({ type: z.literal('back'), form: jobForm }),
    z.strictObject({ type: z.literal('finish'), form: jobForm }),
    z.strictObject({
      type: z.literal('rows'),
      list: z.enum(lists),
      offset: row,
      count: z.int().check(z.minimum(1), z.maximum(mostRows)),
    }),
    z.strictObject({
      type: z.literal('filterDirectory'),
      filter: z.strictObject({
        text: pageInput,
        type: z.enum(['user', 'shared', 'room', 'equipment', 'other', 'unknown', '']),
        department: z.exactOptional(z.string().check(z.maxLength(1024))),
        ...{ minSize: pageInput, maxSize: pageInput },
      }),
    }),
    z.strictObject({ type: z.literal('sortDirectory'), key: z.enum(directorySorts), descending: z.boolean() }),
    z.strictObject({ type: z.literal('pick'), row, picked: z.boolean() }),
    z.strictObject({ type: z.literal('pickShown'), picked: z.boolean() }),
    z.strictObject({ type: z.literal('addTyped'), text: z.string().check(z.maxLength(longestPaste)) }),
    z.strictObject({
      type: z.literal('readFile'),
      ...{
        encoding: z.exactOptional(z.string().check(z.maxLength(20))),
        delimiter: z.exactOptional(z.string().check(z.maxLength(1))),
      },
      ...{ source: column, target: column, displayName: column },
    }),
    z.strictObject({ type: z.literal('removeChosen'), row }),
    z.strictObject({ type: z.literal('filterMatches'), state: matchState, text: pageInput }),
    z.strictObject({ type: z.literal('decide'), row, target: z.string().check(z.maxLength(1024)) }),
    z.strictObject({ type: z.literal('skip'), row }),
    z.strictObject({ type: z.literal('undecide'), row }),
    z.strictObject({ type: z.literal('filterScanned'), state: z.enum(['ready', 'attention', 'failed', 'all']) }),
    ...[bare('addSource'), bare('addTarget'), bare('openDirectory'), bare('stopDirectory')],
    ...[bare('chooseFile'), bare('addFile'), bare('dropFile'), bare('removeAll'), bare('undoRemove')],
    ...[
      bare('lookUp'),
      bare('chooseTargetFile'),
      bare('scan'),
      bare('cancel'),
      bare('startOver'),
      bare('close'),
      bare('openRequirements'),
    ],
    ...findingMessages(),
  ]);
}) satisfies z.ZodMiniType<FromJobPage>;

/** A message of the page; undefined when it is none that the page may send. */
export function parseJobMessage(received: unknown): FromJobPage | undefined {
  return message.safeParse(received).data;
}

/** What VS Code kept of a page over a reload; undefined when it is not of this version. */
export function parseJobState(kept: unknown): JobState | undefined {
  return state.safeParse(kept).data;
}
