import * as vscode from 'vscode';
import { defineJob, settingsOfJob } from '../../migration/jobDefinition.ts';
import { jobNameFault } from '../../migration/jobName.ts';
import { jobNameFaultText } from '../../migration/migrationText.ts';
import type { Services } from '../services.ts';
import { pickJob } from './pickJob.ts';

export async function renameJob(services: Services, target: unknown): Promise<void> {
  const job = await pickJob(services, target, vscode.l10n.t('Rename which job?'));
  if (!job) return;
  const { store } = services.jobs;
  const { definitions } = await store.list();
  const others = definitions.filter(({ id }) => id !== job.id).map(({ name }) => name);
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Rename job'),
    value: job.name,
    validateInput: (value) => {
      const fault = jobNameFault(value, others);
      return fault && jobNameFaultText(fault);
    },
  });
  if (name === undefined || name.trim() === job.name) return;
  await store.save({
    ...{ name: name.trim(), id: job.id, basedOn: job.revision },
    define: (parts) => defineJob({ ...settingsOfJob(job), name: name.trim() }, job.subject, parts),
  });
}
