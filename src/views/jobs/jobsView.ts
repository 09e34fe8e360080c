import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { UnreadableDefinition } from '../../connections/definitionFiles.ts';
import type { DefinitionStore } from '../../connections/definitionStore.ts';
import { storeErrorText } from '../../connections/storeErrorText.ts';
import type { JobDefinition, JobMailbox } from '../../migration/jobDefinition.ts';
import type { JobScans } from '../../migration/scan/jobScans.ts';
import { treeItem } from '../treeItem.ts';
import { unreadableRow } from '../unreadableRow.ts';
import { jobMailboxRow, jobRow } from './jobRow.ts';
import type { JobModel } from './jobRow.ts';

export const jobsViewId = 'exchangeMigration.jobs';

/** Mailboxes that are shown below a job until somebody wants more. */
const pageSize = 200;

/** VS Code knows a row by its object, so the object stays while what it shows is replaced. */
export interface JobNode {
  readonly kind: 'job';
  model: JobModel;
  /** Mailboxes that are shown. */
  shown: number;
}

export type JobTreeNode =
  | JobNode
  | { readonly kind: 'jobMailbox'; readonly job: JobNode; readonly mailbox: JobMailbox }
  | { readonly kind: 'moreMailboxes'; readonly job: JobNode }
  | { readonly kind: 'unreadable'; readonly definition: UnreadableDefinition };

export interface JobsViewOptions {
  readonly jobs: DefinitionStore<JobDefinition>;
  readonly scans: JobScans;
  /** Names of connections of both kinds by their ids. */
  readonly connectionNames: () => Promise<ReadonlyMap<string, string>>;
  readonly onConnectionsChange: readonly ((listener: () => void) => { dispose(): void })[];
}

/** The view of the defined migration jobs, with the mailboxes of each below it. */
export class JobsView implements vscode.TreeDataProvider<JobTreeNode>, vscode.Disposable {
  readonly #options: JobsViewOptions;
  readonly #changed = new vscode.EventEmitter<JobTreeNode | undefined>();
  readonly #view: vscode.TreeView<JobTreeNode>;
  readonly #subscriptions: { dispose(): unknown }[];
  #nodes: readonly (JobNode | Extract<JobTreeNode, { kind: 'unreadable' }>)[] = [];
  #started: Promise<void> | undefined;
  #loading: Promise<void> | undefined;
  #stale = false;
  #selection: readonly JobTreeNode[] = [];
  /** Counted once a job: its object stays as long as its file does. */
  readonly #matched = new WeakMap<JobDefinition, number>();

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(options: JobsViewOptions) {
    this.#options = options;
    this.#view = vscode.window.createTreeView<JobTreeNode>(jobsViewId, {
      treeDataProvider: this,
      showCollapseAll: true,
    });
    const refresh = (): void => this.refresh();
    this.#subscriptions = [
      options.jobs.onDidChange(refresh),
      options.scans.onDidChange(refresh),
      ...options.onConnectionsChange.map((listen) => listen(refresh)),
      this.#view.onDidChangeSelection(({ selection }) => (this.#selection = selection)),
      this.#view,
      this.#changed,
    ];
  }

  /** As of the last choice: VS Code's own is empty while the rows are being redrawn. */
  get selection(): readonly JobTreeNode[] {
    return this.#selection;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Reads all again, then draws what has changed. */
  refresh(): void {
    if (this.#started === undefined) return; // Nobody has looked yet.
    this.#stale = true;
    this.#loading ??= this.#reload();
  }

  showMore(node: JobNode): void {
    node.shown += pageSize;
    this.#changed.fire(node);
  }

  async getChildren(node?: JobTreeNode): Promise<JobTreeNode[]> {
    if (node?.kind === 'job') return mailboxNodes(node);
    if (node !== undefined) return [];
    await (this.#started ??= this.#start());
    return [...this.#nodes];
  }

  getParent(node: JobTreeNode): JobTreeNode | undefined {
    return node.kind === 'jobMailbox' || node.kind === 'moreMailboxes' ? node.job : undefined;
  }

  getTreeItem(node: JobTreeNode): vscode.TreeItem {
    switch (node.kind) {
      case 'job':
        return treeItem(node.model.job.id, jobRow(node.model), vscode.TreeItemCollapsibleState.Collapsed);
      case 'jobMailbox':
        return treeItem(`${node.job.model.job.id}/${node.mailbox.address}`, jobMailboxRow(node.mailbox));
      case 'moreMailboxes':
        return moreItem(node);
      case 'unreadable':
        return treeItem(node.definition.fileName, unreadableRow(node.definition));
    }
  }

  /** Opens the view and selects the job's row. */
  async reveal(id: string): Promise<void> {
    await vscode.commands.executeCommand(`${jobsViewId}.focus`);
    await (this.#started ??= this.#start());
    this.refresh();
    await this.#loading;
    const node = this.#nodes.find((each) => each.kind === 'job' && each.model.job.id === id);
    if (node) await this.#view.reveal(node, { select: true, focus: true });
  }

  async #start(): Promise<void> {
    await Promise.all([this.#options.jobs.watch(), this.#options.scans.watch()]);
    await this.#load();
  }

  async #reload(): Promise<void> {
    while (this.#stale) {
      this.#stale = false;
      await this.#load();
    }
    this.#loading = undefined;
  }

  async #load(): Promise<void> {
    try {
      const before = new Map(
        this.#nodes.flatMap((node) => (node.kind === 'job' ? [[node.model.job.id, node] as const] : [])),
      );
      const [models, unreadable] = await this.#models();
      const nodes = models.map((model): JobNode => before.get(model.job.id) ?? { kind: 'job', model, shown: pageSize });
      const isSame = nodes.length === this.#nodes.length && nodes.every((node, index) => node === this.#nodes[index]);
      this.#nodes = [...nodes, ...unreadable.map((definition) => ({ kind: 'unreadable', definition }) as const)];
      this.#tell('');
      const changed = nodes.filter((node, index) => takeModel(node, models[index]));
      // While a row is being drawn again its buttons lead nowhere, so nothing is drawn again that looks as before.
      if (!isSame || unreadable.length > 0) this.#changed.fire(undefined);
      else for (const node of changed) this.#changed.fire(node);
    } catch (error) {
      this.#nodes = [];
      this.#tell(storeErrorText(error)); // An empty list would look as if nothing were there.
      this.#changed.fire(undefined);
    }
  }

  async #models(): Promise<readonly [readonly JobModel[], readonly UnreadableDefinition[]]> {
    const { jobs, scans, connectionNames } = this.#options;
    const [{ definitions, unreadable }, names] = await Promise.all([jobs.list(), connectionNames()]);
    const models = await Promise.all(
      definitions.map(async (job) => ({
        job,
        matched: this.#matchedOf(job),
        source: names.get(job.source),
        target: names.get(job.target),
        scan: await scans.summaryOf(job.id),
        scanning: scans.isRunning(job.id) ? (scans.progressOf(job.id)?.scanned ?? 0) : undefined,
      })),
    );
    const { compare } = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
    return [models.sort((a, b) => compare(a.job.name, b.job.name)), unreadable];
  }

  #matchedOf(job: JobDefinition): number {
    const known = this.#matched.get(job);
    if (known !== undefined) return known;
    const count = job.mailboxes.reduce((sum, { match }) => (match?.state === 'matched' ? sum + 1 : sum), 0);
    this.#matched.set(job, count);
    return count;
  }

  #tell(message: string): void {
    if (this.#view.message !== message) this.#view.message = message;
  }
}

/** @returns whether the row looks otherwise now */
function takeModel(node: JobNode, model: JobModel | undefined): boolean {
  if (model === undefined) return false;
  const before = node.model;
  node.model = model;
  return (
    before.job !== model.job ||
    before.source !== model.source ||
    before.target !== model.target ||
    before.scan !== model.scan ||
    before.scanning !== model.scanning
  );
}

function mailboxNodes(job: JobNode): JobTreeNode[] {
  const { mailboxes } = job.model.job;
  const shown = mailboxes.slice(0, job.shown).map((mailbox) => ({ kind: 'jobMailbox', job, mailbox }) as const);
  return mailboxes.length > job.shown ? [...shown, { kind: 'moreMailboxes', job }] : shown;
}

function moreItem(node: Extract<JobTreeNode, { kind: 'moreMailboxes' }>): vscode.TreeItem {
  const left = node.job.model.job.mailboxes.length - node.job.shown;
  const item = new vscode.TreeItem(l10n.t('Show more ({0} left)', left.toLocaleString()));
  item.id = `${node.job.model.job.id}/more/${node.job.shown}`;
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.command = { command: 'exchangeMigration.showMoreMailboxes', title: '', arguments: [node] };
  return item;
}
