import * as vscode from 'vscode';
import type { CommonSettings, Defined } from '../connections/connectionKind.ts';
import type { SourceConnection } from '../connections/sourceConnection.ts';
import { checkRow } from './checkRow.ts';
import type { ConnectionModel, Row } from './connectionRow.ts';
import { bothRedraws, updateShown } from './redraw.ts';
import type { Redraw } from './redraw.ts';
import { checkNodes, loadNodes } from './connectionsModel.ts';
import type { ConnectionNode, ModelSources, TopNode, TreeNode } from './connectionsModel.ts';
import { storeErrorText } from '../connections/storeErrorText.ts';
import { treeItem } from './treeItem.ts';
import { unreadableRow } from './unreadableRow.ts';

export interface ConnectionsViewOptions<C extends Defined<CommonSettings>> extends ModelSources<C> {
  readonly viewId: string;
  readonly row: (model: ConnectionModel<C>) => Row;
  /** The rows have been read. Not called when they could not be. */
  readonly onLoaded: (nodes: readonly TopNode<C>[]) => void;
}

/** A view of the defined connections of one kind, with the checks of each below it. */
export class ConnectionsView<C extends Defined<CommonSettings> = SourceConnection>
  implements vscode.TreeDataProvider<TreeNode<C>>, vscode.Disposable
{
  readonly #options: ConnectionsViewOptions<C>;
  readonly #changed = new vscode.EventEmitter<TreeNode<C>[] | undefined>();
  readonly #view: vscode.TreeView<TreeNode<C>>;
  readonly #subscriptions: { dispose(): unknown }[];
  #nodes: readonly TopNode<C>[] = [];
  #started: Promise<void> | undefined;
  #refreshing: Promise<void> | undefined;
  #stale = false;
  #selection: readonly TreeNode<C>[] = [];

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(options: ConnectionsViewOptions<C>) {
    this.#options = options;
    this.#view = vscode.window.createTreeView<TreeNode<C>>(options.viewId, {
      treeDataProvider: this,
      showCollapseAll: true,
    });
    this.#subscriptions = [
      options.store.onDidChange(() => this.refresh()),
      options.verifier.onDidChange((id) => this.#refreshConnection(id)),
      options.records.onDidChange(() => this.refresh()), // Another window has verified.
      this.#view.onDidChangeSelection(({ selection }) => (this.#selection = selection)),
      this.#view,
      this.#changed,
    ];
  }

  /** As of the last choice: VS Code's own is empty while the rows are being redrawn. */
  get selection(): readonly TreeNode<C>[] {
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

  async getChildren(node?: TreeNode<C>): Promise<TreeNode<C>[]> {
    if (node?.kind === 'connection') return checkNodes(node, this.#options.verifier);
    if (node !== undefined) return [];
    await (this.#started ??= this.#start());
    return [...this.#nodes];
  }

  getParent(node: TreeNode<C>): TreeNode<C> | undefined {
    return node.kind === 'check' ? this.#find(node.connectionId) : undefined;
  }

  getTreeItem(node: TreeNode<C>): vscode.TreeItem {
    if (node.kind === 'check') return treeItem(`${node.connectionId}/${node.check.id}`, checkRow(node.check));
    if (node.kind === 'unreadable') return treeItem(node.definition.fileName, unreadableRow(node.definition));
    const { connection, verifying, record } = node.model;
    const hasChecks = verifying || record !== undefined;
    return treeItem(
      connection.id,
      this.#options.row(node.model),
      hasChecks ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None,
    );
  }

  /** Opens the view and selects the connection's row. */
  async reveal(id: string, options: { readonly expand?: boolean } = {}): Promise<void> {
    await vscode.commands.executeCommand(`${this.#options.viewId}.focus`);
    await (this.#started ??= this.#start());
    this.refresh();
    await this.#refreshing;
    const node = this.#find(id);
    if (node) await this.#view.reveal(node, { select: true, focus: true, expand: options.expand ?? false });
  }

  async #start(): Promise<void> {
    await Promise.all([this.#options.store.watch(), this.#options.records.watch()]);
    await this.#load();
  }

  async #reload(): Promise<void> {
    let redraw: Redraw<C> = [];
    while (this.#stale) {
      this.#stale = false;
      redraw = bothRedraws(redraw, await this.#load());
    }
    this.#refreshing = undefined;
    if (redraw === 'all') this.#changed.fire(undefined);
    else if (redraw.length > 0) this.#changed.fire([...redraw]);
  }

  async #load(): Promise<Redraw<C>> {
    try {
      const loaded = await loadNodes(this.#options);
      const redraw = updateShown(this.#nodes, loaded);
      if (redraw === 'all') this.#nodes = loaded;
      this.#tell('');
      this.#options.onLoaded(this.#nodes);
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

  #refreshConnection(id: string): void {
    // A run's begin and end change the row itself; what happens between changes its children only.
    const node = this.#find(id);
    const running = this.#options.verifier.progressOf(id) !== undefined;
    if (node?.model.verifying === running) this.#changed.fire([node]);
    else this.refresh();
  }

  #find(id: string): ConnectionNode<C> | undefined {
    return this.#nodes.find(
      (node): node is ConnectionNode<C> => node.kind === 'connection' && node.model.connection.id === id,
    );
  }
}
