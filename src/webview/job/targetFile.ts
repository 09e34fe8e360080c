import * as l10n from '@vscode/l10n';
import { findShape } from '../../migration/csv/csvShape.ts';
import { readTargetCsv, targetReadingOf } from '../../migration/csv/targetCsv.ts';
import type { TargetMailbox } from '../../migration/matching/targetDirectory.ts';
import { Pace } from '../../migration/pace.ts';
import { fileFaultText, InputReport } from './inputReport.ts';
import type { InputView, ListView } from './jobProtocol.ts';
import type { MailboxFile } from './mailboxInput.ts';

/** A file of the target's mailboxes, in place of asking the server, which tells its directory one name at a time. */
export class TargetFile {
  readonly report = new InputReport();

  get view(): { readonly targetInput?: InputView; readonly targetFaults: ListView } {
    const { input, faults } = this.report;
    return { ...(input && { targetInput: input }), targetFaults: faults };
  }

  /** @returns the mailboxes of the file, or why it cannot be read */
  async read({ fileName, bytes }: MailboxFile): Promise<readonly TargetMailbox[] | string> {
    try {
      const shape = await findShape(bytes, new Pace());
      const { targets, faults, otherRows } = await readTargetCsv(bytes, targetReadingOf(shape));
      const sentences = [
        l10n.t('{0}: {1} mailboxes of the target.', fileName, targets.length.toLocaleString()),
        otherRows === 0 ? '' : l10n.t('{0} rows are other recipients.', otherRows.toLocaleString()),
      ];
      this.report.show(sentences, faults);
      return targets;
    } catch (error) {
      return fileFaultText(error);
    }
  }

  /** The server is asked again. */
  forget(): void {
    this.report.clear();
  }
}
