import * as z from 'zod/mini';
import { checkIds } from '../../../src/verification/verification.ts';

const request = z.strictObject({
  method: z.string(),
  url: z.string(),
  operation: z.string(),
  status: z.exactOptional(z.number()),
  failure: z.exactOptional(z.string()),
  durationMs: z.number(),
  headers: z.record(z.string(), z.string()),
});

/** The JSON that docs/cli.md promises: nothing more, nothing less. */
export const reportSchema = z.strictObject({
  connection: z.strictObject({
    kind: z.literal('office365'),
    name: z.string(),
    tenant: z.string(),
    cloud: z.string(),
    method: z.string(),
    clientId: z.guid(),
    testMailbox: z.string(),
    ewsUrl: z.exactOptional(z.url()),
    secretEnds: z.exactOptional(z.iso.datetime()),
  }),
  versions: z.string(),
  startedAt: z.iso.datetime(),
  durationMs: z.number(),
  outcome: z.enum(['passed', 'warning', 'failed', 'cancelled']),
  checks: z.array(
    z.strictObject({
      id: z.enum(checkIds),
      title: z.string().check(z.minLength(1)),
      outcome: z.enum(['passed', 'warning', 'failed', 'skipped', 'cancelled']),
      durationMs: z.number(),
      detail: z.string(),
      findings: z.array(
        z.strictObject({
          code: z.string().check(z.minLength(1)),
          severity: z.enum(['error', 'warning', 'info']),
          title: z.string().check(z.minLength(1)),
          detail: z.string(),
          evidence: z.array(request),
          remedy: z.array(
            z.strictObject({ text: z.string(), command: z.exactOptional(z.string()), link: z.exactOptional(z.url()) }),
          ),
        }),
      ),
      requests: z.array(request),
    }),
  ),
});
