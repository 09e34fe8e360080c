import * as vscode from 'vscode';
import { estimateText, scanOutcomeText } from '../../migration/scan/scanText.ts';
import type { Services } from '../services.ts';
import { pickJob } from './pickJob.ts';

/** Scans a job's mailboxes at both ends, and tells what it comes to. */
export async function runScan(services: Services, target: unknown): Promise<void> {
  const job = await pickJob(services, target, vscode.l10n.t('Scan which job?'));
  if (!job) return;
  const { scans, wizards } = services.jobs;
  const summary = await scans.scan(job);
  const { attention, failed } = summary.counts;
  const settings = vscode.l10n.t('Show Results');
  const isFine = summary.outcome === 'finished' && attention + failed === 0;
  const text = `“${job.name}”: ${scanOutcomeText(summary)} ${estimateText(summary.estimate)}`;
  if (summary.outcome === 'cancelled') return; // Whoever cancelled it knows.
  const chosen = isFine
    ? await vscode.window.showInformationMessage(text, settings)
    : await vscode.window.showWarningMessage(text, settings);
  if (chosen === settings) await wizards.openSummary(await services.jobs.store.get(job.id));
}

export async function cancelScan(services: Services, target: unknown): Promise<void> {
  const job = await pickJob(services, target, vscode.l10n.t('Cancel the scan of which job?'));
  if (job) services.jobs.scans.cancel(job.id);
}
