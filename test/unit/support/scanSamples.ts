import { scanVersion } from '../../../src/migration/scan/scanTypes.ts';
import type { ScannedMailbox, ScanSummary } from '../../../src/migration/scan/scanTypes.ts';

/** What a scan found of a mailbox that nothing is wrong with. */
export function scannedMailbox(row: number, changes: Partial<ScannedMailbox> = {}): ScannedMailbox {
  return {
    ...{ row, source: `user${row}@old.example`, target: `user${row}@new.example`, state: 'ready' },
    folders: [{ path: ['Inbox'], role: 'inbox', part: 'primary', items: row, bytes: row }],
    leftOut: { folders: 0, items: 0, bytes: 0 },
    ...{ items: row, bytes: row, oversized: [], oversizedCount: 0, findings: [] },
    ...changes,
  };
}

/** A scan that has come to its end. */
export function scanSummary(changes: Partial<ScanSummary> = {}): ScanSummary {
  return {
    ...{ scanVersion, subject: 'subject', outcome: 'finished', requests: 3 },
    ...{ startedAt: '2026-12-01T10:00:00.000Z', endedAt: '2026-12-01T11:00:00.000Z' },
    ...{ counts: { ready: 1, attention: 0, failed: 0, notScanned: 0 }, items: 1, bytes: 1, oversized: 0 },
    estimate: { fastMs: 1, slowMs: 2, assumptions: [{ kind: 'mailboxesAtOnce', count: 10 }] },
    ...changes,
  };
}
