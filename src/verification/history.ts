import * as z from 'zod/mini';
import { askedToWait, errorCodes, isThrottling, runOutcomeOf, runOutcomes } from './runOutcome.ts';
import type { VerificationRecord } from './verification.ts';

/** So many runs of a connection are remembered. */
const keptRuns = 20;
/** A run without an end for so long (ms) was of a window that was closed: checks may take 5 minutes each. */
const claimMs = 30 * 60 * 1000;

// Schemas are made when they are first used, which is not when the extension activates.

const runEntry = z.lazy(() =>
  z.object({
    startedAt: z.iso.datetime(),
    durationMs: z.number().check(z.nonnegative()),
    outcome: z.enum(runOutcomes),
    /** The watch ran it, nobody's hand. */
    quiet: z.boolean(),
    /** Codes of what was wrong. No texts, no addresses. */
    errors: z.array(z.string().check(z.maxLength(100))).check(z.maxLength(50)),
    /** For how long a service asked not to be asked again. */
    waitMs: z.exactOptional(z.number().check(z.positive())),
  }),
);
export type RunEntry = z.infer<typeof runEntry>;

export const history = z.lazy(() =>
  z.object({
    historyVersion: z.literal(1),
    /** The oldest first. */
    runs: z.array(runEntry).check(z.maxLength(keptRuns)),
    /** When a window began a run that has not ended yet: no other begins one meanwhile. */
    claimedAt: z.exactOptional(z.iso.datetime()),
  }),
);

/** The last runs of a connection, small enough to be read for every connection at each look. */
export type History = z.infer<typeof history>;

export const noHistory: History = { historyVersion: 1, runs: [] };

/** @param record of a run that was not cancelled. */
export function runEntryOf(record: VerificationRecord, quiet: boolean): RunEntry {
  const errors = errorCodes(record.checks);
  const waitMs = errors.some(isThrottling) ? askedToWait(record) : undefined;
  return {
    startedAt: record.startedAt,
    durationMs: record.durationMs,
    outcome: runOutcomeOf(record),
    quiet,
    errors,
    ...(waitMs !== undefined && { waitMs }),
  };
}

/**
 * A machine that is off the network for a day is one entry: the vain tries in between would push out what tells
 * something of the connection.
 */
export function withRun({ runs }: History, run: RunEntry): History {
  const replaces = run.quiet && run.outcome === 'offline' && runs.at(-1)?.outcome === 'offline';
  const before = replaces ? runs.slice(0, -1) : runs;
  return { ...noHistory, runs: [...before, run].slice(-keptRuns) };
}

/** Until when (ms) a window is credibly at it; undefined when none is. */
export function claimedUntil({ claimedAt }: History, now: number): number | undefined {
  if (claimedAt === undefined) return undefined;
  const since = Date.parse(claimedAt);
  const credible = since <= now && now < since + claimMs; // A future one is of a clock that was put right since.
  return credible ? since + claimMs : undefined;
}
