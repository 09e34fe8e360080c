import type { JobMailbox } from '../jobDefinition.ts';
import type { ScanPair } from './scanMailbox.ts';

/** Those of a job's mailboxes that a scan looks into: matching has found where they go. */
export function pairsOf(mailboxes: readonly JobMailbox[]): Required<ScanPair>[] {
  return mailboxes.flatMap(({ address, match }) =>
    match?.state === 'matched' ? [{ source: address, target: match.target }] : [],
  );
}
