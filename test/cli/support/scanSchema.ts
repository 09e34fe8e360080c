import * as z from 'zod/mini';

const count = z.int().check(z.minimum(0));
const finding = z.strictObject({
  code: z.string().check(z.minLength(1)),
  severity: z.enum(['error', 'warning', 'info']),
  title: z.string().check(z.minLength(1)),
  detail: z.exactOptional(z.string()),
  remedy: z.array(
    z.strictObject({
      text: z.string().check(z.minLength(1)),
      command: z.exactOptional(z.string()),
      link: z.exactOptional(z.string()),
    }),
  ),
});
const mailbox = z.strictObject({
  row: count,
  source: z.email(),
  target: z.email(),
  state: z.enum(['ready', 'attention', 'failed']),
  folders: z.array(
    z.strictObject({
      path: z.array(z.string()).check(z.minLength(1)),
      role: z.string().check(z.minLength(1)),
      part: z.enum(['primary', 'archive', 'recoverable']),
      items: count,
      bytes: z.exactOptional(count),
    }),
  ),
  leftOut: z.strictObject({ folders: count, items: count, bytes: count }),
  items: count,
  bytes: count,
  oversized: z.array(
    z.strictObject({
      folder: z.array(z.string()).check(z.minLength(1)),
      bytes: count,
      received: z.exactOptional(z.iso.datetime()),
      itemClass: z.string(),
    }),
  ),
  oversizedCount: count,
  atTarget: z.exactOptional(
    z.strictObject({ exists: z.boolean(), items: count, bytes: count, hasArchive: z.exactOptional(z.boolean()) }),
  ),
  findings: z.array(finding),
});
const notScanned = z.strictObject({
  source: z.email(),
  target: z.exactOptional(z.email()),
  state: z.enum(['matched', 'ambiguous', 'missing', 'duplicate', 'excluded', 'undecided']),
});

/** The JSON of a scan that docs/cli.md promises: nothing more, nothing less. */
export const scanSchema = z.strictObject({
  job: z.string().check(z.minLength(1)),
  source: z.strictObject({ name: z.string(), tenant: z.string(), cloud: z.string() }),
  target: z.strictObject({ name: z.string(), ews: z.url() }),
  versions: z.string(),
  mailboxes: z.array(mailbox),
  notScanned: z.array(notScanned),
  summary: z.strictObject({
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime(),
    outcome: z.enum(['finished', 'cancelled', 'stopped']),
    failure: z.exactOptional(z.strictObject({ server: z.enum(['source', 'target']), finding })),
    counts: z.strictObject({ ready: count, attention: count, failed: count, notScanned: count }),
    items: count,
    bytes: count,
    oversized: count,
    requests: count,
    estimate: z.strictObject({
      fastMs: z.number().check(z.minimum(0)),
      slowMs: z.number().check(z.minimum(0)),
      assumptions: z.array(z.looseObject({ kind: z.string() })),
    }),
  }),
});
