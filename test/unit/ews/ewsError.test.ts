import assert from 'node:assert/strict';
import type { IncomingHttpHeaders } from 'node:http';
import { describe, it } from 'mocha';
import { EwsError, ewsCode, httpEvidence } from '../../../src/ews/ewsError.ts';
import type { EwsEvidence } from '../../../src/ews/ewsError.ts';

type HttpEvidence = Extract<EwsEvidence, { kind: 'http' }>;

describe('What a refusal without a fault tells', () => {
  const cases: readonly (readonly [string, IncomingHttpHeaders, Partial<HttpEvidence>])[] = [
    ['nothing', {}, {}],
    ['a policy', { 'x-ews-policy-reason': 'EWS is disabled' }, { policyReason: 'EWS is disabled' }],
    [
      'diagnostics',
      { 'x-ms-diagnostics': '2000008;reason="Not enough; scope.";error_category="invalid_grant"' },
      { diagnostics: { code: 2000008, reason: 'Not enough; scope.', category: 'invalid_grant' } },
    ],
    ['a bare number', { 'x-ms-diagnostics': ' 4000000' }, { diagnostics: { code: 4000000, reason: '', category: '' } }],
    ['diagnostics without a number', { 'x-ms-diagnostics': 'reason="x"' }, {}],
    ['seconds to wait', { 'retry-after': '12' }, { retryAfterMs: 12_000 }],
    ['a date in the past', { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }, { retryAfterMs: 0 }],
    ['no time at all', { 'retry-after': 'soon' }, {}],
  ];
  for (const [what, headers, expected] of cases) {
    it(what, () =>
      assert.deepEqual(httpEvidence(403, headers), { kind: 'http', status: 403, policyReason: '', ...expected }),
    );
  }

  it('how long to wait until a date', () => {
    const headers = { 'retry-after': new Date(Date.now() + 60_000).toUTCString() };
    const evidence = httpEvidence(503, headers);
    assert.ok(evidence.kind === 'http');
    assert.ok((evidence.retryAfterMs ?? 0) > 50_000 && (evidence.retryAfterMs ?? 0) <= 60_000);
  });

  it('no code of Exchange', () => {
    assert.equal(ewsCode(new EwsError(httpEvidence(403, {}))), '');
    assert.equal(ewsCode(new EwsError({ kind: 'response', code: 'ErrorX', message: '' })), 'ErrorX');
    assert.equal(ewsCode(new Error('ErrorX')), '');
  });
});
