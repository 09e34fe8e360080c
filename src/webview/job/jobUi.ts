import type { JobDefinition } from '../../migration/jobDefinition.ts';
import type { WizardUi } from '../wizardUi.ts';
import type { ToJobPage } from './jobProtocol.ts';
import type { MailboxFile } from './mailboxInput.ts';

/** What a job's wizard asks of VS Code. */
export interface JobUi extends Pick<
  WizardUi<ToJobPage, JobDefinition>,
  'post' | 'copy' | 'openLink' | 'openRequirements' | 'openTroubleshooting' | 'close'
> {
  chooseMailboxFile(): Promise<MailboxFile | undefined>;
  /** Brings the wizard to the front. */
  reveal(): void;
  /** The wizard has saved this: shows it, then closes the wizard. */
  finish(saved: JobDefinition): Promise<void>;
}
