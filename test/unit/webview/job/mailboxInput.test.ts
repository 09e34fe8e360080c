import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { beforeEach, describe, it } from 'mocha';
import { ChosenMailboxes } from '../../../../src/webview/job/chosenMailboxes.ts';
import { MailboxInput } from '../../../../src/webview/job/mailboxInput.ts';

const file = (text: string, encoding: BufferEncoding = 'utf8') => ({
  fileName: 'users.csv',
  bytes: Buffer.from(text, encoding),
});

describe('Mailboxes that are typed, or read from a file', () => {
  let chosen: ChosenMailboxes;
  let input: MailboxInput;
  let domains: ReadonlySet<string> | undefined;
  const shown = () => input.view.file;
  const addresses = () => chosen.list.map(({ address }) => address);
  beforeEach(() => {
    domains = undefined;
    chosen = new ChosenMailboxes(() => undefined);
    input = new MailboxInput({ chosen, domains: () => Promise.resolve(domains), changed: () => undefined });
  });

  it('are taken from a text, and what is none is given back to be corrected', async () => {
    const left = await input.addTyped('anna@old.example, nobody; Bert <bert@old.example>\nanna@old.example');
    assert.equal(left, 'nobody');
    assert.deepEqual(addresses(), ['anna@old.example', 'bert@old.example']);
    assert.deepEqual(input.view.input, { summary: '2 mailboxes added. Not taken, see below: 2.', severity: 'warning' });
    assert.deepEqual(input.report.rows(0, 10), [
      { text: 'Line 1, position 19: “nobody” is not an e-mail address.' },
      { text: 'Line 2, position 1: anna@old.example is in line 1 already.' },
    ]);
    assert.deepEqual(input.view.faults, { count: 2, version: 1 });
  });

  it('tell which were chosen already', async () => {
    await input.addTyped('anna@old.example');
    assert.equal(await input.addTyped('Anna@old.example carl@old.example'), '');
    assert.equal(input.view.input?.summary, '1 mailbox added. 1 was chosen already.');
  });

  it('of another tenant are not taken, where its domains are known', async () => {
    domains = new Set(['old.example']);
    assert.equal(await input.addTyped('anna@old.example x@other.example'), 'x@other.example');
    assert.match(input.report.rows(0, 1)[0]?.text ?? '', /not a domain of the source’s tenant/);
    assert.deepEqual(addresses(), ['anna@old.example']);
  });

  it('of a file are shown how they are read, then taken', async () => {
    assert.equal(
      await input.open(file('Email;Name;Target\nanna@old.example;Anna;a@new.example\n\nx;y;z\n')),
      undefined,
    );
    const { file: view } = input.view;
    assert.deepEqual([view?.delimiter, view?.source, view?.displayName, view?.target], [';', 0, 1, 2]);
    assert.deepEqual(view?.sample[0], ['anna@old.example', 'Anna', 'a@new.example']);
    assert.deepEqual(addresses(), []);
    assert.equal(await input.addFile(), undefined);
    assert.equal(input.view.file, undefined);
    assert.deepEqual(chosen.list[0], {
      ...{ address: 'anna@old.example', displayName: 'Anna', target: 'a@new.example' },
      place: { in: 'file', row: 2, line: 2 },
    });
    assert.match(input.view.input?.summary ?? '', /^users\.csv: 1 mailbox added\. 1 rows are blank\. Not taken/);
    assert.match(
      input.report
        .rows(0, 9)
        .map(({ text }) => text)
        .join('\n'),
      /Row 4, column 1 \(Email\): “x”/,
    );
  });

  it('of a file can be read otherwise than was guessed', async () => {
    await input.open(file('A;B\nanna@old.example;bert@old.example\n'));
    assert.match((await input.addFile()) ?? '', /No column is known to hold addresses/);
    assert.equal(await input.correct({ source: 1 }), undefined);
    assert.equal(shown()?.source, 1);
    assert.equal(await input.correct({ target: 0 }), undefined);
    assert.equal(await input.correct({ target: -1 }), undefined);
    assert.equal(shown()?.target, undefined);
    await input.addFile();
    assert.deepEqual(addresses(), ['bert@old.example']);
  });

  it('of a file keep its letters when another encoding is chosen', async () => {
    await input.open(file('Email,Name\nzoe@old.example,Zo\xeb\n', 'latin1'));
    assert.equal(shown()?.encoding, 'windows-1252');
    assert.match(shown()?.note ?? '', /guess/);
    await input.correct({ encoding: 'utf-16le' });
    assert.equal(shown()?.encoding, 'utf-16le');
    await input.correct({ encoding: 'windows-1252' });
    await input.addFile();
    assert.equal(chosen.list[0]?.displayName, 'Zoë');
  });

  it('of a file that holds nothing are none, which is said', async () => {
    assert.equal(await input.open(file('')), 'Nothing is in this file.');
    assert.equal(input.view.file, undefined);
  });

  it('of a file are not taken when it is discarded', async () => {
    await input.open(file('anna@old.example\n'));
    input.dropFile();
    assert.equal(await input.addFile(), undefined);
    assert.deepEqual(addresses(), []);
  });
});
