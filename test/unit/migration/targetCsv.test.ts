import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { findShape } from '../../../src/migration/csv/csvShape.ts';
import { readTargetCsv, targetReadingOf } from '../../../src/migration/csv/targetCsv.ts';
import type { TargetCsv } from '../../../src/migration/csv/targetCsv.ts';
import { MailboxFileError } from '../../../src/migration/inputFault.ts';
import { inputFaultText, mailboxFileErrorText } from '../../../src/migration/migrationText.ts';
import { Pace } from '../../../src/migration/pace.ts';
import { bestLongestSlice } from '../support/longestSlice.ts';

const read = async (...lines: readonly string[]): Promise<TargetCsv> => {
  const bytes = Buffer.from(lines.join('\r\n'));
  return readTargetCsv(bytes, targetReadingOf(await findShape(bytes, new Pace())));
};
const x500 = 'X500:/o=First Organization/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=anna';

describe('A file of the target’s mailboxes', () => {
  it('has primary addresses and aliases, as Exchange exports them', async () => {
    const { targets, faults, rows } = await read(
      '"PrimarySmtpAddress","EmailAddresses"',
      `"anna@new.example","SMTP:anna@new.example smtp:a@new.example ${x500} sip:anna@new.example smtp:anna@old.example"`,
      '"ben@new.example","smtp:b@new.example,SMTP:ben@new.example"',
      '"carl@new.example",""',
    );
    assert.deepEqual(faults, []);
    assert.equal(rows, 4);
    assert.deepEqual(targets, [
      { address: 'anna@new.example', aliases: ['a@new.example', 'anna@old.example'] },
      { address: 'ben@new.example', aliases: ['b@new.example'] },
      { address: 'carl@new.example' },
    ]);
  });

  it('may have one column: of all addresses, or a plain list', async () => {
    const all = await read('EmailAddresses', '"{smtp:a@new.example, SMTP:anna@new.example}"', 'x@new.example');
    assert.deepEqual(all.targets, [{ address: 'anna@new.example', aliases: ['a@new.example'] }]);
    assert.deepEqual(all.faults.map(inputFaultText), ['Row 3, column 1 (EmailAddresses): the address is missing.']);
    assert.deepEqual((await read('anna@new.example', 'ben@new.example')).targets.length, 2);
  });

  it('may begin with the note of Windows PowerShell, and have another delimiter', async () => {
    const { targets, faults } = await read(
      '#TYPE Selected.Microsoft.Exchange.Data.Directory.Management.Mailbox',
      '"PrimarySmtpAddress";"EmailAddresses"',
      '"anna@new.example";"SMTP:anna@new.example,smtp:a@new.example"',
    );
    assert.deepEqual(faults, []);
    assert.deepEqual(targets, [{ address: 'anna@new.example', aliases: ['a@new.example'] }]);
  });

  it('leaves out who is no mailbox, and counts them', async () => {
    const { targets, otherRows } = await read(
      'PrimarySmtpAddress,RecipientTypeDetails',
      'anna@new.example,UserMailbox',
      'room@new.example,RoomMailbox',
      'contact@new.example,MailContact',
      'away@new.example,RemoteUserMailbox',
      'list@new.example,MailUniversalDistributionGroup',
    );
    assert.deepEqual(
      targets.map(({ address }) => address),
      ['anna@new.example', 'room@new.example'],
    );
    assert.equal(otherRows, 3);
  });

  it('tells what is wrong with a row, and where', async () => {
    const { targets, faults, faultyRows, blankRows } = await read(
      'Name,PrimarySmtpAddress,EmailAddresses',
      'Anna,anna@new.example,SMTP:anna@new.example smtp:no address',
      'Ben,nobody,',
      ',,',
      'Carl,,',
      'Dora,dora@new.example,',
      'Dora,DORA@new.example,',
      'Erna,erna@new.example,a,b',
    );
    assert.deepEqual(faults.map(inputFaultText), [
      'Row 2, column 3 (EmailAddresses): “smtp:no address” is not an e-mail address.',
      'Row 3, column 2 (PrimarySmtpAddress): “nobody” is not an e-mail address.',
      'Row 5, column 2 (PrimarySmtpAddress): the address is missing.',
      'Row 7, column 2 (PrimarySmtpAddress): DORA@new.example is in row 6 already.',
      'Row 8, column 4: the row has 4 cells, but the header has 3. A cell with a delimiter in it needs quotes.',
    ]);
    assert.deepEqual([targets.length, faultyRows, blankRows], [1, 5, 1]);
  });

  for (const name of [
    'System.Collections.ArrayList',
    'Microsoft.Exchange.Data.ProxyAddressCollection',
    'System.String[]',
  ]) {
    it(`with ${name} in place of addresses is refused, and the way out is told`, async () => {
      const error = await read('PrimarySmtpAddress,EmailAddresses', `anna@new.example,${name}`).catch(
        (each: unknown) => each,
      );
      assert.ok(error instanceof MailboxFileError && error.reason === 'listNotWrittenOut', String(error));
      assert.match(mailboxFileErrorText(error), /-join ' '/);
    });
  }

  it('without a column of addresses is refused', async () => {
    const error = await read('Name,Office', 'Anna,Here').catch((each: unknown) => each);
    assert.ok(error instanceof MailboxFileError && error.reason === 'noAddressColumn', String(error));
  });

  it('of 100,000 rows is read in slices, and can be given up', async () => {
    const lines = Array.from(
      { length: 100_000 },
      (_, at) => `u${at}@new.example,SMTP:u${at}@new.example smtp:v${at}@x.example`,
    );
    const bytes = Buffer.from(['PrimarySmtpAddress,EmailAddresses', ...lines].join('\n'));
    const reading = targetReadingOf(await findShape(bytes, new Pace()));
    const slice = await bestLongestSlice(50, () => readTargetCsv(bytes, reading));
    assert.ok(slice < 50, String(slice));
    const reason = new Error('closed');
    const work = readTargetCsv(bytes, reading, { signal: AbortSignal.abort(reason) });
    assert.equal(await work.catch((error: unknown) => error), reason);
  });
});
