import type { ExportedJob } from '../migration/jobExchange.ts';
import type { MatchState } from '../migration/matching/matchStateText.ts';
import type { ScannedMailbox, ScanSummary } from '../migration/scan/scanTypes.ts';

/** What a scan is of. */
export interface ScanHead {
  readonly job: string;
  readonly source: ExportedJob['source'];
  readonly target: ExportedJob['target'];
  readonly versions: string;
}

/** One of the job's mailboxes of which nothing is known. */
export interface NotScanned {
  readonly source: string;
  readonly target?: string;
  /** `undecided`: nobody has matched it; `matched`: the scan has ended before it came to it. */
  readonly state: MatchState | 'undecided';
}

/** Tells of a scan while it goes on; nothing is kept, since there may be very many mailboxes. */
export interface ScanOutput {
  begin(head: ScanHead): Promise<void>;
  mailbox(mailbox: ScannedMailbox): Promise<void>;
  end(summary: ScanSummary, notScanned: Iterable<NotScanned>): Promise<void>;
}

/** Those of a job's mailboxes that were not scanned. @param scanned addresses of those that were */
export function* notScannedOf(
  { mailboxes }: Pick<ExportedJob['job'], 'mailboxes'>,
  scanned: ReadonlySet<string>,
): Generator<NotScanned> {
  for (const { address, match } of mailboxes) {
    if (match?.state !== 'matched') yield { source: address, state: match?.state ?? 'undecided' };
    else if (!scanned.has(address)) yield { source: address, target: match.target, state: 'matched' };
  }
}
