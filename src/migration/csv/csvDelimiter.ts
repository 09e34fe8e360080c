import { columnsOf } from './csvColumns.ts';
import { CsvRecords } from './csvRecords.ts';

export const delimiters = [',', ';', '\t'] as const;
export type Delimiter = (typeof delimiters)[number];

/** Rows that are looked at. */
const lookedAt = 20;

/** The delimiter that Excel notes in a line before all others: `sep=;`. */
export function notedDelimiter(line: string): Delimiter | undefined {
  const noted = /^"?sep=(.)"?$/i.exec(line.replace(/[\r\n]+$/, ''))?.[1];
  return delimiters.find((delimiter) => delimiter === noted);
}

/** Whether a row is no row of the table but a note in front of it: of a delimiter, or `#TYPE …` as Windows PowerShell writes. */
export function isNote(cells: readonly string[], delimiter: string): boolean {
  return /^#TYPE\s/.test(cells[0] ?? '') || notedDelimiter(cells.join(delimiter)) !== undefined;
}

/** The delimiter under which a file has columns with known names, and the most rows of one length. @param text its beginning */
export function guessDelimiter(text: string): Delimiter {
  const any = delimiters.find((delimiter) => text.includes(delimiter)) ?? ',';
  let best: { delimiter: Delimiter; known: number; alike: number } = { delimiter: any, known: 0, alike: 0 };
  for (const delimiter of delimiters) {
    const [header, ...rows] = firstRows(text, delimiter);
    if (header === undefined || header.length < 2) continue;
    const known = Object.keys(columnsOf(header)).length;
    const alike = 1 + rows.filter(({ length }) => length === header.length).length;
    if (known > best.known || (known === best.known && alike > best.alike)) best = { delimiter, known, alike };
  }
  return best.delimiter;
}

function firstRows(text: string, delimiter: string): readonly (readonly string[])[] {
  const records = new CsvRecords(delimiter);
  records.feed(text, true);
  const rows: (readonly string[])[] = [];
  for (let next = records.next(); next !== undefined && rows.length < lookedAt; next = records.next()) {
    if ('cells' in next && next.cells.some((cell) => cell.trim() !== '')) rows.push(next.cells);
  }
  return rows;
}
