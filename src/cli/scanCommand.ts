import * as l10n from '@vscode/l10n';
import { SourceServer } from '../migration/access/sourceServer.ts';
import { TargetServer } from '../migration/access/targetServer.ts';
import { parseExportedJob } from '../migration/jobExchange.ts';
import type { ExportedJob } from '../migration/jobExchange.ts';
import { largestItemFor, usualRequestLimit } from '../migration/scan/largestItem.ts';
import { connectionsFor, scanJob } from '../migration/scan/scanJob.ts';
import type { ScanProgress } from '../migration/scan/scanJob.ts';
import { pairsOf } from '../migration/scan/scanPairs.ts';
import { waitingText } from '../migration/scan/scanText.ts';
import type { ScanSummary } from '../migration/scan/scanTypes.ts';
import { readExportedFile } from './exportedFile.ts';
import { readJobSecrets } from './jobSecrets.ts';
import { JsonScan } from './jsonScan.ts';
import { proxyOf } from './proxy.ts';
import type { ScanArguments } from './scanArguments.ts';
import { notScannedOf } from './scanOutput.ts';
import type { ScanOutput } from './scanOutput.ts';
import { TextScan } from './textScan.ts';
import { UsageError } from './usageError.ts';
import { exitCodes } from './world.ts';
import type { World } from './world.ts';

/** Runs the readiness scan of an exported job and tells what it finds. @returns the exit code. @throws UsageError */
export async function scanExportedJob(given: ScanArguments, world: World): Promise<number> {
  const { signal, write, style, versions, loadSignIn, showProgress } = world;
  const exported = await readJob(given.job, signal);
  const { job, source, target } = exported;
  const pairs = pairsOf(job.mailboxes);
  if (pairs.length === 0) {
    throw new UsageError(
      l10n.t(
        '{0}: no mailbox of this job is matched. Open the job in VS Code, match its mailboxes, and export it again.',
        given.job,
      ),
    );
  }
  const proxy = proxyOf(world);
  const secrets = await readJobSecrets(exported, given, world);
  const shared = {
    userAgent: `ExchangeMigration/${world.version}`,
    connections: connectionsFor(job.speed),
    ...(proxy && { proxy }),
  };
  const output: ScanOutput = given.json ? new JsonScan(write) : new TextScan(write, style);
  await output.begin({ job: job.name, source, target, versions });
  const scanned = new Set<string>();
  showProgress(progressText({ scanned: 0, total: pairs.length }));
  const summary = await scanJob({
    job: { ...job, subject: '' }, // It tells when a kept scan is out of date, and this one is not kept.
    ...{ pairs, signal },
    source: new SourceServer({ ...shared, settings: source, secret: secrets.source, loadSignIn }),
    target: new TargetServer({ ...shared, settings: target, secret: secrets.target }),
    largestItem: largestItemFor(given.requestLimit ?? usualRequestLimit),
    onMailbox: async (mailbox) => {
      scanned.add(mailbox.source);
      await output.mailbox(mailbox);
    },
    onProgress: (progress) => showProgress(progressText(progress)),
  });
  await output.end(summary, notScannedOf(job, scanned));
  return exitCodeOf(summary);
}

function readJob(file: string, signal: AbortSignal): Promise<ExportedJob> {
  return readExportedFile(
    file,
    (text) => parseExportedJob(text, { signal }),
    l10n.t('this is not an export of a migration job. Make one with “Export…” in VS Code.'),
  );
}

function progressText({ scanned, total, waiting }: Pick<ScanProgress, 'scanned' | 'total' | 'waiting'>): string {
  const done = l10n.t('{0} of {1} mailboxes scanned', scanned.toLocaleString(), total.toLocaleString());
  return waiting === undefined ? `${done}…` : `${done}. ${waitingText(waiting)}`;
}

function exitCodeOf({ outcome, counts }: ScanSummary): number {
  if (outcome === 'cancelled') return exitCodes.cancelled;
  return outcome === 'finished' && counts.attention + counts.failed === 0 ? exitCodes.done : exitCodes.failed;
}
