import * as z from 'zod/mini';
import { folderRoles, recoverableRoles } from '../content/folderRoles.ts';

/** Version of the scans that this program writes. One of another version counts as none: it can be made again. */
export const scanVersion = 1;

/** So many oversized items of one mailbox are kept, the largest; the others are counted. */
export const mostOversizedKept = 100;

const count = () => z.int().check(z.minimum(0));

const remedyStep = z.lazy(() =>
  z.object({ text: z.string(), command: z.exactOptional(z.string()), link: z.exactOptional(z.string()) }),
);

const scanFinding = z.lazy(() =>
  z.object({
    /** As verification's findings have them, or one of scanFindings.ts. */
    code: z.string(),
    severity: z.enum(['error', 'warning', 'info']),
    title: z.string(),
    detail: z.exactOptional(z.string()),
    /** Absent: there is nothing to do. */
    remedies: z.exactOptional(z.array(remedyStep)),
  }),
);
export type ScanFinding = z.infer<typeof scanFinding>;

const parts = ['primary', 'archive', 'recoverable'] as const;
export type FolderPart = (typeof parts)[number];

const scannedFolder = z.lazy(() =>
  z.object({
    /** Names from the top, in the mailbox's own language. */
    path: z.array(z.string()),
    /** Its own, or that of the nearest folder above it that has one. */
    role: z.enum([...folderRoles, ...recoverableRoles]),
    /** `recoverable`: Recoverable Items, of the mailbox or of its archive. */
    part: z.enum(parts),
    items: count(),
    /** As the source's store counts them; absent: not told. */
    bytes: z.exactOptional(count()),
  }),
);
export type ScannedFolder = z.infer<typeof scannedFolder>;

const oversizedItem = z.lazy(() =>
  z.object({
    folder: z.array(z.string()),
    bytes: count(),
    received: z.exactOptional(z.string()),
    itemClass: z.string(),
  }),
);
export type OversizedItem = z.infer<typeof oversizedItem>;

const atTarget = z.lazy(() =>
  z.object({
    exists: z.boolean(),
    items: count(),
    bytes: count(),
    /** Whether it has an archive; absent: nobody needs to know. */
    hasArchive: z.exactOptional(z.boolean()),
  }),
);
export type AtTarget = z.infer<typeof atTarget>;

export const scannedMailbox = z.lazy(() =>
  z.object({
    /** Its place among the pairs that were scanned, from 0. */
    row: count(),
    source: z.string(),
    target: z.exactOptional(z.string()),
    state: z.enum(['ready', 'attention', 'failed']),
    /** Those that the job wants. */
    folders: z.array(scannedFolder),
    /** What the job does not want: folders, and items above its largest size. */
    leftOut: z.object({ folders: count(), items: count(), bytes: count() }),
    /** Of the wanted folders, without what is left out. */
    items: count(),
    bytes: count(),
    /** Too large for the target, the largest first. */
    oversized: z.array(oversizedItem).check(z.maxLength(mostOversizedKept)),
    oversizedCount: count(),
    /** Absent: it could not be found out, or was not asked for. */
    atTarget: z.exactOptional(atTarget),
    findings: z.array(scanFinding),
  }),
);
/** What a scan found of one mailbox, at both ends. */
export type ScannedMailbox = z.infer<typeof scannedMailbox>;
export type ScanState = ScannedMailbox['state'];

const assumption = z.lazy(() =>
  z.discriminatedUnion('kind', [
    /** Of one mailbox, in bytes and in items an hour. */
    z.object({
      kind: z.literal('rate'),
      slow: z.object({ bytes: z.number(), items: z.number() }),
      fast: z.object({ bytes: z.number(), items: z.number() }),
    }),
    z.object({ kind: z.literal('mailboxesAtOnce'), count: count() }),
    /** The longest row of work is one mailbox: more at once would not help. */
    z.object({ kind: z.literal('largestMailbox'), source: z.string(), bytes: count() }),
    z.object({ kind: z.literal('bytesPerHour'), cap: z.number() }),
    z.object({ kind: z.literal('requestsPerMinute'), cap: z.number() }),
    z.object({ kind: z.literal('openHours'), perWeek: z.number() }),
    /** The figures are those before these filters. */
    z.object({ kind: z.literal('beforeFilters'), filters: z.array(z.enum(['dates', 'classes'])) }),
    /** Mailboxes that the figures lack. */
    z.object({ kind: z.literal('withoutMailboxes'), count: count() }),
  ]),
);
export type Assumption = z.infer<typeof assumption>;

const estimate = z.lazy(() =>
  z.object({
    /** From the start of the job to its end, closed hours included. Milliseconds. */
    fastMs: z.number(),
    slowMs: z.number(),
    assumptions: z.array(assumption),
  }),
);
export type Estimate = z.infer<typeof estimate>;

export const scanSummary = z.lazy(() =>
  z.object({
    scanVersion: z.literal(scanVersion),
    /** Of the job as it was scanned (jobSubject.ts): with another one the scan is out of date. */
    subject: z.string(),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime(),
    /** `stopped`: something that concerns all mailboxes ended it early; see `failure`. */
    outcome: z.enum(['finished', 'cancelled', 'stopped']),
    failure: z.exactOptional(z.object({ server: z.enum(['source', 'target']), finding: scanFinding })),
    counts: z.object({ ready: count(), attention: count(), failed: count(), notScanned: count() }),
    items: count(),
    bytes: count(),
    oversized: count(),
    /** HTTP requests to both servers and the sign-in service. */
    requests: count(),
    estimate,
  }),
);
/** What a scan comes to. */
export type ScanSummary = z.infer<typeof scanSummary>;
