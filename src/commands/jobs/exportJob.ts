import { Buffer } from 'node:buffer';
import * as vscode from 'vscode';
import { exportJob } from '../../migration/jobExchange.ts';
import { defaultUri, fileNameOf } from '../defaultUri.ts';
import type { Services } from '../services.ts';
import { pickJob } from './pickJob.ts';

/** Writes a job with the settings of both its connections to a file. Secrets stay. */
export async function writeJob(services: Services, target: unknown): Promise<void> {
  const job = await pickJob(services, target, vscode.l10n.t('Export which job?'));
  if (!job) return;
  const { source, target: server } = services.jobs.connections;
  const text = await exportJob(job, await source.get(job.source), await server.get(job.target));
  const uri = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export'),
    filters: { [vscode.l10n.t('Migration jobs')]: ['json'] },
    ...defaultUri(`${fileNameOf(job.name)}.json`),
  });
  if (!uri) return;
  try {
    await vscode.workspace.fs.writeFile(uri, Buffer.from(text, 'utf8'));
  } catch {
    await vscode.window.showErrorMessage(vscode.l10n.t('The file could not be written: {0}', uri.fsPath));
    return;
  }
  await vscode.window.showInformationMessage(
    vscode.l10n.t('“{0}” was exported with its connections, without their secrets: {1}', job.name, uri.fsPath),
  );
}
