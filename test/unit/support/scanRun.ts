import { usualContent } from '../../../src/migration/content/jobContent.ts';
import type { JobContent } from '../../../src/migration/content/jobContent.ts';
import { largestItemFor } from '../../../src/migration/scan/largestItem.ts';
import { scanJob } from '../../../src/migration/scan/scanJob.ts';
import type { ScanProgress, ScanRequest } from '../../../src/migration/scan/scanJob.ts';
import type { ScannedMailbox, ScanSummary } from '../../../src/migration/scan/scanTypes.ts';
import { usualSpeed } from '../../../src/migration/schedule/jobSchedule.ts';
import type { JobSpeed } from '../../../src/migration/schedule/jobSchedule.ts';
import { stableGuid } from '../../lab/tenant.ts';
import { InstantPace } from './manualPace.ts';
import type { ScanBench } from './scanBench.ts';

export interface ScanRunOptions extends Partial<Omit<ScanRequest, 'job'>> {
  content?: Partial<JobContent['folders'] & JobContent['items']>;
  speed?: Partial<JobSpeed>;
  parts?: 'primary' | 'archive' | 'both';
}

export interface ScanRun {
  readonly summary: ScanSummary;
  /** In the order of the pairs. */
  readonly mailboxes: readonly ScannedMailbox[];
  readonly progress: readonly ScanProgress[];
}

/** A job that wants what is usual, unless told otherwise. */
export function jobFor({ content = {}, speed = {}, parts = 'both' }: ScanRunOptions): ScanRequest['job'] {
  const { include, exclude, recoverable, ...items } = { ...usualContent.folders, ...usualContent.items, ...content };
  return {
    subject: stableGuid('revision'),
    content: { folders: { include, exclude, recoverable }, items },
    schedule: { start: { when: 'now' } },
    speed: { ...usualSpeed, ...speed },
    rules: { parts },
  };
}

/** Scans all mailboxes of a bench, each with the one of the same name on premises, unless told otherwise. */
export async function scan(bench: ScanBench, options: ScanRunOptions = {}): Promise<ScanRun> {
  const mailboxes: ScannedMailbox[] = [];
  const progress: ScanProgress[] = [];
  const summary = await scanJob({
    job: jobFor(options),
    pairs: bench.sources.map((source) => ({ source, target: bench.targetOf(source) })),
    source: bench.source(),
    target: bench.target(),
    largestItem: largestItemFor(67_108_864),
    signal: new AbortController().signal,
    onMailbox: (mailbox) => Promise.resolve(void mailboxes.push(mailbox)),
    onProgress: (each) => progress.push(each),
    clock: new InstantPace(),
    ...requestOf(options),
  });
  return { summary, mailboxes: mailboxes.sort((a, b) => a.row - b.row), progress };
}

/** All but what makes the job. */
function requestOf(options: ScanRunOptions): Partial<ScanRequest> {
  const request: ScanRunOptions = { ...options };
  delete request.content;
  delete request.speed;
  delete request.parts;
  return request;
}
