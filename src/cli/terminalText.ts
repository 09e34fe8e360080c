import type { ReportedRemedy } from '../verification/report/reportModel.ts';
import { printable } from './printable.ts';
import { wrap } from './wrap.ts';

export interface TextStyle {
  /** Characters of a line. */
  readonly columns: number;
  readonly colours: boolean;
}

/** Select Graphic Rendition (ECMA-48, 8.3.117). */
const codes = {
  ...{ passed: 32, warning: 33, failed: 31, skipped: 90, cancelled: 90 },
  ...{ bold: 1, faint: 90 },
} as const;

/** Beside the words: neither colour nor sign alone tells an outcome. */
export const marks = { passed: '✔', warning: '!', failed: '✖', skipped: '–', cancelled: '–' } as const;

/** What texts for a terminal or a log are made of. */
export class TerminalText {
  readonly #style: TextStyle;

  constructor(style: TextStyle) {
    this.#style = style;
  }

  /** In colour, where those are wanted. */
  paint(look: keyof typeof codes, text: string): string {
    return this.#style.colours && text !== '' ? `\u001b[${codes[look]}m${text}\u001b[0m` : text;
  }

  /** Lines that fit. @param first in place of the first line's indent */
  wrap(text: string, indent: string, first = indent): string[] {
    return wrap(printable(text), this.#style.columns - indent.length).map(
      (line, index) => (index === 0 ? first : indent) + line,
    );
  }

  /** What to do. A command is not wrapped: it is there to be copied. */
  remedy({ text, command, link }: ReportedRemedy): string[] {
    return [
      ...this.wrap(text, '      ', '    → '),
      ...(link === undefined ? [] : [`      ${printable(link)}`]),
      ...(command ?? '').split('\n').flatMap((line) => (command === undefined ? [] : `        ${printableCode(line)}`)),
    ];
  }

  /** Lines of labels and values, which stand in columns of their own. */
  labelled(rows: readonly (readonly [label: string, value: string])[]): string[] {
    const width = widest(rows.map(([label]) => label));
    const indent = ' '.repeat(width + 4);
    return rows.flatMap(([label, value]) =>
      this.wrap(value, indent, `  ${this.paint('faint', label.padEnd(width))}  `).map((line) => line.trimEnd()),
    );
  }
}

/** Characters of the longest. */
export function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(({ length }) => length));
}

/** Like printable, but with its blanks: they may matter to a command. */
function printableCode(line: string): string {
  return line.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, (character) => (character === '\t' ? '  ' : '\ufffd'));
}
