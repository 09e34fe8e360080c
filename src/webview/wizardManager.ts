import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { uniqueName } from '../connections/connectionNames.ts';
import type { CommonSettings, Defined } from '../connections/connectionKind.ts';
import type { ConnectionStore } from '../connections/connectionStore.ts';
import type { WizardEnd } from './wizardPanel.ts';
import { createWizardTab } from './wizardTab.ts';

type AdditionalCa = CommonSettings['additionalCa'];

/** What outlives a wizard's page. Never a secret. */
export interface WizardState {
  /** Which connection is edited; absent for a new one. */
  readonly connectionId?: string;
  readonly draftId: string;
}

/** An open wizard. */
export interface OpenWizard {
  reveal(): void;
  noticeChange(): void;
  dispose(): void;
}

/** What a wizard begins with. */
export interface WizardBeginning<State, C> {
  readonly panel: vscode.WebviewPanel;
  readonly state: State;
  /** The connection that is edited; undefined: a new one. */
  readonly existing: C | undefined;
  readonly heading: string;
  /** What it shows was left by an earlier one, which had secrets besides. */
  readonly restored: boolean;
  /** Authorities to begin with. */
  readonly additionalCa: AdditionalCa;
  /** The user chose or removed them: they belong to the draft, which outlives a reload. */
  readonly keepAdditionalCa: (additionalCa: AdditionalCa) => void;
  readonly onClosed: (end: WizardEnd<State, C>) => void;
}

/** The wizards of one kind of connection. */
interface WizardKind<State extends WizardState, C> {
  /** Under which VS Code keeps a wizard's tab over a reload of the window. */
  readonly viewType: string;
  heading(existing: C | undefined): string;
  /** A form with the settings of a connection; of none: an empty one. @param name in place of the connection's own */
  fresh(draftId: string, from: C | undefined, name?: string): State;
  /** What VS Code kept of a page; undefined when it is not of this version. */
  parseState(kept: unknown): State | undefined;
  /** Loads what a wizard is made of. */
  load(): Promise<(beginning: WizardBeginning<State, C>) => OpenWizard>;
}

export interface WizardManagerOptions<State extends WizardState, C extends Defined<CommonSettings>> {
  readonly kind: WizardKind<State, C>;
  readonly extensionUri: vscode.Uri;
  readonly store: Pick<ConnectionStore<CommonSettings, C>, 'list' | 'onDidChange'>;
  /** Keeps what is public of drafts over a reload of the window. */
  readonly memory: vscode.Memento;
  /** Reports what nobody foresaw. */
  readonly onFailure: (error: unknown) => void;
  /** A wizard has ended. @param again opens it with its draft once more */
  readonly onEnded: (end: WizardEnd<State, C>, again: () => Promise<void>) => void;
}

/** What a closed wizard held, and the revision of the connection that it had begun with. */
interface Draft<State> {
  readonly state: State;
  readonly revision: string | undefined;
}

/** The open wizards: one for each connection, one for each new one. Keeps the drafts of closed ones in memory. */
export class WizardManager<State extends WizardState, C extends Defined<CommonSettings>>
  implements vscode.Disposable, vscode.WebviewPanelSerializer
{
  readonly #options: WizardManagerOptions<State, C>;
  readonly #open = new Map<string, OpenWizard>();
  readonly #drafts = new Map<string, Draft<State>>();
  /** Who waits for a wizard to end, by its draft. */
  readonly #waiting = new Map<string, ((saved: C | undefined) => void)[]>();
  readonly #subscriptions: { dispose(): unknown }[];

  constructor(options: WizardManagerOptions<State, C>) {
    this.#options = options;
    this.#subscriptions = [
      vscode.window.registerWebviewPanelSerializer(options.kind.viewType, this),
      options.store.onDidChange(() => {
        for (const wizard of this.#open.values()) wizard.noticeChange();
      }),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    for (const wizard of this.#open.values()) wizard.dispose();
  }

  async openNew(): Promise<void> {
    await this.#show(this.#options.kind.fresh('new', undefined), undefined);
  }

  /** Opens the wizard of a new connection. @returns what it has saved when it has ended; undefined: nothing */
  async openNewAndWait(): Promise<C | undefined> {
    const { draftId } = this.#options.kind.fresh('new', undefined);
    const ended = new Promise<C | undefined>((resolve) => {
      this.#waiting.set(draftId, [...(this.#waiting.get(draftId) ?? []), resolve]);
    });
    await this.openNew();
    return ended;
  }

  async openSettings(connection: C): Promise<void> {
    const state = { ...this.#options.kind.fresh(connection.id, connection), connectionId: connection.id };
    await this.#show(state, connection, connection.additionalCa);
  }

  async openDuplicate(original: C): Promise<void> {
    const { connections } = await this.#options.store.list();
    const name = uniqueName(
      original.name,
      connections.map((connection) => connection.name),
    );
    const state = this.#options.kind.fresh(`duplicate-${randomUUID()}`, original, name);
    await this.#show(state, undefined, original.additionalCa);
  }

  /** The window was reloaded: the panel is there again, empty, with what its page had kept. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, kept: unknown): Promise<void> {
    const attach = await this.#options.kind.load();
    const state = this.#options.kind.parseState(kept);
    const connection = state?.connectionId === undefined ? undefined : await this.#find(state.connectionId);
    if (!state || (state.connectionId !== undefined && !connection) || this.#open.has(state.draftId)) {
      panel.dispose(); // Nothing to go on with: the connection is gone, or it has a wizard already.
      return;
    }
    this.#begin(attach, panel, state, connection, { restored: true, additionalCa: connection?.additionalCa });
  }

  async #show(fresh: State, connection: C | undefined, additionalCa?: AdditionalCa): Promise<void> {
    const open = this.#open.get(fresh.draftId);
    if (open) {
      open.reveal();
      return;
    }
    const { kind, extensionUri } = this.#options;
    const attach = await kind.load();
    // From here on nothing is waited for: no draft gets two wizards.
    if (this.#open.has(fresh.draftId)) return; // Whoever was quicker has it open.
    const draft = this.#draftFor(fresh.draftId, connection);
    const panel = createWizardTab(extensionUri, kind.viewType, kind.heading(connection));
    this.#begin(attach, panel, draft ?? fresh, connection, { restored: draft !== undefined, additionalCa });
  }

  #begin(
    attach: (beginning: WizardBeginning<State, C>) => OpenWizard,
    panel: vscode.WebviewPanel,
    state: State,
    existing: C | undefined,
    { restored, additionalCa }: Pick<WizardBeginning<State, C>, 'restored' | 'additionalCa'>,
  ): void {
    const { draftId } = state;
    const wizard = attach({
      ...{ panel, state, existing, restored },
      heading: this.#options.kind.heading(existing),
      additionalCa: this.#keptCa(draftId, additionalCa),
      keepAdditionalCa: (ca) => this.#keepCa(draftId, { additionalCa: ca }),
      onClosed: (end) => this.#closed(end, existing),
    });
    this.#open.set(draftId, wizard);
  }

  /** A draft of settings that have changed since is out of date: with it, Finish would undo that change unseen. */
  #draftFor(draftId: string, connection: C | undefined): State | undefined {
    const draft = this.#drafts.get(draftId);
    return draft?.revision === connection?.revision ? draft?.state : undefined;
  }

  #closed(end: WizardEnd<State, C>, existing: C | undefined): void {
    const { draft, saved } = end;
    this.#open.delete(draft.draftId);
    for (const resolve of this.#waiting.get(draft.draftId) ?? []) resolve(saved);
    this.#waiting.delete(draft.draftId);
    if (saved) {
      this.#drafts.delete(draft.draftId);
      this.#keepCa(draft.draftId, undefined);
    } else {
      this.#drafts.set(draft.draftId, { state: draft, revision: existing?.revision });
    }
    this.#options.onEnded(end, () => this.#show(draft, existing));
  }

  /** The authorities of a draft are no secret, but too large for the page's state. */
  #keptCa(draftId: string, otherwise: AdditionalCa): AdditionalCa {
    const kept = keptDraft().safeParse(this.#options.memory.get(this.#memoryKey(draftId)));
    return kept.success ? kept.data.additionalCa : otherwise;
  }

  #keepCa(draftId: string, kept: z.infer<ReturnType<typeof keptDraft>> | undefined): void {
    this.#options.memory.update(this.#memoryKey(draftId), kept).then(undefined, this.#options.onFailure);
  }

  #memoryKey(draftId: string): string {
    return `draft.${this.#options.kind.viewType}.${draftId}`;
  }

  async #find(id: string): Promise<C | undefined> {
    const { connections } = await this.#options.store.list();
    return connections.find((connection) => connection.id === id);
  }
}

/** Made when it is first used, which is not when the extension activates. */
const keptDraft = () => z.object({ additionalCa: z.optional(z.object({ fileName: z.string(), pem: z.string() })) });
