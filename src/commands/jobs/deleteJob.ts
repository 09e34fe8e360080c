import * as vscode from 'vscode';
import { errorCode } from '../../connections/storeError.ts';
import type { Services } from '../services.ts';
import { pickJob } from './pickJob.ts';

export async function deleteJob(services: Services, target: unknown): Promise<void> {
  const job = await pickJob(services, target, vscode.l10n.t('Delete which job?'));
  if (!job) return;
  const { store, scans, wizards } = services.jobs;
  const go = vscode.l10n.t('Delete');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t('Delete the job “{0}”?', job.name),
    {
      modal: true,
      detail: vscode.l10n.t('Its definition and its scan are removed. No mailbox changes, and both connections stay.'),
    },
    go,
  );
  if (chosen !== go) return;
  scans.cancel(job.id);
  await store.delete(job.id);
  await Promise.all([scans.remove(job.id), wizards.forget(job.id)]).catch((error: unknown) => {
    // A scan that stays belongs to no job: nobody looks at it.
    if (errorCode(error) === undefined) throw error;
  });
}
