import * as vscode from 'vscode';
import type { JobDefinition } from '../../migration/jobDefinition.ts';
import { WizardPanel } from '../wizardPanel.ts';
import { DraftKeeper } from './draftKeeper.ts';
import { JobController } from './jobController.ts';
import type { JobControllerOptions } from './jobController.ts';
import { parseJobMessage } from './jobMessages.ts';
import type { FromJobPage, JobState, ToJobPage } from './jobProtocol.ts';
import type { JobDraftFiles } from './jobDrafts.ts';
import type { MailboxFile } from './mailboxInput.ts';

interface JobWizardOptions extends Omit<JobControllerOptions, 'ui' | 'keepDraft'> {
  readonly panel: vscode.WebviewPanel;
  readonly extensionUri: vscode.Uri;
  readonly drafts: JobDraftFiles;
  readonly showSaved: (job: JobDefinition) => Promise<void>;
  readonly onClosed: () => void;
}

/** A job's wizard in its tab. Its draft outlives it, unless the job was saved. */
export function openJobWizard(options: JobWizardOptions): WizardPanel<FromJobPage, ToJobPage, JobState, JobDefinition> {
  const { panel, extensionUri, drafts, draftId, onFailure, showSaved, onClosed } = options;
  let draft = options.draft;
  const keeper = new DraftKeeper({ files: drafts, draftId, draft: () => draft, onFailure });
  return new WizardPanel({
    ...{ panel, extensionUri, onFailure, showSaved },
    page: 'jobWizard',
    icon: 'mail',
    parse: parseJobMessage,
    makeController: (ui) => {
      const controller: JobController = new JobController({
        ...options,
        keepDraft: () => {
          ({ draft } = controller);
          keeper.keep();
        },
        ui: {
          ...ui,
          chooseMailboxFile,
          reveal: () => panel.reveal(),
          finish: (saved) => ui.finish(saved, undefined),
        },
      });
      return controller;
    },
    onClosed: ({ saved }) => {
      (saved === undefined ? keeper.flush().then(() => drafts.release(draftId)) : keeper.forget()).catch(onFailure);
      onClosed();
    },
  });
}

async function chooseMailboxFile(): Promise<MailboxFile | undefined> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Choose a file of mailboxes'),
      openLabel: vscode.l10n.t('Choose'),
      filters: { [vscode.l10n.t('CSV files')]: ['csv', 'txt', 'tsv'], [vscode.l10n.t('All files')]: ['*'] },
    })) ?? [];
  if (!uri) return undefined;
  return { fileName: uri.path.split('/').at(-1) ?? '', bytes: await vscode.workspace.fs.readFile(uri) };
}
