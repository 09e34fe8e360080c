import * as l10n from '@vscode/l10n';
import { aboutConnection } from '../verification/report/aboutConnection.ts';
import type { ExchangeRecord } from '../ews/transport/exchangeRecord.ts';
import { durationText } from '../verification/durationText.ts';
import { outcomeText } from '../verification/outcomeText.ts';
import type { Report, ReportedCheck, ReportedFinding } from '../verification/report/reportModel.ts';
import { answerText } from '../verification/report/requestText.ts';
import type { CheckResult } from '../verification/verification.ts';
import { commandLineHint } from './commandLineHint.ts';
import { printable } from './printable.ts';
import { marks, TerminalText, widest } from './terminalText.ts';
import type { TextStyle } from './terminalText.ts';

type Outcome = CheckResult['outcome'];

/** A report for a terminal or a log: one line a check, and below what is wrong and how to mend it. */
export function textReport(report: Report, style: TextStyle): string {
  const lines = new TextReport(style).lines(report);
  return `${lines.filter((line, index) => line !== '' || lines[index - 1] !== '').join('\n')}\n`;
}

class TextReport {
  readonly #text: TerminalText;

  constructor(style: TextStyle) {
    this.#text = new TerminalText(style);
  }

  lines(report: Report): string[] {
    const { connection, checks, outcome, startedAt } = report;
    const about: readonly (readonly [string, string])[] = [
      ...aboutConnection(connection),
      [l10n.t('Started'), startedAt],
      [l10n.t('Versions'), report.versions],
    ];
    return [
      this.#text.paint('bold', l10n.t('Verification of {0}', printable(connection.name))),
      ...this.#text.labelled(about),
      '',
      ...this.#checks(checks),
      '',
      `${this.#text.paint(outcome, outcomeText(outcome))}${this.#text.paint('faint', this.#counts(report))}`,
    ];
  }

  #checks(checks: readonly ReportedCheck[]): string[] {
    const titles = widest(checks.map(({ title }) => title));
    const outcomes = widest(checks.map(({ outcome }) => outcomeText(outcome)));
    const took = widest(checks.map(({ durationMs }) => durationText(durationMs)));
    return checks.flatMap((check) => {
      const { title, outcome, durationMs, detail } = check;
      const became = this.#text.paint(outcome, outcomeText(outcome).padEnd(outcomes));
      const duration = (durationMs > 0 ? durationText(durationMs) : '').padStart(took);
      return [
        `${this.#text.paint(outcome, marks[outcome])} ${title.padEnd(titles)}  ${became}  ${this.#text.paint('faint', duration)}`.trimEnd(),
        ...(detail === '' ? [] : this.#text.wrap(detail, '  ').map((line) => this.#text.paint('faint', line))),
        ...check.findings.flatMap((finding) => this.#finding(finding, outcome)),
        ...this.#requests(check),
      ];
    });
  }

  #finding({ code, title, explanation, remedies }: ReportedFinding, outcome: Outcome): string[] {
    const hint = commandLineHint(code, 'verify');
    return [
      '',
      ...this.#text.wrap(`${title} (${code})`, '    ').map((line) => this.#text.paint(outcome, line)),
      ...this.#text.wrap(explanation, '    '),
      ...remedies.flatMap((remedy) => this.#text.remedy(remedy)),
      ...(hint === undefined ? [] : this.#text.remedy({ text: hint })),
      '',
    ];
  }

  /** What was asked, where that may help; the JSON has it for all checks. */
  #requests({ outcome, requests }: ReportedCheck): string[] {
    if (outcome === 'passed' || requests.length === 0) return [];
    return [...requests.flatMap((request) => this.#request(request)), ''].map((line) =>
      this.#text.paint('faint', line),
    );
  }

  #request(request: ExchangeRecord): string[] {
    const { method, url, operation, durationMs, headers } = request;
    const asked = [method, url, operation].filter(Boolean).join(' ');
    const names = widest(Object.keys(headers));
    return [
      `    ${printable(asked)} → ${answerText(request)}, ${durationMs} ms`,
      ...Object.entries(headers).map(([name, value]) => `      ${name.padEnd(names)}  ${printable(value)}`),
    ];
  }

  #counts({ checks, durationMs }: Report): string {
    const counts = (Object.keys(marks) as Outcome[]).flatMap((outcome) => {
      const count = checks.filter((check) => check.outcome === outcome).length;
      return count === 0 ? [] : `${outcomeText(outcome)}: ${count}`;
    });
    return `, ${durationText(durationMs)}${counts.length > 1 ? ` (${counts.join(', ')})` : ''}`;
  }
}
