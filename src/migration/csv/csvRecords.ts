/** A row of a file. */
export interface CsvRecord {
  /** As a spreadsheet counts, from 1. */
  readonly row: number;
  /** Where it begins, as a text editor counts, from 1. */
  readonly line: number;
  /** What stood in quotes is as it was in them; other cells may have blanks around. */
  readonly cells: readonly string[];
}

/** A row that cannot be told apart from others. Reading goes on in the line after the one where it broke. */
export interface CsvBreak {
  readonly row: number;
  readonly line: number;
  /** Which cell, from 1. */
  readonly column: number;
  readonly reason: 'quoteNotClosed' | 'textAfterQuote' | 'rowTooLong';
}

/** Of a cell in quotes, in UTF-16 units: as many as a cell of Excel's may have, and some. What is longer was never closed. */
const longestCell = 40_000;
/** In UTF-16 units. */
export const longestRow = 1_000_000;

/** What is not known before more has been fed. */
const more = -1;

/**
 * Reads comma-separated values (RFC 4180) as they arrive. Beyond that: any delimiter; LF, CR LF and CR, mixed; blanks
 * around a cell in quotes; quotes within a cell that does not begin with one. Whatever it is fed, each line is in one
 * record or one break. Takes linear time.
 */
export class CsvRecords {
  readonly #delimiter: string;
  #text = '';
  #at = 0;
  #isLast = false;
  #row = 1;
  #line = 1;
  #isSkipping = false;
  // Where the next ones are, from some place at or before `#at`: searching anew for what is far away takes quadratic time.
  #quote = -1;
  #feed = -1;
  #return = -1;

  /** @param delimiter one character */
  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  /** @param isLast whether nothing comes after this piece */
  feed(piece: string, isLast: boolean): void {
    this.#text = this.#text.slice(this.#at) + piece;
    this.#at = 0;
    this.#isLast = isLast;
    this.#quote = this.#feed = this.#return = -1;
  }

  /** The next row; undefined when more has to be fed first, or there is no more. */
  next(): CsvRecord | CsvBreak | undefined {
    if (this.#isSkipping && !this.#skipLine()) return undefined;
    if (this.#at >= this.#text.length) return undefined;
    const found = this.#simple() ?? this.#withQuotes();
    if (found !== undefined || this.#isLast || this.#text.length - this.#at <= longestRow) return found;
    this.#isSkipping = true;
    return { row: this.#row++, line: this.#line, column: 1, reason: 'rowTooLong' };
  }

  /** A row without quotes, as most are. */
  #simple(): CsvRecord | undefined {
    const end = this.#lineEnd(this.#at);
    if (end === more) return undefined;
    if (this.#quote < this.#at) this.#quote = this.#indexOf('"', this.#at);
    if (this.#quote < end) return undefined;
    return this.#ended(this.#text.slice(this.#at, end).split(this.#delimiter), end, 0);
  }

  #withQuotes(): CsvRecord | CsvBreak | undefined {
    const cells: string[] = [];
    let breaks = 0;
    for (let at = this.#at; ;) {
      const start = this.#afterBlanks(at);
      let end: number;
      if (this.#text[start] === '"') {
        const close = this.#closingQuote(start);
        if (close === more) return undefined;
        if (close === undefined) return this.#broken(cells.length, start, breaks, 'quoteNotClosed');
        const inner = this.#text.slice(start + 1, close);
        end = this.#afterBlanks(close + 1);
        if (end === this.#text.length && !this.#isLast) return undefined;
        if (!this.#endsCell(end)) {
          // With a line break inside, the opening quote is the one too many: it has taken in the rows that follow.
          const reason = lineBreaks(inner) > 0 ? 'quoteNotClosed' : 'textAfterQuote';
          return this.#broken(cells.length, start, breaks, reason);
        }
        breaks += lineBreaks(inner);
        cells.push(inner.replaceAll('""', '"'));
      } else {
        const lineEnd = this.#lineEnd(at);
        if (lineEnd === more) return undefined;
        const rest = this.#text.slice(at, lineEnd);
        const length = rest.indexOf(this.#delimiter);
        end = length < 0 ? lineEnd : at + length;
        cells.push(this.#text.slice(at, end));
      }
      if (this.#text[end] !== this.#delimiter)
        return this.#lineEnd(end) === more ? undefined : this.#ended(cells, end, breaks);
      at = end + 1;
    }
  }

  /** @returns undefined when there is none that could be meant. */
  #closingQuote(opening: number): number | undefined {
    const text = this.#text;
    for (let at = text.indexOf('"', opening + 1); ; at = text.indexOf('"', at + 2)) {
      const length = (at < 0 ? text.length : at) - opening;
      if (length > longestCell) return undefined;
      if (at < 0) return this.#isLast ? undefined : more;
      if (text[at + 1] === '"') continue;
      return at + 1 === text.length && !this.#isLast ? more : at;
    }
  }

  #broken(cells: number, start: number, breaks: number, reason: CsvBreak['reason']): CsvBreak | undefined {
    const end = this.#lineEnd(start);
    if (end === more) return undefined;
    const { row, line } = this.#ended([], end, breaks);
    return { row, line, column: cells + 1, reason };
  }

  #ended(cells: readonly string[], end: number, breaks: number): CsvRecord {
    const record = { row: this.#row, line: this.#line, cells };
    this.#row += 1;
    this.#line += breaks + 1;
    this.#at = this.#afterLine(end);
    return record;
  }

  /** Leaves out the rest of a line that is too long. */
  #skipLine(): boolean {
    const end = this.#lineEnd(this.#at);
    if (end === more) {
      // A return at the end stays: a feed may follow it.
      this.#at = this.#text.length - (this.#text.endsWith('\r') ? 1 : 0);
      return false;
    }
    this.#line += 1;
    this.#at = this.#afterLine(end);
    this.#isSkipping = false;
    return true;
  }

  #lineEnd(from: number): number {
    if (this.#feed < from) this.#feed = this.#indexOf('\n', from);
    if (this.#return < from) this.#return = this.#indexOf('\r', from);
    const end = Math.min(this.#feed, this.#return);
    if (end === Infinity) return this.#isLast ? this.#text.length : more;
    return this.#text[end] === '\r' && end + 1 === this.#text.length && !this.#isLast ? more : end;
  }

  #afterLine(end: number): number {
    return Math.min(end + (this.#text.startsWith('\r\n', end) ? 2 : 1), this.#text.length);
  }

  #afterBlanks(from: number): number {
    let at = from;
    while (this.#text[at] === ' ' || (this.#text[at] === '\t' && this.#delimiter !== '\t')) at += 1;
    return at;
  }

  #endsCell(at: number): boolean {
    const letter = this.#text[at];
    return letter === undefined || letter === this.#delimiter || letter === '\n' || letter === '\r';
  }

  #indexOf(wanted: string, from: number): number {
    const at = this.#text.indexOf(wanted, from);
    return at < 0 ? Infinity : at;
  }
}

function lineBreaks(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}
