import assert from 'node:assert/strict';
import { markdownReport } from '../../../src/verification/report/markdownReport.ts';
import { reportOf } from '../../../src/verification/report/reportModel.ts';
import { until } from '../support/until.ts';
import { checkOf, outcomesOf, VerificationBench } from '../support/verificationBench.ts';

import { checkIds } from '../../../src/verification/verification.ts';

describe('How a verification ends', () => {
  let bench: VerificationBench;
  before(async () => {
    bench = await VerificationBench.open();
  });
  beforeEach(() => bench.lab.reset());
  after(() => bench.close());

  it('ends a check at its deadline, and its request with it', async () => {
    bench.lab.patch({ faults: [{ service: 'ews', kind: 'hang' }] });
    const record = await bench.run({ deadlineMs: 1_000 });
    assert.deepEqual(
      checkOf(record, 'ews-access').findings.map(({ code }) => code),
      ['timeout'],
    );
    assert.equal(outcomesOf(record)['mailbox-access'], 'skipped');
    await until('the lab sees the requests end', () =>
      bench.lab
        .requests()
        .filter(({ service }) => service === 'ews')
        .every(({ aborted }) => aborted),
    );
  });

  it('ends an answer that never ends', async () => {
    bench.lab.patch({ faults: [{ service: 'entra', kind: 'endless' }] });
    const record = await bench.run({ deadlineMs: 2_000 });
    const [finding] = checkOf(record, 'sign-in-service').findings;
    assert.ok(finding?.code === 'transport-tooLarge' || finding?.code === 'timeout', finding?.code);
  });

  it('cancels every request that is under way, and starts no other', async () => {
    bench.lab.patch({ faults: [{ service: 'ews', kind: 'hang' }] });
    const stop = new AbortController();
    const running = bench.run({ signal: stop.signal });
    const hanging = (): number => bench.lab.requests().filter(({ service }) => service === 'ews').length;
    await until('EWS has been asked by all that ask it first', () => hanging() === 3);
    stop.abort();
    const record = await running;
    assert.equal(record.outcome, 'cancelled');
    assert.deepEqual(
      ['ews-access', 'mailbox-access', 'export'].map((id) => outcomesOf(record)[id]),
      ['cancelled', 'cancelled', 'cancelled'],
    );
    assert.equal(outcomesOf(record)['sign-in'], 'passed');
    await until('the lab sees the requests end', () =>
      bench.lab
        .requests()
        .filter(({ service }) => service === 'ews')
        .every(({ aborted }) => aborted),
    );
    assert.equal(hanging(), 3);
  });

  it('runs nothing when it is cancelled before it begins', async () => {
    const record = await bench.run({ signal: AbortSignal.abort() });
    assert.equal(record.outcome, 'cancelled');
    assert.deepEqual(new Set(Object.values(outcomesOf(record))), new Set(['cancelled']));
    assert.deepEqual(bench.lab.requests(), []);
  });

  it('tells each check once when it begins and once when it ends', async () => {
    const told: string[] = [];
    await bench.run({ onProgress: ({ id, state }) => told.push(`${id} ${state}`) });
    assert.equal(told.length, 2 * checkIds.length);
    assert.equal(new Set(told).size, told.length);
    assert.ok(told.indexOf('sign-in running') > told.indexOf('sign-in-service done'));
  });

  it('keeps no secret and no token in results and reports, whatever goes wrong', async () => {
    const texts: string[] = [];
    for (const state of [{}, { entra: { secret: 'wrong' as const } }, { ews: { enabled: false } }]) {
      bench.lab.reset();
      bench.lab.patch(state);
      const record = await bench.run();
      texts.push(
        JSON.stringify(record),
        markdownReport(reportOf({ settings: bench.settings(), record, versions: 'test' })),
      );
    }
    for (const text of texts) {
      assert.ok(!text.includes(bench.app.secret), 'the client secret');
      assert.ok(!/eyJ[\w-]+\./.test(text), 'a token');
      assert.ok(!/bearer/i.test(text), 'an Authorization header');
    }
    assert.ok(texts.some((text) => text.includes('wrong-secret')));
  });
});
