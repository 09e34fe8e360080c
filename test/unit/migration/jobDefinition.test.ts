import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { uniqueName } from '../../../src/connections/connectionNames.ts';
import { usualContent } from '../../../src/migration/content/jobContent.ts';
import { jobText, parseJob } from '../../../src/migration/jobDefinition.ts';
import type { JobDefinition } from '../../../src/migration/jobDefinition.ts';
import { jobNameFault } from '../../../src/migration/jobName.ts';
import { jobNameFaultText } from '../../../src/migration/migrationText.ts';
import { usualSpeed } from '../../../src/migration/schedule/jobSchedule.ts';

const id = '3fa85f64-5717-4562-b3fc-2c963f66afa6';
const job: JobDefinition = {
  schemaVersion: 1,
  kind: 'office365ToExchange',
  id,
  name: 'Straße „Süd“ – 南',
  source: '11111111-1111-4111-8111-111111111111',
  target: '22222222-2222-4222-8222-222222222222',
  mailboxes: [
    { address: 'anna@old.example' },
    {
      address: 'bert@old.example',
      displayName: 'Bert',
      target: 'bert@new.example',
      place: { in: 'file', row: 2, line: 3 },
    },
    { address: 'carl@old.example', place: { in: 'list', line: 1, position: 5 } },
  ],
  rules: { include: ['*@old.example'], exclude: [], parts: 'both' },
  matching: {
    rules: [{ by: 'file' }, { by: 'sameLocalPart' }],
    byHand: [{ source: 'anna@old.example', action: 'skip' }],
  },
  content: { ...usualContent, items: { ...usualContent.items, from: '2020-01-01T00:00:00Z', maximumSize: 47_000_000 } },
  schedule: {
    start: { when: 'at', at: '2026-12-01T20:00:00Z' },
    week: { timeZone: 'Europe/Berlin', hours: [{ day: 'monday', from: 20, to: 24 }] },
  },
  speed: { ...usualSpeed, caps: { requestsPerMinute: 600 } },
  subject: 'a'.repeat(64),
  revision: '33333333-3333-4333-8333-333333333333',
  basedOn: id,
  modifiedAt: '2026-11-24T10:00:00.000Z',
};

describe('A job file', () => {
  it('survives a round trip with every setting', async () =>
    assert.deepEqual(await parseJob(JSON.stringify(job)), job));

  it('is written with a line a mailbox, as JSON that any program reads', async () => {
    const matched: JobDefinition = {
      ...job,
      mailboxes: job.mailboxes.map((mailbox, index) =>
        index === 0 ? { ...mailbox, match: { state: 'matched', target: 'anna@new.example' } } : mailbox,
      ),
    };
    for (const each of [matched, { ...job, mailboxes: [] }]) {
      const text = await jobText(each);
      assert.deepEqual(JSON.parse(text), each);
      assert.deepEqual(await parseJob(text), each);
      assert.equal(text.split('\n').filter((line) => line.startsWith('{"address"')).length, each.mailboxes.length);
    }
  });

  it('is written and read in slices', async () => {
    const mailboxes = Array.from({ length: 20_000 }, (_, index) => ({ address: `user${index}@old.example` }));
    const text = await jobText({ ...job, mailboxes });
    const progress: number[] = [];
    const read = await parseJob(text, { onProgress: (done) => progress.push(done) });
    assert.deepEqual(read, { ...job, mailboxes });
    assert.ok(progress.length > 0);
    await assert.rejects(parseJob(text, { signal: AbortSignal.abort() }), { name: 'AbortError' });
    await assert.rejects(jobText({ ...job, mailboxes }, { signal: AbortSignal.abort() }), { name: 'AbortError' });
  });

  it('that somebody has edited by hand is read all the same, or its fault is named', async () => {
    const text = await jobText(job);
    assert.deepEqual(await parseJob(JSON.stringify(JSON.parse(text), undefined, 4)), job);
    const cut = await parseJob(text.replace('{"address":"anna', '{"address":"anna\n'));
    assert.ok('reason' in cut);
    assert.equal(cut.reason, 'notJson');
    assert.match(cut.place, /^line \d+ column \d+$/);
    const comma = await parseJob(text.replace(',\n  ]', '\n  ]').replace(/\},\n\{/, '}\n{'));
    assert.ok('reason' in comma);
    assert.equal(comma.reason, 'notJson');
  });

  const changed = (change: object) => JSON.stringify({ ...job, ...change });
  const unreadable: readonly (readonly [string, string, string, string])[] = [
    ['nothing in it', '', 'notJson', 'line 1 column 1'],
    ['something else', '[]', 'invalid', ''],
    ['a newer version, whatever it holds', '{"schemaVersion":2,"new":1}', 'newerVersion', 'schemaVersion 2'],
    ['another kind', changed({ kind: 'imap' }), 'invalid', 'kind'],
    ['an unknown key', changed({ password: 'x' }), 'invalid', 'password'],
    ['a name that cannot be', changed({ name: 'a/b' }), 'invalid', 'name'],
    ['no source', changed({ source: 'Contoso' }), 'invalid', 'source'],
    ['no address', changed({ mailboxes: [{ address: 'anna' }] }), 'invalid', 'mailboxes.0.address'],
    [
      'two addresses in one',
      changed({ mailboxes: [{ address: 'anna@x.example;b' }] }),
      'invalid',
      'mailboxes.0.address',
    ],
    [
      'a mailbox twice',
      changed({ mailboxes: [{ address: 'a@x.example' }, { address: 'A@x.example' }] }),
      'invalid',
      'mailboxes.1.address',
    ],
    [
      'a mailbox with something unknown',
      changed({ mailboxes: [{ address: 'a@x.example', size: 1 }] }),
      'invalid',
      'mailboxes.0.size',
    ],
    ['a mailbox that is none', changed({ mailboxes: ['a@x.example'] }), 'invalid', 'mailboxes.0'],
    ['a pattern with blanks', changed({ rules: { ...job.rules, include: ['a b'] } }), 'invalid', 'rules.include.0'],
    [
      'a range that ends before it begins',
      changed({ content: { ...job.content, items: { ...job.content.items, before: '2019-01-01T00:00:00Z' } } }),
      'invalid',
      'content.items.before',
    ],
    [
      'no time zone',
      changed({ schedule: { ...job.schedule, week: { ...job.schedule.week, timeZone: 'Moon' } } }),
      'invalid',
      'schedule.week.timeZone',
    ],
  ];
  for (const [what, text, reason, place] of unreadable) {
    it(`with ${what}: ${reason}`, async () => {
      const found = await parseJob(text);
      assert.deepEqual(found, { reason, place });
    });
  }

  it('of anything tells why it is no job', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.json(), fc.string()), async (text) => {
        assert.ok('reason' in (await parseJob(text)));
      }),
    );
  });

  it('of 100,000 mailboxes: they are looked at in slices', async function () {
    this.timeout(30_000);
    const mailboxes = Array.from({ length: 100_000 }, (_, at) => ({ address: `user${at}@old.example` }));
    const steps: number[] = [];
    const found = await parseJob(JSON.stringify({ ...job, mailboxes }), { onProgress: (done) => steps.push(done) });
    assert.ok('mailboxes' in found && found.mailboxes.length === 100_000);
    assert.ok(steps.length > 1);
  });
});

describe('The name of a job', () => {
  const names: readonly (readonly [string, string | undefined])[] = [
    ['Berlin', undefined],
    [' Berlin – Süd (2) ', undefined],
    ['', 'Enter a name for the job.'],
    [' \t ', 'Enter a name for the job.'],
    ['x'.repeat(121), 'A name has at most 120 characters.'],
    ['a\nb', 'The name has a character that cannot be seen. Type it anew.'],
    ['a\ud800', 'The name has a character that cannot be seen. Type it anew.'],
    ['WAVE 1', 'The job “Wave 1” has this name. Choose another one.'],
    ...'\\/:*?<>|'
      .split('')
      .map((sign): [string, string] => [
        `a${sign}b`,
        `A name cannot contain ${sign}. None of these can be in it: \\ / : * ? < > |`,
      ]),
  ];
  for (const [name, expected] of names) {
    it(`“${name.slice(0, 20)}”: ${expected ?? 'is good'}`, () => {
      const fault = jobNameFault(name, ['Wave 1', 'Wave 2']);
      assert.equal(fault && jobNameFaultText(fault), expected);
    });
  }

  it('is trimmed when it is read', async () => {
    const found = await parseJob(JSON.stringify({ ...job, name: ' Berlin ' }));
    assert.equal('name' in found && found.name, 'Berlin');
  });

  it('of a copy is one that a job can have', () => {
    const taken = ['Wave 1', 'Wave 1 (2)'];
    assert.equal(jobNameFault(uniqueName('Wave 1', taken), taken), undefined);
  });
});
