import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { uniqueName } from '../../connections/connectionNames.ts';
import type { DefinitionStore } from '../../connections/definitionStore.ts';
import type { JobDefinition } from '../../migration/jobDefinition.ts';
import { pageTexts } from '../webviewPage.ts';
import { createWizardTab } from '../wizardTab.ts';
import type { ConnectionChoices } from './jobController.ts';
import type { JobDraft } from './jobDrafts.ts';
import type { JobServers } from './jobLists.ts';
import type * as JobWizardParts from './jobWizardParts.ts';

const viewType = 'exchangeMigration.jobWizard';

export interface JobWizardsOptions {
  readonly extensionUri: vscode.Uri;
  readonly jobs: DefinitionStore<JobDefinition>;
  readonly sources: ConnectionChoices;
  readonly targets: ConnectionChoices;
  /** What source and target are asked for. */
  readonly loadServers: () => Promise<JobServers>;
  /** Tells that connections have changed. */
  readonly onConnectionsChange: readonly ((listener: () => void) => { dispose(): void })[];
  /** Where drafts are kept. */
  readonly draftFolder: string;
  readonly onFailure: (error: unknown) => void;
  /** Takes the user to what a wizard has saved. */
  readonly showSaved: (job: JobDefinition) => Promise<void>;
}

interface Begin {
  readonly draftId: string;
  readonly existing?: JobDefinition;
  readonly fresh: JobDraft;
}

interface OpenJobWizard {
  reveal(): void;
  noticeChange(): void;
  dispose(): void;
}

/** The open wizards of jobs: one for each job, one for a new one. */
export class JobWizards implements vscode.Disposable, vscode.WebviewPanelSerializer {
  readonly #options: JobWizardsOptions;
  readonly #open = new Map<string, OpenJobWizard>();
  readonly #subscriptions: { dispose(): unknown }[];

  constructor(options: JobWizardsOptions) {
    this.#options = options;
    const notice = (): void => {
      for (const wizard of this.#open.values()) wizard.noticeChange();
    };
    this.#subscriptions = [
      vscode.window.registerWebviewPanelSerializer(viewType, this),
      options.jobs.onDidChange(notice),
      ...options.onConnectionsChange.map((listen) => listen(notice)),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    for (const wizard of this.#open.values()) wizard.dispose();
  }

  async openNew(): Promise<void> {
    const { newJobDraft } = await parts();
    await this.#show({ draftId: 'new', fresh: newJobDraft(timeZone()) });
  }

  async openSettings(job: JobDefinition): Promise<void> {
    await this.#show({ draftId: job.id, existing: job, fresh: await draftOf(job) });
  }

  /** Opens the settings at the last step, which shows what a scan has found. */
  async openSummary(job: JobDefinition): Promise<void> {
    await this.#show({ draftId: job.id, existing: job, fresh: { ...(await draftOf(job)), step: 'summary' } });
  }

  async openDuplicate(job: JobDefinition): Promise<void> {
    const { definitions } = await this.#options.jobs.list();
    const name = uniqueName(
      job.name,
      definitions.map((other) => other.name),
    );
    const { step, form, byHand, mailboxes } = await draftOf(job);
    const fresh: JobDraft = { jobId: randomUUID(), step, form: { ...form, name }, byHand, mailboxes };
    await this.#show({ draftId: `copy-${fresh.jobId}`, fresh });
  }

  /** The window was reloaded: the panel is there again, empty, with what its page had kept. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, kept: unknown): Promise<void> {
    const { parseJobState, newJobDraft, JobDraftFiles } = await parts();
    const state = parseJobState(kept);
    const draft = state && (await new JobDraftFiles(this.#options.draftFolder).read(state.draftId));
    if (state === undefined || this.#open.has(state.draftId)) {
      panel.dispose(); // Nothing to go on with, or it has a wizard already.
      return;
    }
    const { draftId } = state;
    const { definitions } = await this.#options.jobs.list();
    const existing = definitions.find(({ id }) => id === (draft?.jobId ?? draftId));
    const fresh = existing ? await draftOf(existing) : newJobDraft(timeZone());
    await this.#begin({ draftId, fresh, ...(existing && { existing }) }, draft, () => panel);
  }

  async #show(begin: Begin): Promise<void> {
    const open = this.#open.get(begin.draftId);
    if (open) {
      open.reveal();
      return;
    }
    const { JobDraftFiles } = await parts();
    const draft = await new JobDraftFiles(this.#options.draftFolder).read(begin.draftId);
    // A draft of settings that have changed since is out of date: with it, Finish would undo that change unseen.
    const kept = draft?.basedOn === begin.fresh.basedOn ? draft : undefined;
    const { extensionUri } = this.#options;
    await this.#begin(begin, kept, () => createWizardTab(extensionUri, viewType, headingOf(begin.existing)));
  }

  async #begin(
    { draftId, existing, fresh }: Begin,
    draft: JobDraft | undefined,
    panel: () => vscode.WebviewPanel,
  ): Promise<void> {
    const { loadServers, sources, targets, ...options } = this.#options;
    const [{ openJobWizard, JobDraftFiles }, servers] = await Promise.all([parts(), loadServers()]);
    // From here on nothing is waited for: no draft gets two wizards.
    const other = this.#open.get(draftId);
    if (other) {
      other.reveal();
      return;
    }
    const wizard = openJobWizard({
      ...options,
      ...{ panel: panel(), draftId, existing, fresh, servers, sources, targets },
      drafts: new JobDraftFiles(options.draftFolder),
      heading: headingOf(existing),
      draft: draft ?? fresh,
      restored: draft !== undefined,
      l10nBundle: pageTexts(),
      onClosed: () => this.#open.delete(draftId),
    });
    this.#open.set(draftId, wizard);
  }
}

function headingOf(existing: JobDefinition | undefined): string {
  return existing ? vscode.l10n.t('Settings of {0}', existing.name) : vscode.l10n.t('New migration job');
}

/** Not at activation. */
function parts(): Promise<typeof JobWizardParts> {
  return import('./jobWizardParts.ts');
}

async function draftOf(job: JobDefinition): Promise<JobDraft> {
  const { jobDraftOf } = await parts();
  return jobDraftOf(job, timeZone());
}

function timeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
