import type { ExchangeRecord } from '../../ews/transport/exchangeRecord.ts';
import type { Report, ReportedCheck, ReportedFinding } from './reportModel.ts';

/** A report as JSON, for scripts: docs/cli.md describes it. */
export function jsonReport(report: Report): string {
  const { connection, versions, startedAt, durationMs, outcome, checks } = report;
  const document = { connection, versions, startedAt, durationMs, outcome, checks: checks.map(checkObject) };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function checkObject({ id, title, outcome, durationMs, detail, findings, requests }: ReportedCheck): object {
  return {
    ...{ id, title, outcome, durationMs, detail },
    findings: findings.map((finding) => findingObject(finding, requests)),
    requests,
  };
}

function findingObject(finding: ReportedFinding, requests: readonly ExchangeRecord[]): object {
  const { code, severity, title, explanation, remedies } = finding;
  return { code, severity, title, detail: explanation, evidence: evidenceOf(finding, requests), remedy: remedies };
}

/** The requests a finding rests on: an error on those that were refused or got no answer, a notice on all of its check. */
function evidenceOf({ severity }: ReportedFinding, requests: readonly ExchangeRecord[]): readonly ExchangeRecord[] {
  if (severity !== 'error') return requests;
  const refused = requests.filter(
    ({ status, failure }) => failure !== undefined || status === undefined || status >= 400,
  );
  return refused.length > 0 ? refused : requests.slice(-1); // Exchange says many an error with HTTP 200.
}
