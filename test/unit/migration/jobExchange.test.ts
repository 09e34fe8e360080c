import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ImportError } from '../../../src/connections/importError.ts';
import type { TargetSettings } from '../../../src/connections/targetConnection.ts';
import { usualContent } from '../../../src/migration/content/jobContent.ts';
import { defineJob, settingsOfJob } from '../../../src/migration/jobDefinition.ts';
import { exportJob, parseExportedJob } from '../../../src/migration/jobExchange.ts';
import { usualSpeed } from '../../../src/migration/schedule/jobSchedule.ts';
import { stableGuid } from '../../lab/tenant.ts';
import { sampleConnection, sampleSettings } from '../support/sampleSettings.ts';

const source = { ...sampleConnection, id: stableGuid('source') };
const target: TargetSettings = {
  name: 'Headquarters',
  server: { ews: 'https://mail.contoso.example/EWS/Exchange.asmx', from: 'typed' },
  signIn: { method: 'ntlm', userName: 'CONTOSO\\migration' },
  testMailbox: 'reception@contoso.example',
};
const job = defineJob(
  {
    ...{ name: 'Wave 1', source: source.id, target: stableGuid('target') },
    mailboxes: [
      { address: 'anna@old.example', displayName: 'Anna', match: { state: 'matched', target: 'a@new.example' } },
      { address: 'bert@old.example' },
    ],
    rules: { include: [], exclude: ['test-*@*'], parts: 'both' },
    matching: { rules: [{ by: 'file' }], byHand: [{ source: 'bert@old.example', action: 'skip' }] },
    ...{ content: usualContent, schedule: { start: { when: 'now' } }, speed: usualSpeed },
  },
  'a'.repeat(64),
  { id: stableGuid('job'), revision: stableGuid('revision'), modifiedAt: '2026-12-01T10:00:00.000Z' },
);
const exported = () => exportJob(job, source, target);
const refused = async (text: string, reason: ImportError['reason']): Promise<void> => {
  await assert.rejects(parseExportedJob(text), (error) => error instanceof ImportError && error.reason === reason);
};

describe('A job that is handed on', () => {
  it('comes with both connections, and with all that was defined', async () => {
    const { name, mailboxes, rules, matching, content, schedule, speed } = settingsOfJob(job);
    const settings = { name, mailboxes, rules, matching, content, schedule, speed };
    assert.deepEqual(await parseExportedJob(await exported()), { job: settings, source: sampleSettings(), target });
  });

  it('names neither ids nor where a secret lies', async () => {
    const text = await exported();
    for (const own of [job.id, job.revision, job.subject, job.source, job.target, 'connection.x.1', 'secretKey']) {
      assert.equal(text.includes(own), false, own);
    }
  });

  it('is read however it is laid out, also behind a byte order mark', async () => {
    const text = await exported();
    const expected = await parseExportedJob(text);
    assert.deepEqual(await parseExportedJob(`\uFEFF${text}`), expected);
    assert.deepEqual(await parseExportedJob(JSON.stringify(JSON.parse(text))), expected);
  });

  it('is refused with the reason when it is something else', async () => {
    const text = await exported();
    await refused('{', 'notJson');
    await refused('{}', 'notAnExport');
    await refused(text.replace('"exchangeMigration.job"', '"exchangeMigration.other"'), 'notAnExport');
    await refused(text.replace('"schemaVersion": 1', '"schemaVersion": 2'), 'newerVersion');
    await refused(text.replace('"parts": "both"', '"parts": "none"'), 'invalid');
    await refused(text.replace('bert@old.example"}', 'anna@old.example"}'), 'invalid');
    await refused(text.replace('"name": "Wave 1"', '"name": "Wave 1", "secret": "x"'), 'invalid');
  });
});
