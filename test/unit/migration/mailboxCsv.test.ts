import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { decodedPieces } from '../../../src/migration/csv/csvEncoding.ts';
import { findShape, readingOf } from '../../../src/migration/csv/csvShape.ts';
import { readMailboxCsv } from '../../../src/migration/csv/mailboxCsv.ts';
import type { MailboxCsv, ReadOptions } from '../../../src/migration/csv/mailboxCsv.ts';
import { MailboxFileError } from '../../../src/migration/inputFault.ts';
import type { InputFault } from '../../../src/migration/inputFault.ts';
import { inputFaultText, mailboxFileErrorText } from '../../../src/migration/migrationText.ts';
import { Pace } from '../../../src/migration/pace.ts';
import { bestLongestSlice } from '../support/longestSlice.ts';

const bytes = (text: string) => Buffer.from(text);
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();

async function read(file: Uint8Array, options: ReadOptions = {}): Promise<MailboxCsv> {
  return readMailboxCsv(file, readingOf(await findShape(file, new Pace())), options);
}

const told = (faults: readonly InputFault[]) => faults.map(inputFaultText);
const addresses = ({ mailboxes }: MailboxCsv) => mailboxes.map(({ address }) => address);

const table = 'EmailAddress;DisplayName;TargetMailbox\nanna@old.example;"Meier; Zoë €";anna@new.example\n';

describe('A file of mailboxes', () => {
  const latin = Buffer.from(table.replace('€', '\u0080'), 'latin1');
  const encodings: readonly (readonly [string, Uint8Array, string, boolean])[] = [
    ['UTF-8', bytes(table), 'utf-8', false],
    ['UTF-8 with a byte order mark', bytes(`\ufeff${table}`), 'utf-8', false],
    ['UTF-16 LE with its mark', Buffer.from(`\ufeff${table}`, 'utf16le'), 'utf-16le', false],
    ['UTF-16 BE with its mark', utf16be(`\ufeff${table}`), 'utf-16be', false],
    ['UTF-16 LE without a mark', Buffer.from(table, 'utf16le'), 'utf-16le', true],
    ['UTF-16 BE without a mark', utf16be(table), 'utf-16be', true],
    ['Windows-1252, said to be a guess', latin, 'windows-1252', true],
  ];
  for (const [what, file, encoding, isGuess] of encodings) {
    it(`in ${what}`, async () => {
      const shape = await findShape(file, new Pace());
      assert.deepEqual({ encoding: shape.encoding, isGuess: shape.isGuess }, { encoding, isGuess });
      const { mailboxes, faults } = await readMailboxCsv(file, readingOf(shape));
      assert.deepEqual(faults, []);
      assert.deepEqual(mailboxes, [
        {
          address: 'anna@old.example',
          displayName: 'Meier; Zoë €',
          target: 'anna@new.example',
          place: { in: 'file', row: 2, line: 2 },
        },
      ]);
    });
  }

  it('in UTF-8 whose letters lie across the pieces in which it is judged and decoded', async () => {
    const text = Array.from({ length: 450_000 }, (_, index) => `ä${index}@ö.example`).join('\n');
    const file = bytes(text);
    assert.ok(file.length > 8_000_000);
    assert.equal((await findShape(file, new Pace())).encoding, 'utf-8');
    assert.ok([...decodedPieces(file, 'utf-8')].join('') === text);
  });

  const delimiters: readonly (readonly [string, string, string])[] = [
    ['commas', 'Email,Name\na@x.example,"B, C"\n', ','],
    ['semicolons, with commas in names', 'Email;Name\na@x.example;B, C\nd@x.example;E, F\n', ';'],
    ['tabs', 'Email\tName\na@x.example\tB, C\n', '\t'],
    ['one column', 'Email\na@x.example\n', ','],
    ['a note for Excel', 'sep=;\nEmail;Name\na@x.example;B\n', ';'],
    ['unknown names', 'Wer;Was\na@x.example;b\n', ';'],
  ];
  for (const [what, text, expected] of delimiters) {
    it(`with ${what}`, async () => assert.equal((await findShape(bytes(text), new Pace())).delimiter, expected));
  }

  it('with a note for Excel: its row counts, and is no mailbox', async () => {
    const { mailboxes, rows } = await read(bytes('sep=;\nEmail;Name\na@x.example;B\n'));
    assert.deepEqual(mailboxes, [{ address: 'a@x.example', displayName: 'B', place: { in: 'file', row: 3, line: 3 } }]);
    assert.equal(rows, 3);
  });

  const headers: readonly (readonly [string, object])[] = [
    ['EMAILADDRESS', { source: 0 }],
    ['Display Name,Primary SMTP address', { source: 1, displayName: 0 }],
    ['UserPrincipalName,PrimarySmtpAddress', { source: 1 }],
    ['upn,x', { source: 0 }],
    ['target_mailbox,source-mailbox,e-mail', { source: 1, target: 0 }],
    ['Name,Nummer', { displayName: 0 }],
  ];
  for (const [header, columns] of headers) {
    it(`with the header “${header}”`, async () =>
      assert.deepEqual((await findShape(bytes(`${header}\n1,2\n`), new Pace())).columns, columns));
  }

  it('with a name that two columns have: it is told', async () => {
    const shape = await findShape(bytes('Email,E-Mail,Name\na@x.example,b@x.example,C\n'), new Pace());
    assert.deepEqual([shape.columns.source, shape.repeated], [0, ['E-Mail']]);
  });

  it('without a header: a list if it has one column, else a person says which', async () => {
    assert.deepEqual(addresses(await read(bytes('a@x.example\nb@x.example'))), ['a@x.example', 'b@x.example']);
    const file = bytes('Anna,a@x.example\nBert,b@x.example');
    const shape = await findShape(file, new Pace());
    assert.deepEqual([shape.headerRow, shape.columns, shape.sample.length], [0, {}, 2]);
    assert.throws(() => readingOf(shape), new MailboxFileError('noAddressColumn'));
    const chosen = await readMailboxCsv(file, { ...shape, columns: { source: 1, displayName: 0 } });
    assert.deepEqual(
      chosen.mailboxes.map(({ address, displayName }) => [address, displayName]),
      [
        ['a@x.example', 'Anna'],
        ['b@x.example', 'Bert'],
      ],
    );
    await assert.rejects(
      readMailboxCsv(file, { ...shape, columns: { source: 2 } }),
      new MailboxFileError('noSuchColumn'),
    );
  });

  it('that was judged wrongly: a person corrects it, and the header is looked at anew', async () => {
    const file = Buffer.concat([bytes('Größe;EmailAddress\n1;zo'), Buffer.from([0xeb]), bytes('@x.example\n')]);
    const guessed = await findShape(file, new Pace());
    assert.deepEqual([guessed.encoding, guessed.isGuess, guessed.header[0]], ['windows-1252', true, 'GrÃ¶ÃŸe']);
    const right = await findShape(file, new Pace(), { encoding: 'utf-8' });
    assert.deepEqual([right.isGuess, right.header], [false, ['Größe', 'EmailAddress']]);
    const whole = await findShape(file, new Pace(), { delimiter: ',' });
    assert.deepEqual([whole.header.length, whole.columns], [1, {}]);
  });

  it('with nothing in it', async () => {
    for (const text of ['', '\n \n', ';;\n', '\ufeff']) {
      await assert.rejects(findShape(bytes(text), new Pace()), new MailboxFileError('empty'), JSON.stringify(text));
    }
    assert.equal(mailboxFileErrorText(new MailboxFileError('empty')), 'Nothing is in this file.');
  });

  const faults: readonly (readonly [string, string, readonly string[]])[] = [
    [
      'a mailbox twice',
      'a@x.example\nb@x.example\nA@X.example',
      ['Row 4, column 1 (EmailAddress): A@X.example is in row 2 already.'],
    ],
    ['no address', '\n,b@new.example', ['Row 3, column 1 (EmailAddress): the address is missing.']],
    ['something else', 'a@x.example\nAnna', ['Row 3, column 1 (EmailAddress): “Anna” is not an e-mail address.']],
    [
      'two in one cell',
      'a@x.example; b@x.example',
      ['Row 2, column 1 (EmailAddress): “a@x.example; b@x.example” is not an e-mail address.'],
    ],
    [
      'another tenant’s domain',
      'a@y.example',
      [
        'Row 2, column 1 (EmailAddress): a@y.example belongs to y.example, which is not a domain of the source’s tenant.',
      ],
    ],
    ['a target that is none', 'a@x.example,b', ['Row 2, column 2 (TargetMailbox): “b” is not an e-mail address.']],
    [
      'two things wrong',
      'a,b',
      [
        'Row 2, column 1 (EmailAddress): “a” is not an e-mail address.',
        'Row 2, column 2 (TargetMailbox): “b” is not an e-mail address.',
      ],
    ],
    [
      'a name without its quotes',
      'a@x.example,b@y.example,Meier, Anna',
      ['Row 2, column 4: the row has 4 cells, but the header has 3. A cell with a delimiter in it needs quotes.'],
    ],
    [
      'an open quote',
      '"a@x.example\nb@x.example',
      ['Row 2, column 1 (EmailAddress): the quotation mark is not closed.'],
    ],
    [
      'text behind a quote',
      'a@x.example,,"B "C" D"',
      [
        'Row 2, column 3 (DisplayName): text follows the closing quotation mark. Quotation marks in quotes are written twice.',
      ],
    ],
    [
      'a fault below a row of two lines',
      'a@x.example,,"B\nC"\nd',
      ['Row 3 (line 4), column 1 (EmailAddress): “d” is not an e-mail address.'],
    ],
  ];
  for (const [what, rows, texts] of faults) {
    it(`with ${what}: told with its row and column`, async () => {
      const file = bytes(`EmailAddress,TargetMailbox,DisplayName\n${rows}\n`);
      const result = await read(file, { domains: new Set(['x.example']) });
      assert.deepEqual(told(result.faults), texts);
      assert.equal(result.faultyRows, 1);
      assert.equal(result.mailboxes.length + result.faultyRows + result.blankRows + 1, result.rows);
    });
  }

  it('with a byte that is no letter: told, not guessed', async () => {
    const file = Buffer.concat([bytes('\ufeffmail\nj'), Buffer.from([0xfc]), bytes('rgen@x.example\n')]);
    assert.deepEqual(told((await read(file)).faults), [
      'Row 2, column 1 (mail): “j\ufffdrgen@x.example” has a letter that cannot be read. Save the file as UTF-8.',
    ]);
  });

  it('with blank rows: they are counted and told in no fault', async () => {
    const result = await read(bytes('mail;name\n\na@x.example;A\n;\n \nb@x.example;B\n'));
    assert.deepEqual([addresses(result), result.blankRows, result.faults], [['a@x.example', 'b@x.example'], 3, []]);
    assert.deepEqual(result.mailboxes[1]?.place, { in: 'file', row: 6, line: 6 });
  });

  it('of anything at all: no row is lost, and nothing throws but what is said to', async () => {
    const unit = fc.constantFrom('a@x', 'b@x', ',', ';', '"', '\n', '\r\n', ' ', 'mail', 'é', '\t', '\ufffd');
    const text = fc.string({ unit, maxLength: 50 }).map((written) => bytes(written));
    const any = fc.oneof(text, fc.uint8Array({ maxLength: 60 }));
    await fc.assert(
      fc.asyncProperty(any, async (file) => {
        try {
          const shape = await findShape(file, new Pace());
          const columns = { source: 0, ...shape.columns };
          const result = await readMailboxCsv(file, { ...shape, columns });
          const heads = result.rows - result.mailboxes.length - result.faultyRows - result.blankRows;
          assert.ok(heads >= 0 && heads <= 2, `${heads} rows are neither`);
          assert.ok(heads === 0 || shape.headerRow > 0 || /^"?sep=/.test(file.toString()));
          for (const fault of result.faults) assert.match(inputFaultText(fault), /^Row \d+/);
        } catch (error) {
          assert.ok(error instanceof MailboxFileError, String(error));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('of a million rows: in slices, with progress, and given up when asked', async function () {
    this.timeout(60_000);
    const file = bytes(
      `mail,target\n${Array.from({ length: 1_000_000 }, (_, at) => `u${at}@old.example,u${at}@new.example`).join('\n')}`,
    );
    const steps: number[] = [];
    let count = 0;
    const cpu = await bestLongestSlice(50, async () => {
      steps.length = 0;
      count = (await read(file, { onProgress: (done) => steps.push(done) })).mailboxes.length;
    });
    assert.equal(count, 1_000_000);
    assert.ok(steps.length > 5 && steps.every((done, at) => done >= (steps[at - 1] ?? 0)));
    assert.equal(steps.at(-1), file.length);
    assert.ok(cpu < 50, `${cpu} ms at a stretch`);

    const controller = new AbortController();
    const reading = read(file, {
      signal: controller.signal,
      onProgress: (done) => done > 1_000_000 && controller.abort(),
    });
    await assert.rejects(reading, { name: 'AbortError' });
  });
});
