import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import type { ConnectionSettings } from '../../../src/connections/sourceConnection.ts';
import { checkOf, outcomesOf, VerificationBench } from '../support/verificationBench.ts';

describe('Verifying with unusual values', () => {
  let bench: VerificationBench;
  before(async () => {
    bench = await VerificationBench.open();
  });
  beforeEach(() => bench.lab.reset());
  after(() => bench.close());

  const failing = async (settings: Partial<ConnectionSettings>): Promise<unknown[]> => {
    const record = await bench.run({ settings });
    return record.checks
      .filter(({ outcome }) => outcome === 'failed')
      .map(({ id, findings }) => [id, findings[0]?.code]);
  };

  for (const testMailbox of [
    'r&d@contoso.com',
    "o'brien@contoso.com",
    'żółw@contoso.com',
    'jörg@bücher.example',
    '%41@contoso.com',
  ]) {
    it(`says of ${testMailbox} that there is no such mailbox, and nothing else`, async () => {
      assert.deepEqual(await failing({ testMailbox }), [['mailbox-access', 'mailbox-not-found']]);
    });
  }

  it('says of a tenant with letters of all kinds that it was not found', async () => {
    assert.deepEqual(await failing({ tenant: 'bücher.example' }), [['sign-in-service', 'tenant-not-found']]);
  });

  it('reaches EWS by an address in capital letters', async () => {
    const { authority, ews } = bench.lab.description;
    const record = await bench.run({ settings: { endpoints: { authority, ews: ews.replace('https', 'HTTPS') } } });
    assert.equal(record.outcome, 'passed');
  });

  it('takes a tenant by its id', async () => {
    assert.equal((await bench.run({ settings: { tenant: bench.lab.description.tenant.id } })).outcome, 'passed');
  });

  it('says that a custom cloud lacks its addresses, without asking anybody', async () => {
    const record = await bench.run({ settings: { endpoints: {} } });
    assert.equal(checkOf(record, 'sign-in-service').findings[0]?.code, 'endpoint-missing');
    assert.equal(outcomesOf(record).export, 'skipped');
    assert.deepEqual(bench.lab.requests(), []);
  });

  it('calls a busy server busy even when it wraps its reason', async () => {
    bench.lab.patch({ ews: { busy: { form: 'innerServerBusy', backOffMs: 2000 } } });
    const record = await bench.run();
    const [finding] = checkOf(record, 'mailbox-access').findings;
    assert.equal(finding?.code, 'ews-busy');
    assert.match(finding.remedies[0]?.text ?? '', /2 seconds/);
  });
});
