import { readFile } from 'node:fs/promises';
import { SourceServer } from '../../src/migration/access/sourceServer.ts';
import { TargetServer } from '../../src/migration/access/targetServer.ts';
import { largestItemFor } from '../../src/migration/scan/largestItem.ts';
import { connectionsFor, scanJob } from '../../src/migration/scan/scanJob.ts';
import type { ScanSummary } from '../../src/migration/scan/scanTypes.ts';
import { longestSlice } from '../unit/support/longestSlice.ts';
import { sourceOptions, targetOptions } from '../unit/support/scanBench.ts';
import { jobFor } from '../unit/support/scanRun.ts';
import { against, figureOf, report } from './figures.ts';
import { startLabProcess, startServerProcess } from './labProcess.ts';
import type { LabProcess } from './labProcess.ts';
import type { OnPremisesDescription } from '../lab/onPremises/onPremises.ts';

const runs = 5;
const mailboxes = 200;
/** Milliseconds before each answer, at both ends. */
const latencies = [0, 50];
/** A minute for 500 mailboxes at the least, over a usual way. */
const fewestPerSecond = 8;
const mostRequests = 4;
/** Milliseconds. */
const longestBlock = 50;

/** A readiness scan of mailboxes without archives, of 25 folders each; the services run in processes of their own. */
export async function measureScan(): Promise<void> {
  const source = await startLabProcess(['--mailboxes', String(mailboxes), '--items', '60']);
  const target = await startServerProcess(['--mailboxes', String(mailboxes)]);
  try {
    await scanOnce(source, target); // Makes the items.
    for (const latencyMs of latencies) {
      await Promise.all([source.setLatency(latencyMs), target.setLatency(latencyMs)]);
      await measureAt(latencyMs, source, target);
    }
  } finally {
    await Promise.all([source.stop(), target.stop()]);
  }
}

async function measureAt(
  latencyMs: number,
  source: LabProcess,
  target: LabProcess<OnPremisesDescription>,
): Promise<void> {
  const rates: number[] = [];
  const blocks: number[] = [];
  let requests = 0;
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    const block = await longestSlice(async () => {
      const { counts, requests: all } = await scanOnce(source, target);
      if (counts.ready !== mailboxes - 1) throw new Error(`Not all were scanned: ${JSON.stringify(counts)}`);
      requests = all / counts.ready;
    });
    rates.push((mailboxes / (performance.now() - start)) * 1000);
    blocks.push(block.cpu);
  }
  const rate = figureOf(rates);
  const longest = Math.round(Math.max(...blocks));
  report('readiness scan', {
    ...{ latencyMs, mailboxes, unit: 'mailboxes/s', ...rate },
    ...{ bar: fewestPerSecond, ok: rate.median >= fewestPerSecond },
    requestsPerMailbox: { value: Math.round(requests * 100) / 100, ...against(mostRequests, requests) },
    longestBlock: { unit: 'ms', cpu: longest, ...against(longestBlock, longest) },
  });
}

/** All but the tenant's last mailbox, which has no namesake on premises. */
async function scanOnce(source: LabProcess, target: LabProcess<OnPremisesDescription>): Promise<ScanSummary> {
  const [ofSource, ofTarget] = await Promise.all(
    [source, target].map(({ description }) => readFile(description.ca, 'utf8')),
  );
  const job = jobFor({});
  const connections = connectionsFor(job.speed);
  const { domain } = target.description;
  const pairs = source.description.users
    .filter(({ mailbox }) => mailbox)
    .slice(0, -1)
    .map(({ email }) => ({ source: email, target: `${email.split('@')[0] ?? ''}@${domain}` }));
  return scanJob({
    ...{ job, pairs, largestItem: largestItemFor(67_108_864) },
    source: new SourceServer({ ...sourceOptions(source.description, ofSource ?? ''), connections }),
    target: new TargetServer({ ...targetOptions(target.description, ofTarget ?? ''), connections }),
    signal: new AbortController().signal,
    onMailbox: () => Promise.resolve(),
  });
}
