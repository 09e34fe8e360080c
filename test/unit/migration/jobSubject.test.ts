import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { usualContent } from '../../../src/migration/content/jobContent.ts';
import { subjectOf } from '../../../src/migration/jobSubject.ts';
import { stableGuid } from '../../lab/tenant.ts';
import { bestLongestSlice } from '../support/longestSlice.ts';

type Subject = Parameters<typeof subjectOf>[0];

const [anna, bert] = ['anna', 'bert'].map((name) => ({ address: `${name}@old.example` }));
const matched = (address: string, target: string) => ({ address, match: { state: 'matched' as const, target } });
const job: Subject = {
  ...{ source: stableGuid('source'), target: stableGuid('target'), content: usualContent },
  rules: { include: [], exclude: [], parts: 'primary' },
  mailboxes: [matched('anna@old.example', 'a@new.example'), bert ?? { address: '' }],
};

describe('What a scan is about', () => {
  it('is the same for the same job, and says nothing of it', async () => {
    assert.match(await subjectOf(job), /^[0-9a-f]{64}$/);
    assert.equal(await subjectOf({ ...job, mailboxes: [...job.mailboxes] }), await subjectOf(job));
  });

  it('is the same whatever the patterns, when they leave the same mailboxes', async () => {
    assert.equal(await subjectOf({ ...job, rules: { ...job.rules, include: ['*'] } }), await subjectOf(job));
    const named = job.mailboxes.map((mailbox) => ({ ...mailbox, displayName: 'Other' }));
    assert.equal(await subjectOf({ ...job, mailboxes: named }), await subjectOf(job));
  });

  const [first = matched('', ''), ...others] = job.mailboxes;
  const changes: { readonly [what: string]: Partial<Subject> } = {
    source: { source: stableGuid('other') },
    target: { target: stableGuid('other') },
    parts: { rules: { ...job.rules, parts: 'both' } },
    content: { content: { ...usualContent, items: { ...usualContent.items, maximumSize: 1 } } },
    'number of mailboxes': { mailboxes: [first] },
    'order of mailboxes': { mailboxes: [...others, first] },
    'target of a mailbox': { mailboxes: [matched('anna@old.example', 'b@new.example'), ...others] },
    'state of a mailbox': { mailboxes: [{ ...first, match: { state: 'duplicate' } }, ...others] },
    'match of a mailbox': { mailboxes: [anna ?? first, ...others] },
  };
  for (const [what, change] of Object.entries(changes)) {
    it(`is another with another ${what}`, async () => {
      assert.notEqual(await subjectOf({ ...job, ...change }), await subjectOf(job));
    });
  }

  it('is found in slices for a hundred thousand mailboxes', async () => {
    const mailboxes = Array.from({ length: 100_000 }, (_, at) =>
      matched(`user${at}@old.example`, `u${at}@new.example`),
    );
    const longest = await bestLongestSlice(50, () => subjectOf({ ...job, mailboxes }));
    assert.ok(longest < 50, `the longest slice took ${longest} ms`);
  });
});
