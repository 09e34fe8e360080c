import * as vscode from 'vscode';
import type { SourceConnection } from '../connections/sourceConnection.ts';
import { parsePageMessage } from './pageMessages.ts';
import type { PageState } from './protocol.ts';
import { showPage } from './webviewPage.ts';
import { WizardController } from './wizardController.ts';
import type { WizardOptions, WizardUi } from './wizardOptions.ts';
import type { PickedFile } from './wizardFiles.ts';

export interface WizardPanelOptions {
  readonly panel: vscode.WebviewPanel;
  readonly extensionUri: vscode.Uri;
  readonly wizard: Omit<WizardOptions, 'ui'>;
  readonly onFailure: (error: unknown) => void;
  readonly grantPermission: WizardUi['grantPermission'];
  readonly showSaved: (connection: SourceConnection) => Promise<void>;
  readonly onClosed: (end: WizardEnd) => void;
}

/** How a wizard ended. */
export interface WizardEnd {
  readonly draft: PageState;
  readonly saved: SourceConnection | undefined;
  /** When what was saved is to be verified again, in milliseconds since 1970; undefined: not by itself. */
  readonly againAt: number | undefined;
  /** Something that it has registered stands in the tenant. */
  readonly hasRegistered: boolean;
}

/** A wizard in an editor tab: connects the page with its controller. */
export class WizardPanel {
  readonly #panel: vscode.WebviewPanel;
  readonly #controller: WizardController;
  readonly #onFailure: (error: unknown) => void;
  #saved: SourceConnection | undefined;
  #againAt: number | undefined;

  constructor({ panel, extensionUri, wizard, onFailure, grantPermission, showSaved, onClosed }: WizardPanelOptions) {
    this.#panel = panel;
    this.#onFailure = onFailure;
    this.#controller = new WizardController({
      ...wizard,
      ui: {
        post: (message) => void panel.webview.postMessage(message),
        chooseFile,
        copy: async (text) => vscode.env.clipboard.writeText(text),
        openLink: async (link) => {
          await vscode.env.openExternal(vscode.Uri.parse(link, true));
        },
        openRequirements: async () => vscode.commands.executeCommand('exchangeMigration.openRequirements'),
        openTroubleshooting: async (code) =>
          vscode.commands.executeCommand('exchangeMigration.openTroubleshooting', code),
        grantPermission: async (settings, secret) => {
          try {
            return await grantPermission(settings, secret);
          } catch (error) {
            onFailure(error);
            return false;
          }
        },
        notify: (text) => void vscode.window.showInformationMessage(text),
        finish: async (saved, againAt) => {
          this.#saved = saved;
          this.#againAt = againAt;
          // The wizard closes last: once it is gone, nothing takes the focus from what is opened next.
          try {
            await showSaved(saved);
          } catch (error) {
            onFailure(error);
          }
          panel.dispose();
        },
        close: () => void panel.dispose(),
      },
    });
    panel.webview.onDidReceiveMessage((message: unknown) => this.#receive(message));
    panel.onDidDispose(() => {
      this.#controller.dispose();
      const { state, hasRegistered } = this.#controller;
      onClosed({ draft: state, saved: this.#saved, againAt: this.#againAt, hasRegistered });
    });
    panel.iconPath = new vscode.ThemeIcon('mail');
    showPage(panel, extensionUri, 'wizard');
  }

  reveal(): void {
    this.#panel.reveal();
  }

  noticeChange(): void {
    this.#controller.noticeChange().catch(this.#onFailure);
  }

  dispose(): void {
    this.#panel.dispose();
  }

  #receive(message: unknown): void {
    const parsed = parsePageMessage(message);
    if (parsed === undefined) {
      this.#onFailure(new Error('The wizard’s page sent a message that is not allowed.'));
      return;
    }
    this.#controller.handle(parsed).catch(this.#onFailure);
  }
}

async function chooseFile(kind: 'certificate' | 'additionalCa'): Promise<PickedFile | undefined> {
  const certificate = kind === 'certificate';
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: certificate
        ? vscode.l10n.t('Choose the certificate with its private key')
        : vscode.l10n.t('Choose the certification authorities to trust'),
      filters: {
        [vscode.l10n.t('Certificates')]: certificate
          ? ['pem', 'pfx', 'p12', 'key', 'crt', 'cer']
          : ['pem', 'crt', 'cer', 'der'],
        [vscode.l10n.t('All files')]: ['*'],
      },
    })) ?? [];
  if (!uri) return undefined;
  return { fileName: uri.path.split('/').at(-1) ?? '', bytes: await vscode.workspace.fs.readFile(uri) };
}
