import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ExchangeRecord } from '../../../src/ews/transport/exchangeRecord.ts';
import { transportError } from '../../../src/ews/transport/transportError.ts';
import { explainTransport } from '../../../src/verification/findings/transport.ts';
import { askedToWait, runOutcomeOf, worstFinding } from '../../../src/verification/runOutcome.ts';
import { failedRecord, sampleCheck, sampleFinding, sampleRecord } from '../support/sampleRecord.ts';

function exchange(changes: Partial<ExchangeRecord>): ExchangeRecord {
  return { method: 'GET', url: 'https://a.example', operation: '', durationMs: 1, headers: {}, ...changes };
}

describe('The outcome of a run', () => {
  it('is that of its checks', () => {
    assert.equal(runOutcomeOf(sampleRecord()), 'passed');
    assert.equal(runOutcomeOf(sampleRecord({ outcome: 'warning' })), 'warning');
    assert.equal(runOutcomeOf(failedRecord(['wrong-secret'])), 'failed');
    assert.equal(runOutcomeOf(failedRecord([])), 'failed');
  });

  for (const code of ['ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH']) {
    it(`is offline when every failed check met ${code}`, () => {
      const cause = Object.assign(new Error(code), { code });
      const finding = explainTransport(transportError(cause, 'https://login.example/'));
      const check = sampleCheck({ outcome: 'failed', findings: [finding], exchanges: [exchange({ failure: 'dns' })] });
      assert.equal(runOutcomeOf(sampleRecord({ outcome: 'failed', checks: [check, check] })), 'offline');
    });
  }

  it('is a failure when somebody answered, or refused the connection', () => {
    const dns = sampleCheck({ outcome: 'failed', findings: [sampleFinding('transport-dns')] });
    const answered = sampleCheck({ exchanges: [exchange({ status: 200 })] });
    assert.equal(runOutcomeOf(sampleRecord({ outcome: 'failed', checks: [answered, dns] })), 'failed');
    assert.equal(runOutcomeOf(failedRecord(['transport-refused'])), 'failed');
    assert.equal(runOutcomeOf(failedRecord(['transport-dns', 'transport-tlsExpired'])), 'failed');
  });

  it('is throttled when nothing else is wrong', () => {
    for (const code of ['ews-busy', 'sign-in-throttled', 'graph-throttled']) {
      assert.equal(runOutcomeOf(failedRecord([code])), 'throttled');
    }
    assert.equal(runOutcomeOf(failedRecord(['ews-busy', 'mailbox-not-found'])), 'failed');
  });

  it('tells the worst of what was found', () => {
    const findings = [sampleFinding('secret-ends-soon', 'warning'), sampleFinding('other', 'info')];
    const checks = [sampleCheck({ findings })];
    assert.equal(worstFinding(sampleRecord({ checks }))?.code, 'secret-ends-soon');
    checks.push(sampleCheck({ findings: [sampleFinding('ews-disabled')] }));
    assert.equal(worstFinding(sampleRecord({ checks }))?.code, 'ews-disabled');
    assert.equal(worstFinding(sampleRecord()), undefined);
  });

  it('knows the longest wait that a service asked for', () => {
    const wait = (...exchanges: ExchangeRecord[]): number | undefined =>
      askedToWait(sampleRecord({ startedAt: '2026-11-22T10:00:00.000Z', checks: [sampleCheck({ exchanges })] }));
    const after = (value: string, status = 429): ExchangeRecord =>
      exchange({ status, headers: { 'retry-after': value } });
    assert.equal(wait(), undefined);
    assert.equal(wait(after('120'), after('7200', 503), after('30')), 7_200_000);
    assert.equal(wait(after('Sun, 22 Nov 2026 12:00:00 GMT')), 7_200_000);
    assert.equal(wait(after('soon'), after('-3'), after('60', 200)), undefined);
  });
});
