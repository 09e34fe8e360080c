import type { PickedFile } from '../../../src/webview/wizardFiles.ts';
import type { WizardUi } from '../../../src/webview/wizardUi.ts';

/** A wizard without VS Code, with a page that only remembers what it was told. */
export abstract class TestWizardUi<Message, C> implements WizardUi<Message, C> {
  readonly posted: Message[] = [];
  readonly copied: string[] = [];
  /** What the next file dialog gives; undefined: it is cancelled. */
  file: PickedFile | undefined;
  closed = false;
  saved: C | undefined;
  againAt: number | undefined;
  /** Names of the jobs that use the connection. */
  usedBy: readonly string[] = [];
  abstract readonly controller: { dispose(): void };

  abstract confirm(question: string): Promise<boolean>;
  abstract notify(text: string): void;

  post(message: Message): void {
    this.posted.push(message);
  }

  chooseFile(): Promise<PickedFile | undefined> {
    return Promise.resolve(this.file);
  }

  copy(text: string): Promise<void> {
    this.copied.push(text);
    return Promise.resolve();
  }

  openLink(): Promise<void> {
    return Promise.resolve();
  }

  openRequirements(): Promise<void> {
    return Promise.resolve();
  }

  openTroubleshooting(): Promise<void> {
    return Promise.resolve();
  }

  finish(saved: C, againAt: number | undefined): Promise<void> {
    this.againAt = againAt;
    this.saved = saved;
    this.close();
    return Promise.resolve();
  }

  close(): void {
    this.closed = true;
    this.controller.dispose();
  }
}
