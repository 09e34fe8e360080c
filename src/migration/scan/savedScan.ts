import type { ScanFiles } from './scanFiles.ts';
import { scanJob } from './scanJob.ts';
import type { ScanRequest } from './scanJob.ts';
import type { ScanSummary, ScannedMailbox } from './scanTypes.ts';

export interface SavedScanRequest extends Omit<ScanRequest, 'onMailbox'> {
  readonly files: ScanFiles;
  readonly jobId: string;
  /** Is told of each mailbox when it has been written. */
  readonly onMailbox?: (mailbox: ScannedMailbox) => void;
}

/**
 * Scans a job and saves what is found, also of a scan that was cancelled or stopped. One that has come to no mailbox at
 * all leaves the last scan as it is.
 * @returns what it comes to. @throws StoreError where it cannot be saved; the last scan then stays
 */
export async function scanAndSave(request: SavedScanRequest): Promise<ScanSummary> {
  const { files, jobId, onMailbox, ...scan } = request;
  const writer = await files.begin(jobId);
  try {
    const summary = await scanJob({
      ...scan,
      onMailbox: async (mailbox) => {
        await writer.add(mailbox);
        onMailbox?.(mailbox);
      },
    });
    const { ready, attention, failed } = summary.counts;
    if (ready + attention + failed > 0 || summary.outcome === 'finished') await writer.save(summary);
    else await writer.discard();
    return summary;
  } catch (error) {
    await writer.discard();
    throw error;
  }
}
