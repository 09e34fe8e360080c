import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import type { VerificationRecord } from '../../../src/verification/verification.ts';
import { checkOf, VerificationBench } from '../support/verificationBench.ts';

describe('Several test mailboxes', () => {
  let bench: VerificationBench;
  let second: string;
  let third: string;
  before(async () => {
    bench = await VerificationBench.open();
    [second = '', third = ''] = bench.lab.description.users
      .filter(({ mailbox, email }) => mailbox && email !== bench.mailbox)
      .map(({ email }) => email);
  });
  beforeEach(() => bench.lab.reset());
  after(() => bench.close());

  const run = (): Promise<VerificationRecord> => bench.run({ settings: { moreTestMailboxes: [second, third] } });
  const access = (record: VerificationRecord): VerificationRecord['checks'][number] =>
    checkOf(record, 'mailbox-access');

  it('are all opened, each as itself, at the same time', async () => {
    const record = await run();
    assert.equal(record.outcome, 'passed');
    for (const mailbox of [bench.mailbox, second, third]) assert.ok(access(record).detail.includes(`${mailbox}: `));
    const opened = bench.lab.requests().filter(({ operation }) => operation === 'FindFolder');
    assert.deepEqual(
      opened.map(({ impersonated, anchorMailbox }) => [impersonated, anchorMailbox]).sort(),
      [bench.mailbox, second, third].map((mailbox) => [mailbox, mailbox]).sort(),
    );
  });

  it('tell that a problem is one mailbox’s, and the export goes on with another', async () => {
    bench.lab.patch({ mailboxes: { [bench.mailbox]: { state: 'missing' } } });
    const record = await run();
    assert.equal(record.outcome, 'warning');
    const [finding, ...more] = access(record).findings;
    assert.deepEqual(more, []);
    assert.deepEqual([finding?.code, finding?.severity], ['mailbox-not-found', 'warning']);
    assert.ok(finding);
    assert.ok(finding.title.includes(bench.mailbox));
    assert.match(finding.explanation, /Others open, so it is the mailbox .* and not the sign-in\.$/);
    const exported = bench.lab.requests().find(({ operation }) => operation === 'ExportItems');
    assert.equal(exported?.impersonated, second);
  });

  it('name the mailbox that refuses in the commands', async () => {
    bench.lab.patch({ mailboxes: { [third]: { state: 'impersonationDenied' } } });
    const [finding] = access(await run()).findings;
    assert.equal(finding?.code, 'mailbox-access-denied');
    assert.ok(finding.remedies[0]?.command?.includes(third));
  });

  it('that all refuse are a failure of the sign-in, told once', async () => {
    const state = { state: 'impersonationDenied' } as const;
    bench.lab.patch({ mailboxes: { [bench.mailbox]: state, [second]: state, [third]: state } });
    const record = await run();
    assert.equal(record.outcome, 'failed');
    assert.deepEqual(
      access(record).findings.map(({ code, severity }) => [code, severity]),
      [['mailbox-access-denied', 'error']],
    );
  });
});
