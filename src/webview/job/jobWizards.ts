import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { uniqueName } from '../../connections/connectionNames.ts';
import type { DefinitionStore } from '../../connections/definitionStore.ts';
import type { JobDefinition } from '../../migration/jobDefinition.ts';
import { pageTexts } from '../webviewPage.ts';
import { createWizardTab } from '../wizardTab.ts';
import type { ConnectionChoices } from './jobController.ts';
import type { JobDraft, JobDraftFiles } from './jobDrafts.ts';
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
  /** What is edited: `new`, a job's id, or a copy. */
  readonly subject: string;
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
  /** By what they edit. */
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
    await this.#show({ subject: 'new', fresh: newJobDraft(timeZone()) });
  }

  async openSettings(job: JobDefinition): Promise<void> {
    await this.#show({ subject: job.id, existing: job, fresh: await draftOf(job) });
  }

  /** Opens the settings at the last step, which shows what a scan has found. */
  async openSummary(job: JobDefinition): Promise<void> {
    await this.#show({ subject: job.id, existing: job, fresh: { ...(await draftOf(job)), step: 'summary' } });
  }

  async openDuplicate(job: JobDefinition): Promise<void> {
    const { definitions } = await this.#options.jobs.list();
    const name = uniqueName(
      job.name,
      definitions.map((other) => other.name),
    );
    const { step, form, byHand, mailboxes } = await draftOf(job);
    const fresh: JobDraft = { jobId: randomUUID(), step, form: { ...form, name }, byHand, mailboxes };
    await this.#show({ subject: `copy-${fresh.jobId}`, fresh });
  }

  /** A job is deleted: what was left of its settings goes with it. */
  async forget(jobId: string): Promise<void> {
    await (await this.#drafts()).removeAll(jobId);
  }

  /** The window was reloaded: the panel is there again, empty, with what its page had kept. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, kept: unknown): Promise<void> {
    const { parseJobState, newJobDraft, subjectOfDraft } = await parts();
    const state = parseJobState(kept);
    const subject = state === undefined ? '' : subjectOfDraft(state.draftId);
    if (state === undefined || this.#open.has(subject)) {
      panel.dispose(); // Nothing to go on with, or it has a wizard already.
      return;
    }
    const { draftId } = state;
    const draft = await this.#leftOf(subject, draftId);
    const { definitions } = await this.#options.jobs.list();
    const existing = definitions.find(({ id }) => id === (draft?.jobId ?? subject));
    const fresh = existing ? await draftOf(existing) : newJobDraft(timeZone());
    await this.#begin({ subject, fresh, ...(existing && { existing }) }, draftId, draft, () => panel);
  }

  /** The wizard's own draft; the one that it has released, if the window had the time for that. */
  async #leftOf(subject: string, draftId: string): Promise<JobDraft | undefined> {
    const drafts = await this.#drafts();
    return (await drafts.read(draftId)) ?? drafts.read(await drafts.claim(subject, draftId));
  }

  async #show(begin: Begin): Promise<void> {
    const open = this.#open.get(begin.subject);
    if (open) {
      open.reveal();
      return;
    }
    const drafts = await this.#drafts();
    const draftId = await drafts.claim(begin.subject);
    const draft = await drafts.read(draftId);
    // A draft of settings that have changed since is out of date: with it, Finish would undo that change unseen.
    const kept = draft?.basedOn === begin.fresh.basedOn ? draft : undefined;
    const { extensionUri } = this.#options;
    await this.#begin(begin, draftId, kept, () => createWizardTab(extensionUri, viewType, headingOf(begin.existing)));
  }

  async #drafts(): Promise<JobDraftFiles> {
    const { JobDraftFiles: Files } = await parts();
    return new Files(this.#options.draftFolder);
  }

  async #begin(
    { subject, existing, fresh }: Begin,
    draftId: string,
    draft: JobDraft | undefined,
    panel: () => vscode.WebviewPanel,
  ): Promise<void> {
    const { loadServers, sources, targets, ...options } = this.#options;
    const [{ openJobWizard }, servers, drafts] = await Promise.all([parts(), loadServers(), this.#drafts()]);
    // From here on nothing is waited for: nothing gets two wizards.
    const other = this.#open.get(subject);
    if (other) {
      await drafts.release(draftId); // Whoever was quicker has the draft, if there was one.
      other.reveal();
      return;
    }
    const wizard = openJobWizard({
      ...options,
      ...{ panel: panel(), draftId, existing, fresh, servers, sources, targets },
      drafts,
      heading: headingOf(existing),
      draft: draft ?? fresh,
      restored: draft !== undefined,
      l10nBundle: pageTexts(),
      onClosed: () => this.#open.delete(subject),
    });
    this.#open.set(subject, wizard);
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
