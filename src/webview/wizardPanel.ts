import * as vscode from 'vscode';
import { chooseFile } from './chooseFile.ts';
import { showPage } from './webviewPage.ts';
import type { WizardUi } from './wizardUi.ts';

/** What decides what a wizard's page shows. @param From what the page says @param State what outlives the page */
export interface Controller<From, State> {
  readonly state: State;
  /** Something that it has registered stands in the tenant. */
  readonly hasRegistered: boolean;
  handle(message: From): Promise<void>;
  /** Definitions changed, maybe in another window. */
  noticeChange(): Promise<void>;
  dispose(): void;
}

export interface WizardPanelOptions<From, To, State, C> {
  readonly panel: vscode.WebviewPanel;
  readonly extensionUri: vscode.Uri;
  /** The name of its bundle in `dist`. */
  readonly page: 'wizard' | 'targetWizard' | 'jobWizard';
  readonly icon: string;
  /** Undefined: not a message that the page may send. */
  readonly parse: (message: unknown) => From | undefined;
  readonly makeController: (ui: WizardUi<To, C>) => Controller<From, State>;
  readonly onFailure: (error: unknown) => void;
  readonly showSaved: (connection: C) => Promise<void>;
  readonly onClosed: (end: WizardEnd<State, C>) => void;
}

/** How a wizard ended. */
export interface WizardEnd<State, C> {
  readonly draft: State;
  readonly saved: C | undefined;
  /** When what was saved is to be verified again, in milliseconds since 1970; undefined: not by itself. */
  readonly againAt: number | undefined;
  /** Something that it has registered stands in the tenant. */
  readonly hasRegistered: boolean;
}

/** A wizard in an editor tab: connects the page with its controller. */
export class WizardPanel<From, To, State, C> {
  readonly #options: WizardPanelOptions<From, To, State, C>;
  readonly #controller: Controller<From, State>;
  #saved: C | undefined;
  #againAt: number | undefined;

  constructor(options: WizardPanelOptions<From, To, State, C>) {
    this.#options = options;
    const { panel, extensionUri, page, icon, makeController, onClosed } = options;
    this.#controller = makeController(this.#ui());
    panel.webview.onDidReceiveMessage((message: unknown) => this.#receive(message));
    panel.onDidDispose(() => {
      this.#controller.dispose();
      const { state, hasRegistered } = this.#controller;
      onClosed({ draft: state, saved: this.#saved, againAt: this.#againAt, hasRegistered });
    });
    panel.iconPath = new vscode.ThemeIcon(icon);
    showPage(panel, extensionUri, page);
  }

  reveal(): void {
    this.#options.panel.reveal();
  }

  noticeChange(): void {
    this.#controller.noticeChange().catch(this.#options.onFailure);
  }

  dispose(): void {
    this.#options.panel.dispose();
  }

  #ui(): WizardUi<To, C> {
    const { panel, onFailure, showSaved } = this.#options;
    return {
      post: (message) => void panel.webview.postMessage(message),
      chooseFile,
      copy: async (text) => vscode.env.clipboard.writeText(text),
      openLink: async (link) => {
        await vscode.env.openExternal(vscode.Uri.parse(link, true));
      },
      openRequirements: async () => vscode.commands.executeCommand('exchangeMigration.openRequirements'),
      openTroubleshooting: async (code) =>
        vscode.commands.executeCommand('exchangeMigration.openTroubleshooting', code),
      confirm: async (question, detail, go) =>
        (await vscode.window.showInformationMessage(question, { modal: true, detail }, go)) === go,
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
    };
  }

  #receive(message: unknown): void {
    const { parse, onFailure } = this.#options;
    const parsed = parse(message);
    if (parsed === undefined) {
      onFailure(new Error('The wizard’s page sent a message that is not allowed.'));
      return;
    }
    this.#controller.handle(parsed).catch(onFailure);
  }
}
