import * as l10n from '@vscode/l10n';
import { MailboxFileError } from '../../migration/inputFault.ts';
import type { InputFault } from '../../migration/inputFault.ts';
import { inputFaultText, mailboxFileErrorText } from '../../migration/migrationText.ts';
import type { FaultRow, InputView, ListView } from './jobProtocol.ts';

/** What was taken of a text or a file, and each part that was not. */
export class InputReport {
  #input: InputView | undefined;
  #faults: readonly InputFault[] = [];
  #version = 0;

  get input(): InputView | undefined {
    return this.#input;
  }

  get faults(): ListView {
    return { count: this.#faults.length, version: this.#version };
  }

  rows(offset: number, count: number): readonly FaultRow[] {
    return this.#faults.slice(offset, offset + count).map((fault) => ({ text: inputFaultText(fault) }));
  }

  /** @param sentences what was taken; empty ones do not matter */
  show(sentences: readonly string[], faults: readonly InputFault[]): void {
    const notTaken = faults.length === 0 ? '' : l10n.t('Not taken, see below: {0}.', faults.length.toLocaleString());
    const summary = [...sentences, notTaken].filter((sentence) => sentence !== '').join(' ');
    this.#set({ summary, severity: faults.length > 0 ? 'warning' : 'info' }, faults);
  }

  clear(): void {
    this.#set(undefined, []);
  }

  #set(input: InputView | undefined, faults: readonly InputFault[]): void {
    this.#input = input;
    this.#faults = faults;
    this.#version += 1;
  }
}

/** Why a file cannot be read. @throws what is not the file's fault */
export function fileFaultText(error: unknown): string {
  if (error instanceof MailboxFileError) return mailboxFileErrorText(error);
  throw error;
}
