import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { beforeEach, describe, it } from 'mocha';
import { TargetFile } from '../../../../src/webview/job/targetFile.ts';

const file = (text: string) => ({ fileName: 'mailboxes.csv', bytes: Buffer.from(text) });

describe('A file of the target’s mailboxes', () => {
  let target: TargetFile;
  beforeEach(() => {
    target = new TargetFile();
  });

  it('says which mailboxes there are, with their aliases, and which rows are something else', async () => {
    const read = await target.read(
      file(
        [
          'PrimarySmtpAddress,EmailAddresses,RecipientTypeDetails',
          'anna@new.example,SMTP:anna@new.example smtp:a@new.example,UserMailbox',
          'sales@new.example,SMTP:sales@new.example,MailUniversalDistributionGroup',
          'nobody,,UserMailbox',
        ].join('\r\n'),
      ),
    );
    assert.deepEqual(read, [{ address: 'anna@new.example', aliases: ['a@new.example'] }]);
    assert.deepEqual(target.view.targetInput, {
      summary: 'mailboxes.csv: 1 mailboxes of the target. 1 rows are other recipients. Not taken, see below: 1.',
      severity: 'warning',
    });
    assert.deepEqual(
      target.report.rows(0, 9).map(({ text }) => text),
      ['Row 4, column 1 (PrimarySmtpAddress): “nobody” is not an e-mail address.'],
    );
  });

  it('that has no column of addresses is not used, and what was read before stays', async () => {
    await target.read(file('PrimarySmtpAddress\nanna@new.example\n'));
    const read = await target.read(file('Name,City\nAnna,Berlin\n'));
    assert.match(typeof read === 'string' ? read : '', /No column is known to hold addresses/);
    assert.match(target.view.targetInput?.summary ?? '', /1 mailboxes/);
  });

  it('is forgotten when the server is asked again', async () => {
    await target.read(file('PrimarySmtpAddress\nnobody\n'));
    target.forget();
    assert.deepEqual(target.view, { targetFaults: { count: 0, version: 2 } });
  });
});
