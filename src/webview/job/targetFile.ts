import * as l10n from '@vscode/l10n';
import { findShape } from '../../migration/csv/csvShape.ts';
import { readTargetCsv, targetReadingOf } from '../../migration/csv/targetCsv.ts';
import { MailboxFileError } from '../../migration/inputFault.ts';
import type { InputFault } from '../../migration/inputFault.ts';
import type { TargetMailbox } from '../../migration/matching/targetDirectory.ts';
import { inputFaultText, mailboxFileErrorText } from '../../migration/migrationText.ts';
import { Pace } from '../../migration/pace.ts';
import type { FaultRow, InputView, ListView } from './jobProtocol.ts';
import type { MailboxFile } from './mailboxInput.ts';

/** A file of the target's mailboxes, in place of asking the server, which tells its directory one name at a time. */
export class TargetFile {
  #faults: readonly InputFault[] = [];
  #version = 0;
  #input: InputView | undefined;

  get view(): { readonly targetInput?: InputView; readonly targetFaults: ListView } {
    return {
      ...(this.#input && { targetInput: this.#input }),
      targetFaults: { count: this.#faults.length, version: this.#version },
    };
  }

  faultRows(offset: number, count: number): readonly FaultRow[] {
    return this.#faults.slice(offset, offset + count).map((fault) => ({ text: inputFaultText(fault) }));
  }

  /** @returns the mailboxes of the file, or why it cannot be read */
  async read({ fileName, bytes }: MailboxFile): Promise<readonly TargetMailbox[] | string> {
    try {
      const shape = await findShape(bytes, new Pace());
      const { targets, faults, otherRows } = await readTargetCsv(bytes, targetReadingOf(shape));
      this.#faults = faults;
      this.#version += 1;
      const sentences = [
        l10n.t('{0}: {1} mailboxes of the target.', fileName, targets.length.toLocaleString()),
        otherRows === 0 ? '' : l10n.t('{0} rows are other recipients.', otherRows.toLocaleString()),
        faults.length === 0 ? '' : l10n.t('Not taken, see below: {0}.', faults.length.toLocaleString()),
      ];
      this.#input = {
        summary: sentences.filter((sentence) => sentence !== '').join(' '),
        severity: faults.length > 0 ? 'warning' : 'info',
      };
      return targets;
    } catch (error) {
      if (error instanceof MailboxFileError) return mailboxFileErrorText(error);
      throw error;
    }
  }

  /** The server is asked again. */
  forget(): void {
    this.#faults = [];
    this.#version += 1;
    this.#input = undefined;
  }
}
