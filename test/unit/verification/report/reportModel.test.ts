import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { htmlReport } from '../../../../src/verification/report/htmlReport.ts';
import { jsonReport } from '../../../../src/verification/report/jsonReport.ts';
import { markdownReport } from '../../../../src/verification/report/markdownReport.ts';
import { reportOf } from '../../../../src/verification/report/reportModel.ts';
import type { Report } from '../../../../src/verification/report/reportModel.ts';
import { sampleCheck, sampleRecord } from '../../support/sampleRecord.ts';
import { sampleSettings } from '../../support/sampleSettings.ts';
import { fullRecord, versions } from './samples.ts';

const poison = 'S3CR3T-POISON';
const forms: { readonly [form: string]: (report: Report) => string } = {
  Markdown: markdownReport,
  HTML: (report) => htmlReport(report, 'en'),
  JSON: jsonReport,
};

/** The value with a field more in every object of it, as a faulty or forged file might have. */
function poisoned<T>(value: T): T {
  const poisonedJson: unknown = JSON.parse(JSON.stringify(value), (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? { ...each, secret: poison, authorization: `Bearer ${poison}`, 'set-cookie': poison }
      : each,
  );
  return poisonedJson as T; // It is the same and more.
}

describe('What gets into a report', () => {
  for (const [form, render] of Object.entries(forms)) {
    it(`is a list of fields: whatever else a record or a connection holds stays out of ${form}`, () => {
      const source = { settings: sampleSettings(), record: fullRecord(), versions };
      assert.ok(JSON.stringify(poisoned(source)).includes(poison));
      assert.equal(render(reportOf(poisoned(source))), render(reportOf(source)));
    });

    it(`has no query or credentials of an address, and no link but https, in ${form}`, () => {
      const remedies = [{ text: 'Read.', link: `javascript:alert("${poison}")` }];
      const url = `https://user:${poison}@x.example/path?code=${poison}#${poison}`;
      const record = sampleRecord({
        ewsUrl: url,
        checks: [
          sampleCheck({
            findings: [{ code: 'x', severity: 'error', title: 'x', explanation: 'x', remedies }],
            exchanges: [{ method: 'GET', url, operation: '', durationMs: 1, headers: { location: url } }],
          }),
        ],
      });
      const text = render(reportOf({ settings: sampleSettings(), record, versions }));
      assert.ok(text.includes('https://x.example/path'));
      assert.equal(text.includes(poison), false);
      assert.equal(text.includes('javascript'), false);
    });

    it(`is there in ${form}: outcome, versions, times, request ids, remedies`, () => {
      const text = render(reportOf({ settings: sampleSettings(), record: fullRecord(), versions }));
      for (const part of [
        'Contoso',
        'contoso.onmicrosoft.com',
        versions,
        'request-id',
        'header',
        '401',
        '12',
        'sign-in',
      ])
        assert.ok(text.includes(part), part);
      for (const part of ['wrong-secret', 'title', 'explanation', 'remedy', 'command', 'https://learn.example/a?b=c'])
        assert.ok(text.includes(part), part);
    });
  }

  it('names in JSON, with each finding, the requests it rests on', () => {
    const request = { method: 'GET', url: 'https://x.example/', operation: '', durationMs: 1, headers: {} };
    const evidence = (severity: 'error' | 'warning', statuses: readonly number[]): unknown => {
      const findings = [{ code: 'x', severity, title: 'x', explanation: 'x', remedies: [] }];
      const exchanges = statuses.map((status) => ({ ...request, status }));
      const record = sampleRecord({ checks: [sampleCheck({ findings, exchanges })] });
      const report = JSON.parse(jsonReport(reportOf({ settings: sampleSettings(), record, versions }))) as {
        checks: [{ findings: [{ evidence: { status: number }[] }] }]; // As this program writes it.
      };
      return report.checks[0].findings[0].evidence.map(({ status }) => status);
    };
    assert.deepEqual(evidence('error', [200, 403, 200]), [403]);
    assert.deepEqual(evidence('error', [200, 200]), [200]);
    assert.deepEqual(evidence('warning', [200, 403]), [200, 403]);
    assert.deepEqual(evidence('error', []), []);
  });
});
