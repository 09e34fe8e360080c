import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import * as z from 'zod';
import { uniqueName } from '../connections/connectionNames.ts';
import type { ConnectionStore } from '../connections/connectionStore.ts';
import { settingsOf } from '../connections/sourceConnection.ts';
import type { SourceConnection } from '../connections/sourceConnection.ts';
import type { Identity } from '../identity/identity.ts';
import type { KeyWorkshop } from '../identity/certificate/keyWorkshop.ts';
import type { ConnectionVerifier } from '../verification/connectionVerifier.ts';
import type { Later } from '../verification/later.ts';
import { emptyForm, formOf } from './credentialsForm.ts';
import { parsePageState } from './pageMessages.ts';
import type { CredentialsForm, PageState, SignInWay } from './protocol.ts';
import { pageTexts } from './webviewPage.ts';
import type { WizardUi } from './wizardOptions.ts';
import type { WizardPanel } from './wizardPanel.ts';
import type { WizardEnd } from './wizardPanel.ts';
import { createWizardTab, wizardViewType } from './wizardTab.ts';

export interface WizardManagerOptions {
  readonly extensionUri: vscode.Uri;
  readonly store: ConnectionStore;
  readonly verifier: ConnectionVerifier;
  readonly keys: KeyWorkshop;
  readonly loadIdentity: () => Promise<Identity>;
  readonly signInWay: SignInWay;
  readonly versions: string;
  /** Keeps what is public of drafts over a reload of the window. */
  readonly memory: vscode.Memento;
  /** Reports what nobody foresaw. */
  readonly onFailure: (error: unknown) => void;
  readonly later: Later;
  readonly grantPermission: WizardUi['grantPermission'];
  /** Takes the user to what a wizard has saved. */
  readonly showSaved: (connection: SourceConnection) => Promise<void>;
  /** @param againAt when it is to be verified again, in milliseconds since 1970 */
  readonly onAgain: (connection: SourceConnection, againAt: number) => void;
}

/** What a closed wizard held, and the revision of the connection that it had begun with. */
interface Draft {
  readonly state: PageState;
  readonly revision: SourceConnection['revision'] | undefined;
}

/** How a wizard begins. */
interface Beginning {
  /** What it shows was left by an earlier one, which had secrets besides. */
  readonly restored: boolean;
  readonly additionalCa: SourceConnection['additionalCa'];
}

type Attach = (
  panel: vscode.WebviewPanel,
  state: PageState,
  existing: SourceConnection | undefined,
  beginning: Beginning,
) => void;

/** The open wizards: one for each connection, one for each new one. Keeps the drafts of closed ones in memory. */
export class WizardManager implements vscode.Disposable, vscode.WebviewPanelSerializer {
  readonly #options: WizardManagerOptions;
  readonly #panels = new Map<string, WizardPanel>();
  readonly #drafts = new Map<string, Draft>();
  readonly #subscriptions: { dispose(): unknown }[];

  constructor(options: WizardManagerOptions) {
    this.#options = options;
    this.#subscriptions = [
      vscode.window.registerWebviewPanelSerializer(wizardViewType, this),
      options.store.onDidChange(() => {
        for (const panel of this.#panels.values()) panel.noticeChange();
      }),
    ];
  }

  get extensionUri(): vscode.Uri {
    return this.#options.extensionUri;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    for (const panel of this.#panels.values()) panel.dispose();
  }

  async openNew(): Promise<void> {
    await this.#open(freshState('new', emptyForm), undefined);
  }

  async openSettings(connection: SourceConnection): Promise<void> {
    await this.#open(
      { ...freshState(connection.id, formOf(settingsOf(connection))), connectionId: connection.id },
      connection,
      connection.additionalCa,
    );
  }

  async openDuplicate(original: SourceConnection): Promise<void> {
    const { connections } = await this.#options.store.list();
    const name = uniqueName(
      original.name,
      connections.map((connection) => connection.name),
    );
    const form = { ...formOf(settingsOf(original)), name };
    await this.#open(freshState(`duplicate-${randomUUID()}`, form), undefined, original.additionalCa);
  }

  /** The window was reloaded: the panel is there again, empty, with what its page had kept. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, kept: unknown): Promise<void> {
    const attach = await this.#loadAttach();
    const state = parsePageState(kept);
    const connection = state?.connectionId === undefined ? undefined : await this.#find(state.connectionId);
    if (!state || (state.connectionId !== undefined && !connection) || this.#panels.has(state.draftId)) {
      panel.dispose(); // Nothing to go on with: the connection is gone, or it has a wizard already.
      return;
    }
    attach(panel, state, connection, { restored: true, additionalCa: connection?.additionalCa });
  }

  async #open(
    fresh: PageState,
    connection: SourceConnection | undefined,
    additionalCa?: SourceConnection['additionalCa'],
  ): Promise<void> {
    const open = this.#panels.get(fresh.draftId);
    if (open) {
      open.reveal();
      return;
    }
    const attach = await this.#loadAttach();
    if (this.#panels.has(fresh.draftId)) return; // Whoever was quicker has it open.
    const draft = this.#draftFor(fresh.draftId, connection);
    const panel = createWizardTab(this.#options.extensionUri, heading(connection));
    attach(panel, draft ?? fresh, connection, { restored: draft !== undefined, additionalCa });
  }

  /** Loads what a wizard is made of. From there on nothing is waited for: no draft gets two wizards. */
  async #loadAttach(): Promise<Attach> {
    const [{ WizardPanel: Panel }, identity] = await Promise.all([
      import('./wizardPanel.ts'),
      this.#options.loadIdentity(),
    ]);
    return (panel, state, existing, more) => this.#attach({ Panel, identity }, panel, state, existing, more);
  }

  #attach(
    { Panel, identity }: { readonly Panel: typeof WizardPanel; readonly identity: Identity },
    panel: vscode.WebviewPanel,
    state: PageState,
    existing: SourceConnection | undefined,
    { restored, additionalCa }: Beginning,
  ): void {
    const { extensionUri, store, verifier, keys, versions, onFailure } = this.#options;
    const wizard = new Panel({
      panel,
      extensionUri,
      onFailure,
      grantPermission: this.#options.grantPermission,
      showSaved: this.#options.showSaved,
      onClosed: (end) => this.#closed(end, existing),
      wizard: {
        store,
        verifier,
        keys,
        ...identity,
        signInWay: this.#options.signInWay,
        later: this.#options.later,
        versions,
        l10nBundle: pageTexts(),
        heading: heading(existing),
        state,
        restored,
        additionalCa: this.#keptCa(state.draftId, additionalCa),
        keepAdditionalCa: (ca) => this.#keepCa(state.draftId, { additionalCa: ca }),
        ...(existing && { existing }),
      },
    });
    this.#panels.set(state.draftId, wizard);
  }

  /** A draft of settings that have changed since is out of date: with it, Finish would undo that change unseen. */
  #draftFor(draftId: string, connection: SourceConnection | undefined): PageState | undefined {
    const draft = this.#drafts.get(draftId);
    return draft?.revision === connection?.revision ? draft?.state : undefined;
  }

  #closed({ draft, saved, againAt, hasRegistered }: WizardEnd, existing: SourceConnection | undefined): void {
    const { draftId } = draft;
    this.#panels.delete(draftId);
    if (saved) {
      this.#drafts.delete(draftId);
      this.#keepCa(draftId, undefined);
      if (againAt !== undefined) this.#options.onAgain(saved, againAt);
    } else {
      this.#drafts.set(draftId, { state: draft, revision: existing?.revision });
      if (hasRegistered) this.#remindOfApp(draft, existing).catch(this.#options.onFailure);
    }
  }

  /** Nobody else knows of an app that was registered for a connection that was not saved. */
  async #remindOfApp(draft: PageState, existing: SourceConnection | undefined): Promise<void> {
    const open = vscode.l10n.t('Open Again');
    const chosen = await vscode.window.showWarningMessage(
      vscode.l10n.t(
        'What was registered in {0} stands there still. Open the wizard again to use it or to remove it.',
        draft.form.tenant,
      ),
      open,
    );
    if (chosen === open) await this.#open(draft, existing);
  }

  /** The authorities of a draft are no secret, but too large for the page's state. */
  #keptCa(draftId: string, otherwise: SourceConnection['additionalCa']): SourceConnection['additionalCa'] {
    const kept = keptDraft.safeParse(this.#options.memory.get(memoryKey(draftId)));
    return kept.success ? kept.data.additionalCa : otherwise;
  }

  #keepCa(draftId: string, kept: z.infer<typeof keptDraft> | undefined): void {
    this.#options.memory.update(memoryKey(draftId), kept).then(undefined, this.#options.onFailure);
  }

  async #find(id: string): Promise<SourceConnection | undefined> {
    const { connections } = await this.#options.store.list();
    return connections.find((connection) => connection.id === id);
  }
}

const keptDraft = z.object({ additionalCa: z.object({ fileName: z.string(), pem: z.string() }).optional() });

function freshState(draftId: string, form: CredentialsForm): PageState {
  return { draftId, attemptId: randomUUID(), step: 'credentials', form, advancedOpen: false };
}

const memoryKey = (draftId: string): string => `draft.${draftId}`;

function heading(existing: SourceConnection | undefined): string {
  return existing ? vscode.l10n.t('Settings of {0}', existing.name) : vscode.l10n.t('New Office 365 connection');
}
