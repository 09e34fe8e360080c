import * as vscode from 'vscode';
import { checkRow } from './checkRow.ts';
import { connectionRow, statusOf } from './connectionRow.ts';
import type { Row } from './connectionRow.ts';
import { bothRedraws, updateShown } from './redraw.ts';
import type { Redraw } from './redraw.ts';
import { checkNodes, loadNodes } from './sourceConnectionsModel.ts';
import type { ConnectionNode, ModelSources, TopNode, TreeNode } from './sourceConnectionsModel.ts';
import { storeErrorText } from '../connections/storeErrorText.ts';
import { unreadableRow } from './unreadableRow.ts';

export const sourceConnectionsViewId = 'exchangeMigration.sourceConnections';

/** The view "Defined source server connections". */
export class SourceConnectionsView implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  readonly #sources: ModelSources;
  readonly #changed = new vscode.EventEmitter<TreeNode[] | undefined>();
  readonly #view: vscode.TreeView<TreeNode>;
  readonly #subscriptions: { dispose(): unknown }[];
  #nodes: readonly TopNode[] = [];
  #started: Promise<void> | undefined;
  #refreshing: Promise<void> | undefined;
  #stale = false;
  #selection: readonly TreeNode[] = [];

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(sources: ModelSources) {
    this.#sources = sources;
    this.#view = vscode.window.createTreeView<TreeNode>(sourceConnectionsViewId, {
      treeDataProvider: this,
      showCollapseAll: true,
    });
    this.#subscriptions = [
      sources.store.onDidChange(() => this.refresh()),
      sources.verifier.onDidChange((id) => this.#refreshConnection(id)),
      sources.records.onDidChange(() => this.refresh()), // Another window has verified.
      this.#view.onDidChangeSelection(({ selection }) => (this.#selection = selection)),
      this.#view,
      this.#changed,
    ];
  }

  /** As of the last choice: VS Code's own is empty while the rows are being redrawn. */
  get selection(): readonly TreeNode[] {
    return this.#selection;
  }

  /** Reads all again, then draws again what has changed. */
  refresh(): void {
    if (this.#started === undefined) return; // Nobody has looked yet.
    this.#stale = true;
    this.#refreshing ??= this.#reload();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (node?.kind === 'connection') return checkNodes(node, this.#sources.verifier);
    if (node !== undefined) return [];
    await (this.#started ??= this.#start());
    return [...this.#nodes];
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return node.kind === 'check' ? this.#find(node.connectionId) : undefined;
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    if (node.kind === 'check') return item(`${node.connectionId}/${node.check.id}`, checkRow(node.check));
    if (node.kind === 'unreadable') return item(node.definition.fileName, unreadableRow(node.definition));
    const { connection, verifying, record } = node.model;
    const hasChecks = verifying || record !== undefined;
    return item(
      connection.id,
      connectionRow(node.model),
      hasChecks ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None,
    );
  }

  /** Opens the view and selects the connection's row. */
  async reveal(id: string, options: { readonly expand?: boolean } = {}): Promise<void> {
    await vscode.commands.executeCommand(`${sourceConnectionsViewId}.focus`);
    await (this.#started ??= this.#start());
    this.refresh();
    await this.#refreshing;
    const node = this.#find(id);
    if (node) await this.#view.reveal(node, { select: true, focus: true, expand: options.expand ?? false });
  }

  async #start(): Promise<void> {
    await Promise.all([this.#sources.store.watch(), this.#sources.records.watch()]);
    await this.#load();
  }

  async #reload(): Promise<void> {
    let redraw: Redraw = [];
    while (this.#stale) {
      this.#stale = false;
      redraw = bothRedraws(redraw, await this.#load());
    }
    this.#refreshing = undefined;
    if (redraw === 'all') this.#changed.fire(undefined);
    else if (redraw.length > 0) this.#changed.fire([...redraw]);
  }

  async #load(): Promise<Redraw> {
    try {
      const loaded = await loadNodes(this.#sources);
      const redraw = updateShown(this.#nodes, loaded);
      if (redraw === 'all') this.#nodes = loaded;
      this.#tell('');
      this.#tellWalkthrough();
      return redraw;
    } catch (error) {
      this.#nodes = [];
      this.#tell(storeErrorText(error)); // An empty list would look as if nothing were there.
      return 'all';
    }
  }

  /** After a message is set, be it the same again, VS Code holds back changed rows for 200 ms. */
  #tell(message: string): void {
    if (this.#view.message !== message) this.#view.message = message;
  }

  #tellWalkthrough(): void {
    const verified = this.#nodes.some(
      (node) => node.kind === 'connection' && ['verified', 'warnings'].includes(statusOf(node.model)),
    );
    // Not waited for: the rows need not stand back for a way to the window and back.
    void vscode.commands.executeCommand('setContext', 'exchangeMigration.hasVerifiedConnection', verified);
  }

  #refreshConnection(id: string): void {
    // A run's begin and end change the row itself; what happens between changes its children only.
    const node = this.#find(id);
    const running = this.#sources.verifier.progressOf(id) !== undefined;
    if (node?.model.verifying === running) this.#changed.fire([node]);
    else this.refresh();
  }

  #find(id: string): ConnectionNode | undefined {
    return this.#nodes.find(
      (node): node is ConnectionNode => node.kind === 'connection' && node.model.connection.id === id,
    );
  }
}

function item(id: string, row: Row, state = vscode.TreeItemCollapsibleState.None): vscode.TreeItem {
  const treeItem = new vscode.TreeItem(row.label, state);
  treeItem.id = id;
  treeItem.description = row.description;
  treeItem.iconPath = new vscode.ThemeIcon(
    row.icon,
    row.color === undefined ? undefined : new vscode.ThemeColor(row.color),
  );
  treeItem.contextValue = row.contextValue;
  treeItem.tooltip = new vscode.MarkdownString(row.tooltip);
  treeItem.accessibilityInformation = { label: row.spoken };
  return treeItem;
}
