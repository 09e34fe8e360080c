import * as vscode from 'vscode';
import type { AnyConnection } from '../views/room.ts';
import { parseDetailsState } from './detailsMessages.ts';
import { DetailsPanel } from './detailsPanel.ts';
import type { DetailsSources } from './detailsPanel.ts';
import { webviewOptions } from './webviewPage.ts';

const viewType = 'exchangeMigration.connectionDetails';

export interface DetailsManagerOptions extends DetailsSources {
  readonly extensionUri: vscode.Uri;
  readonly onFailure: (error: unknown) => void;
}

/** The open details pages, at most one a connection. */
export class DetailsManager implements vscode.Disposable, vscode.WebviewPanelSerializer {
  readonly #options: DetailsManagerOptions;
  readonly #panels = new Map<string, DetailsPanel>();
  readonly #subscriptions: { dispose(): unknown }[];

  constructor(options: DetailsManagerOptions) {
    this.#options = options;
    this.#subscriptions = [
      vscode.window.registerWebviewPanelSerializer(viewType, this),
      options.records.onDidChange(() => this.#refreshAll()),
      ...options.rooms.flatMap(({ store, verifier }) => [
        store.onDidChange(() => this.#refreshAll()),
        verifier.onDidChange((id) => this.#panels.get(id)?.refresh()),
      ]),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    for (const panel of this.#panels.values()) panel.dispose();
  }

  async open({ id, name }: AnyConnection): Promise<void> {
    const open = this.#panels.get(id);
    if (open) {
      open.reveal();
      return;
    }
    // Not kept while hidden: the page holds nothing that it would not be told again.
    const options = webviewOptions(this.#options.extensionUri);
    this.#attach(vscode.window.createWebviewPanel(viewType, name, vscode.ViewColumn.Active, options), id);
    await this.#watch();
  }

  /** The window was reloaded: the panel is there again, empty, with what its page had kept. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, kept: unknown): Promise<void> {
    const state = parseDetailsState(kept);
    if (!state || this.#panels.has(state.connectionId)) {
      panel.dispose();
      return;
    }
    this.#attach(panel, state.connectionId);
    await this.#watch();
  }

  #attach(panel: vscode.WebviewPanel, connectionId: string): void {
    this.#panels.set(connectionId, new DetailsPanel({ ...this.#options, panel, connectionId }));
    panel.onDidDispose(() => this.#panels.delete(connectionId));
  }

  async #watch(): Promise<void> {
    await Promise.all(this.#options.rooms.map(({ store }) => store.watch()));
  }

  #refreshAll(): void {
    for (const panel of this.#panels.values()) panel.refresh();
  }
}
