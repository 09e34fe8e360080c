import * as vscode from 'vscode';
import { StoreError } from '../connections/storeError.ts';
import type { HistoryFiles } from '../verification/historyFiles.ts';
import type { VerificationFiles } from '../verification/verificationFiles.ts';
import { loadModel } from '../views/connectionsModel.ts';
import { placedById } from '../views/room.ts';
import type { AnyConnection, Room } from '../views/room.ts';
import { parseDetailsMessage } from './detailsMessages.ts';
import type { DetailsView, FromDetails, ToDetails } from './detailsProtocol.ts';
import { detailsView, unreadableView } from './detailsView.ts';
import type { RemedyAction } from './protocol.ts';
import { pageTexts, showPage } from './webviewPage.ts';

export interface DetailsSources {
  readonly rooms: readonly Room[];
  readonly records: VerificationFiles;
  readonly histories: HistoryFiles;
}

export interface DetailsPanelOptions extends DetailsSources {
  readonly panel: vscode.WebviewPanel;
  readonly extensionUri: vscode.Uri;
  readonly connectionId: string;
  readonly onFailure: (error: unknown) => void;
}

/** The details of a connection in an editor tab. Keeps nothing: whatever the page shows is read anew. */
export class DetailsPanel {
  readonly #options: DetailsPanelOptions;
  #refreshing = false;
  #stale = false;
  #closed = false;

  constructor(options: DetailsPanelOptions) {
    this.#options = options;
    const { panel, extensionUri } = options;
    panel.webview.onDidReceiveMessage((message: unknown) => {
      this.#receive(message).catch(options.onFailure);
    });
    panel.onDidDispose(() => (this.#closed = true));
    panel.iconPath = new vscode.ThemeIcon('graph');
    showPage(panel, extensionUri, 'details');
  }

  reveal(): void {
    this.#options.panel.reveal();
  }

  dispose(): void {
    this.#options.panel.dispose();
  }

  /** Something may have changed: reads it again, once for however many changes come meanwhile. */
  refresh(): void {
    this.#stale = true;
    if (!this.#refreshing) this.#refresh().catch(this.#options.onFailure);
  }

  async #refresh(): Promise<void> {
    this.#refreshing = true;
    try {
      while (this.#stale) {
        this.#stale = false;
        const view = await this.#view();
        this.#post({ type: 'view', view });
      }
    } finally {
      this.#refreshing = false;
    }
  }

  async #receive(received: unknown): Promise<void> {
    const message = parseDetailsMessage(received);
    if (message === undefined) throw new Error('The details page sent a message that is not allowed.');
    await this.#handle(message);
  }

  async #handle(message: FromDetails): Promise<void> {
    const { connectionId, rooms, records } = this.#options;
    switch (message.type) {
      case 'ready':
        await records.watch();
        return this.#open();
      case 'verify':
        return run('verifyConnection', connectionId);
      case 'cancel':
        for (const { verifier } of rooms) verifier.cancel(connectionId);
        return;
      case 'copyReport':
        return run('copyReport', connectionId);
      case 'openSettings':
        return run('openConnectionSettings', connectionId);
      case 'copyText':
        return vscode.env.clipboard.writeText(message.text);
      case 'act':
        return this.#act(message.action);
      case 'openTroubleshooting':
        return run('openTroubleshooting', message.code);
      case 'openLink':
        await vscode.env.openExternal(vscode.Uri.parse(message.link, true));
    }
  }

  async #act({ kind }: RemedyAction): Promise<void> {
    const { connectionId } = this.#options;
    switch (kind) {
      case 'checkAgain':
        return run('verifyLater', connectionId);
      case 'signIn':
        return run('signInAgain', connectionId);
      case 'grantPermission':
        return run('grantPermission', connectionId);
      case 'chooseCloud': // Under Settings: no view of this page has the button.
    }
  }

  async #open(): Promise<void> {
    const l10n = pageTexts();
    const view = await this.#view();
    const state = { connectionId: this.#options.connectionId };
    this.#post({ type: 'open', view, state, ...(l10n && { l10n }) });
  }

  async #view(): Promise<DetailsView> {
    const { connectionId, rooms, records, histories, panel } = this.#options;
    try {
      const { room, connection } = await placedById(rooms, connectionId);
      const [model, history] = await Promise.all([
        loadModel<AnyConnection>({ ...room, records }, connection),
        histories.read(connectionId),
      ]);
      if (!this.#closed) panel.title = connection.name;
      const { checkIds, verifier } = room;
      const progress = verifier.progressOf(connectionId);
      return detailsView({ ...model, history, progress, checkIds, facts: room.facts(model) });
    } catch (error) {
      if (error instanceof StoreError) return unreadableView(panel.title, error);
      throw error;
    }
  }

  #post(message: ToDetails): void {
    if (!this.#closed) void this.#options.panel.webview.postMessage(message);
  }
}

/** By command, as from the row: what goes wrong is told the same way. */
async function run(command: string, connectionId: string): Promise<void> {
  await vscode.commands.executeCommand(`exchangeMigration.${command}`, connectionId);
}
