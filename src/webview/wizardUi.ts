import type { PickedFile } from './wizardFiles.ts';

/**
 * What a wizard asks of VS Code.
 * @param Message what its page is told
 * @param C what it saves
 */
export interface WizardUi<Message, C> {
  post(message: Message): void;
  chooseFile(kind: 'certificate' | 'additionalCa'): Promise<PickedFile | undefined>;
  copy(text: string): Promise<void>;
  openLink(link: string): Promise<void>;
  openRequirements(): Promise<void>;
  openTroubleshooting(code: string): Promise<void>;
  /** Asks in a dialog; false: the user thinks better of it. @param go what the button says */
  confirm(question: string, detail: string, go: string): Promise<boolean>;
  /** For who may be looking elsewhere. */
  notify(text: string): void;
  /**
   * The wizard has saved this: shows it, then closes the wizard.
   * @param againAt when it is to be verified again, in milliseconds since 1970
   */
  finish(saved: C, againAt: number | undefined): Promise<void>;
  /** The wizard ends, and nothing was saved. */
  close(): void;
}
