import type { Buffer } from 'node:buffer';
import * as l10n from '@vscode/l10n';
import { readAddressList } from '../../migration/addressList.ts';
import type { ColumnRole } from '../../migration/csv/csvColumns.ts';
import { delimiters } from '../../migration/csv/csvDelimiter.ts';
import { encodings } from '../../migration/csv/csvEncoding.ts';
import { findShape, readingOf } from '../../migration/csv/csvShape.ts';
import type { CsvCorrection, CsvShape } from '../../migration/csv/csvShape.ts';
import { readMailboxCsv } from '../../migration/csv/mailboxCsv.ts';
import type { InputFault } from '../../migration/inputFault.ts';
import type { SourceMailbox } from '../../migration/mailbox.ts';
import { Pace } from '../../migration/pace.ts';
import type { ChosenMailboxes } from './chosenMailboxes.ts';
import { fileFaultText, InputReport } from './inputReport.ts';
import type { FileView, FromJobPage, InputView, ListView } from './jobProtocol.ts';

/** Cells of the sample that the page shows. */
const sampleRows = 5;

export interface MailboxFile {
  readonly fileName: string;
  readonly bytes: Uint8Array | Buffer;
}

export interface MailboxInputOptions {
  readonly chosen: ChosenMailboxes;
  /** Domains of the source's tenant; undefined: nobody may tell. */
  readonly domains: () => Promise<ReadonlySet<string> | undefined>;
  readonly changed: () => void;
}

type Correction = Omit<Extract<FromJobPage, { type: 'readFile' }>, 'type'>;

/** Mailboxes that are typed, pasted, or read from a CSV file. What cannot be taken is told row by row. */
export class MailboxInput {
  readonly report = new InputReport();
  readonly #options: MailboxInputOptions;
  #file: (MailboxFile & { readonly shape: CsvShape }) | undefined;

  constructor(options: MailboxInputOptions) {
    this.#options = options;
  }

  get view(): { readonly file?: FileView; readonly input?: InputView; readonly faults: ListView } {
    const { input, faults } = this.report;
    return {
      ...(this.#file && { file: fileView(this.#file.fileName, this.#file.shape) }),
      ...(input && { input }),
      faults,
    };
  }

  /** @returns what could not be taken, to be corrected */
  async addTyped(text: string): Promise<string> {
    const domains = await this.#options.domains();
    const { mailboxes, faults } = await readAddressList(text, { ...(domains && { domains }) });
    await this.#add(mailboxes, faults, '');
    return faults
      .map((fault) => ('value' in fault ? fault.value : fault.reason === 'foreignDomain' ? fault.address : ''))
      .filter((entry) => entry !== '')
      .join('\n');
  }

  /** @returns why the file cannot be used; undefined: it can */
  async open(file: MailboxFile): Promise<string | undefined> {
    this.report.clear(); // Not of this file.
    this.#options.changed();
    return this.#shape(file, {});
  }

  /** Reads the file in another way. @returns why that cannot be; undefined: it can */
  async correct({ encoding, delimiter, source, target, displayName }: Correction): Promise<string | undefined> {
    if (this.#file === undefined) return undefined;
    const { shape } = this.#file;
    const correction: CsvCorrection = {
      encoding: encodings.find((each) => each === encoding) ?? shape.encoding,
      delimiter: delimiters.find((each) => each === delimiter) ?? shape.delimiter,
    };
    const isSame = correction.encoding === shape.encoding && correction.delimiter === shape.delimiter;
    const fault = isSame ? undefined : await this.#shape(this.#file, correction);
    const file = this.#file;
    if (fault !== undefined) return fault;
    const columns = changedColumns(file.shape, { source, target, displayName });
    this.#file = { ...file, shape: { ...file.shape, columns } };
    this.#options.changed();
    return undefined;
  }

  /** Takes the mailboxes of the file. @returns why it cannot be read */
  async addFile(): Promise<string | undefined> {
    if (this.#file === undefined) return undefined;
    const { bytes, shape, fileName } = this.#file;
    const domains = await this.#options.domains();
    try {
      const read = await readMailboxCsv(bytes, readingOf(shape), { ...(domains && { domains }) });
      this.#file = undefined;
      const blank = read.blankRows === 0 ? '' : l10n.t('{0} rows are blank.', read.blankRows.toLocaleString());
      await this.#add(read.mailboxes, read.faults, `${fileName}: `, blank);
      return undefined;
    } catch (error) {
      return fileFaultText(error);
    }
  }

  dropFile(): void {
    this.#file = undefined;
    this.#options.changed();
  }

  async #shape({ fileName, bytes }: MailboxFile, correction: CsvCorrection): Promise<string | undefined> {
    try {
      this.#file = { fileName, bytes, shape: await findShape(bytes, new Pace(), correction) };
      this.#options.changed();
      return undefined;
    } catch (error) {
      return fileFaultText(error);
    }
  }

  async #add(
    mailboxes: readonly SourceMailbox[],
    faults: readonly InputFault[],
    from: string,
    more = '',
  ): Promise<void> {
    const repeated = await this.#options.chosen.add(mailboxes);
    const added = mailboxes.length - repeated.length;
    const addedText = added === 1 ? l10n.t('1 mailbox added.') : l10n.t('{0} mailboxes added.', added.toLocaleString());
    this.report.show([from + addedText, repeatedText(repeated.length), more], faults);
    this.#options.changed();
  }
}

function repeatedText(count: number): string {
  if (count === 0) return '';
  return count === 1 ? l10n.t('1 was chosen already.') : l10n.t('{0} were chosen already.', count.toLocaleString());
}

function changedColumns(
  { columns }: CsvShape,
  change: { readonly [role in ColumnRole]: number | undefined },
): CsvShape['columns'] {
  const changed = Object.entries(change).filter(([, column]) => column !== undefined);
  const wanted: CsvShape['columns'] = { ...columns, ...Object.fromEntries(changed) };
  return Object.fromEntries(Object.entries(wanted).filter(([, column]) => column >= 0));
}

function fileView(fileName: string, shape: CsvShape): FileView {
  const { columns, header, sample } = shape;
  const notes = [
    shape.isGuess ? l10n.t('The encoding is a guess: look whether accented letters are right.') : '',
    shape.repeated.length === 0 ? '' : l10n.t('Several columns are named {0}.', shape.repeated.join(', ')),
  ].filter((note) => note !== '');
  return {
    fileName,
    encoding: shape.encoding,
    encodings: encodings.map((id) => ({ id, label: id.toUpperCase() })),
    delimiter: shape.delimiter,
    delimiters: delimiters.map((id) => ({ id, label: delimiterName(id) })),
    columns: header.map((name, index) => (name === '' ? l10n.t('Column {0}', index + 1) : name)),
    ...columns,
    sample: sample.slice(0, sampleRows).map(({ cells }) => cells),
    ...(notes.length > 0 && { note: notes.join(' ') }),
  };
}

function delimiterName(delimiter: (typeof delimiters)[number]): string {
  switch (delimiter) {
    case ',':
      return l10n.t('Comma');
    case ';':
      return l10n.t('Semicolon');
    case '\t':
      return l10n.t('Tab');
  }
}
