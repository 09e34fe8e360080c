import * as vscode from 'vscode';
import type { JobDefinition } from '../../migration/jobDefinition.ts';
import { jobsViewId } from '../../views/jobs/jobsView.ts';
import type { JobTreeNode } from '../../views/jobs/jobsView.ts';
import type { Services } from '../services.ts';

/**
 * The job that a command is about: the row it was called on (a mailbox's row: its job), the one selected in the view (for a
 * key, which names the view), the id that a button of this program gave it, else the one that the user picks.
 * @returns undefined when the user cancels or there is none to pick.
 */
export async function pickJob(
  { jobs: { store, view } }: Pick<Services, 'jobs'>,
  target: unknown,
  title: string,
): Promise<JobDefinition | undefined> {
  const byKey = target === `selection of ${jobsViewId}`;
  const node = byKey ? view.selection[0] : target;
  if (isJobNode(node)) return store.get(jobIdOf(node));
  if (byKey) return undefined;
  if (typeof target === 'string') return store.get(target);
  const { definitions } = await store.list();
  if (definitions.length === 0) {
    const create = vscode.l10n.t('New Job…');
    const chosen = await vscode.window.showInformationMessage(vscode.l10n.t('There is no migration job yet.'), create);
    if (chosen === create) await vscode.commands.executeCommand('exchangeMigration.newJob');
    return undefined;
  }
  const items = definitions
    .map((job) => ({
      label: job.name,
      description: vscode.l10n.t('{0} mailboxes', job.mailboxes.length.toLocaleString()),
      job,
    }))
    .sort((a, b) => a.label.localeCompare(b.label));
  return (await vscode.window.showQuickPick(items, { title }))?.job;
}

/** What the row below a job's mailboxes does. */
export function showMoreMailboxes({ view }: Services['jobs'], target: unknown): void {
  if (isJobNode(target) && target.kind === 'moreMailboxes') view.showMore(target.job);
}

type NodeOfJob = Exclude<JobTreeNode, { kind: 'unreadable' }>;

/** VS Code hands the tree's own nodes back. */
function isJobNode(value: unknown): value is NodeOfJob {
  const kinds: readonly unknown[] = ['job', 'jobMailbox', 'moreMailboxes'];
  return typeof value === 'object' && value !== null && 'kind' in value && kinds.includes(value.kind);
}

function jobIdOf(node: NodeOfJob): string {
  return node.kind === 'job' ? node.model.job.id : node.job.model.job.id;
}
