import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { CsvRecords, longestRow } from '../../../src/migration/csv/csvRecords.ts';
import type { CsvBreak, CsvRecord } from '../../../src/migration/csv/csvRecords.ts';

type Row = CsvRecord | CsvBreak;

/** Fed in pieces of these lengths, over and over. */
function read(text: string, delimiter = ',', lengths: readonly number[] = [text.length]): readonly Row[] {
  const records = new CsvRecords(delimiter);
  const rows: Row[] = [];
  for (let at = 0, piece = 0; ; piece += 1) {
    const end = at + (lengths[piece % lengths.length] ?? 1);
    records.feed(text.slice(at, end), end >= text.length);
    for (let next = records.next(); next !== undefined; next = records.next()) rows.push(next);
    if (end >= text.length) return rows;
    at = end;
  }
}

const short = (rows: readonly Row[]) =>
  rows.map((row) => ('cells' in row ? [row.row, row.line, ...row.cells] : [row.row, row.line, row.column, row.reason]));

describe('Rows of comma-separated values', () => {
  const files: readonly (readonly [string, string, readonly (readonly (string | number)[])[]])[] = [
    ['nothing', '', []],
    ['one cell', 'a', [[1, 1, 'a']]],
    ['all three kinds of line ends', 'a\nb\r\nc\rd', ['a', 'b', 'c', 'd'].map((cell, at) => [at + 1, at + 1, cell])],
    [
      'blank lines, which count',
      'a\n\n\nb\n',
      [
        [1, 1, 'a'],
        [2, 2, ''],
        [3, 3, ''],
        [4, 4, 'b'],
      ],
    ],
    [
      'line breaks in quotes, which make a row of two lines',
      '"a\r\nb",c\nd',
      [
        [1, 1, 'a\r\nb', 'c'],
        [2, 3, 'd'],
      ],
    ],
    ['quotes in quotes', '"a ""b"" c",""\n', [[1, 1, 'a "b" c', '']]],
    ['a delimiter in quotes', '"a,b",c', [[1, 1, 'a,b', 'c']]],
    ['blanks around quotes', ' "a" , "b" \n', [[1, 1, 'a', 'b']]],
    ['a quote inside a cell', 'O"Brien,b', [[1, 1, 'O"Brien', 'b']]],
    [
      'an empty cell at the end',
      'a,\n"b",\n',
      [
        [1, 1, 'a', ''],
        [2, 2, 'b', ''],
      ],
    ],
    [
      'a quote that is never closed',
      'a,"b\nc,d\ne,f',
      [
        [1, 1, 2, 'quoteNotClosed'],
        [2, 2, 'c', 'd'],
        [3, 3, 'e', 'f'],
      ],
    ],
    [
      'one that the next row’s quote seems to close',
      '"a\n"b",c\nd',
      [
        [1, 1, 1, 'quoteNotClosed'],
        [2, 2, 'b', 'c'],
        [3, 3, 'd'],
      ],
    ],
    [
      'text behind a closing quote',
      '"B "The" C",x\ny,z',
      [
        [1, 1, 1, 'textAfterQuote'],
        [2, 2, 'y', 'z'],
      ],
    ],
    [
      'a fault in the second line of a row',
      '"a\nb","c"d\ne',
      [
        [1, 1, 2, 'textAfterQuote'],
        [2, 3, 'e'],
      ],
    ],
  ];
  for (const [what, text, expected] of files) {
    it(`with ${what}`, () => {
      assert.deepEqual(short(read(text)), expected);
      assert.deepEqual(short(read(text, ',', [1])), expected, 'letter by letter');
    });
  }

  it('an open quote takes in no rows, however many follow', () => {
    const rows = read(`"open\n${'a,b\n'.repeat(50_000)}`);
    assert.equal(rows.length, 50_001);
    assert.deepEqual(short(rows).at(-1), [50_001, 50_001, 'a', 'b']);
  });

  it('a row that is too long is told and left out, and those after it are read', () => {
    const text = `a\n${'x'.repeat(longestRow + 300_000)}\r\nb`;
    const expected = [
      [1, 1, 'a'],
      [2, 2, 1, 'rowTooLong'],
      [3, 3, 'b'],
    ];
    assert.deepEqual(short(read(text, ',', [100_000])), expected);
  });

  const cell = fc.string({ unit: fc.constantFrom('a', 'ß', '😀', ' ', ',', ';', '"', '\n', '\r', '\r\n') });
  const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 8 });
  const pieces = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1 });
  const delimiter = fc.constantFrom(',', ';', '\t');
  const end = fc.constantFrom('\n', '\r\n', '\r');

  it('say what was written, in whatever pieces it comes', () => {
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(table, delimiter, end, pieces, (rows, sign, lineEnd, lengths) => {
        const text = rows.map((row) => row.map(quoted).join(sign) + lineEnd).join('');
        const found = read(text, sign, lengths);
        assert.deepEqual(
          found.map((row) => ('cells' in row ? row.cells : row.reason)),
          rows,
        );
        assert.deepEqual(
          found.map(({ row }) => row),
          rows.map((_, index) => index + 1),
        );
      }),
    );
  });

  it('are those of csv-parse, where it finds no fault', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ',', '"', '\n', '\r\n'), maxLength: 40 });
    let compared = 0;
    fc.assert(
      fc.property(text, pieces, (written, lengths) => {
        let theirs: string[][];
        try {
          theirs = parse(written, { record_delimiter: ['\r\n', '\n', '\r'], relax_column_count: true });
        } catch {
          return; // It refuses some that can be told apart.
        }
        compared += 1;
        assert.deepEqual(
          read(written, ',', lengths).map((row) => ('cells' in row ? row.cells : row.reason)),
          theirs,
        );
      }),
      { numRuns: 2000 },
    );
    assert.ok(compared > 200, `${compared} of 2000 were compared`);
  });

  it('every line of anything is in one row or one break, in order, whatever the pieces', () => {
    const text = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', 'é'), maxLength: 60 });
    fc.assert(
      fc.property(text, pieces, (written, lengths) => {
        const rows = read(written, ',', lengths);
        assert.deepEqual(rows, read(written), 'the pieces make no difference');
        const lines = written.split(/\r\n|\n|\r/);
        if (lines.at(-1) === '') lines.pop();
        for (const [index, row] of rows.entries()) {
          assert.equal(row.row, index + 1);
          const next = rows[index + 1]?.line ?? lines.length + 1;
          const breaks = 'cells' in row ? row.cells.join('').split(/\r\n|\n|\r/).length : 1;
          // A break may have rows in quotes before it.
          if ('cells' in row) assert.equal(next - row.line, breaks);
          else assert.ok(next > row.line);
        }
        assert.equal(rows[0]?.line ?? 1, 1);
      }),
      { numRuns: 2000 },
    );
  });
});
