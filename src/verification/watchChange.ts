import type { SourceConnection } from '../connections/sourceConnection.ts';
import { fingerprintOf } from './fingerprint.ts';
import { runOutcomeOf, saysSomething } from './runOutcome.ts';
import type { RunOutcome } from './runOutcome.ts';
import type { VerificationRecord } from './verification.ts';
import type { RunsKnown } from './watchPlan.ts';

/** A quiet run has found a connection otherwise than it was. */
export interface OutcomeChange {
  readonly connection: SourceConnection;
  readonly from: RunOutcome;
  readonly to: RunOutcome;
  readonly record: VerificationRecord;
}

/**
 * What a quiet run has changed, if anything. Nothing when it says nothing of the connection, or when nothing was known
 * of the connection with the settings and the secret that it has now: then there is nothing to compare with.
 * @param before what was known when it began
 */
export function changeOf(
  connection: SourceConnection,
  before: RunsKnown,
  record: VerificationRecord,
): OutcomeChange | undefined {
  const to = runOutcomeOf(record);
  const from = outcomeKnown(connection, before);
  if (record.outcome === 'cancelled' || !saysSomething(to) || from === undefined || from === to) return undefined;
  return { connection, from, to, record };
}

/** The last outcome that says something, of the connection as it is now. */
function outcomeKnown(connection: SourceConnection, { record, history }: RunsKnown): RunOutcome | undefined {
  if (record?.fingerprint !== fingerprintOf(connection)) return undefined;
  const outcome = runOutcomeOf(record);
  if (saysSomething(outcome)) return outcome;
  // Somebody verified by hand while the machine was offline: that record tells of the moment.
  return history.runs.findLast((run) => saysSomething(run.outcome))?.outcome;
}
