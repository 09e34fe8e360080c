import * as l10n from '@vscode/l10n';
import { aboutConnection } from '../verification/report/aboutConnection.ts';
import type { ExchangeRecord } from '../ews/transport/exchangeRecord.ts';
import { durationText } from '../verification/durationText.ts';
import { outcomeText } from '../verification/outcomeText.ts';
import type { Report, ReportedCheck, ReportedFinding, ReportedRemedy } from '../verification/report/reportModel.ts';
import { answerText } from '../verification/report/requestText.ts';
import type { CheckResult } from '../verification/verification.ts';
import { commandLineHint } from './commandLineHint.ts';
import { printable } from './printable.ts';
import { wrap } from './wrap.ts';

export interface TextStyle {
  /** Characters of a line. */
  readonly columns: number;
  readonly colours: boolean;
}

type Outcome = CheckResult['outcome'];

/** Beside the words: neither colour nor sign alone tells an outcome. */
const marks: Readonly<Record<Outcome, string>> = {
  passed: '✔',
  warning: '!',
  failed: '✖',
  skipped: '–',
  cancelled: '–',
};
/** Select Graphic Rendition (ECMA-48, 8.3.117). */
const codes: Readonly<Record<Outcome | 'bold' | 'faint', number>> = {
  ...{ passed: 32, warning: 33, failed: 31, skipped: 90, cancelled: 90 },
  ...{ bold: 1, faint: 90 },
};

/** A report for a terminal or a log: one line a check, and below what is wrong and how to mend it. */
export function textReport(report: Report, style: TextStyle): string {
  const lines = new TextReport(style).lines(report);
  return `${lines.filter((line, index) => line !== '' || lines[index - 1] !== '').join('\n')}\n`;
}

class TextReport {
  readonly #style: TextStyle;

  constructor(style: TextStyle) {
    this.#style = style;
  }

  lines(report: Report): string[] {
    const { connection, checks, outcome, startedAt } = report;
    const about: readonly (readonly [string, string])[] = [
      ...aboutConnection(connection),
      [l10n.t('Started'), startedAt],
      [l10n.t('Versions'), report.versions],
    ];
    const labels = widest(about.map(([label]) => label));
    return [
      this.#paint('bold', l10n.t('Verification of {0}', printable(connection.name))),
      ...about.map(([label, value]) => `  ${this.#paint('faint', label.padEnd(labels))}  ${printable(value)}`),
      '',
      ...this.#checks(checks),
      '',
      `${this.#paint(outcome, outcomeText(outcome))}${this.#paint('faint', this.#counts(report))}`,
    ];
  }

  #checks(checks: readonly ReportedCheck[]): string[] {
    const titles = widest(checks.map(({ title }) => title));
    const outcomes = widest(checks.map(({ outcome }) => outcomeText(outcome)));
    const took = widest(checks.map(({ durationMs }) => durationText(durationMs)));
    return checks.flatMap((check) => {
      const { title, outcome, durationMs, detail } = check;
      const became = this.#paint(outcome, outcomeText(outcome).padEnd(outcomes));
      const duration = (durationMs > 0 ? durationText(durationMs) : '').padStart(took);
      return [
        `${this.#paint(outcome, marks[outcome])} ${title.padEnd(titles)}  ${became}  ${this.#paint('faint', duration)}`.trimEnd(),
        ...(detail === '' ? [] : this.#wrap(detail, '  ').map((line) => this.#paint('faint', line))),
        ...check.findings.flatMap((finding) => this.#finding(finding, outcome)),
        ...this.#requests(check),
      ];
    });
  }

  #finding({ code, title, explanation, remedies }: ReportedFinding, outcome: Outcome): string[] {
    const hint = commandLineHint(code);
    return [
      '',
      ...this.#wrap(`${title} (${code})`, '    ').map((line) => this.#paint(outcome, line)),
      ...this.#wrap(explanation, '    '),
      ...remedies.flatMap((remedy) => this.#remedy(remedy)),
      ...(hint === undefined ? [] : this.#remedy({ text: hint })),
      '',
    ];
  }

  /** A command is not wrapped: it is there to be copied. */
  #remedy({ text, command, link }: ReportedRemedy): string[] {
    return [
      ...this.#wrap(text, '      ', '    → '),
      ...(link === undefined ? [] : [`      ${printable(link)}`]),
      ...(command ?? '').split('\n').flatMap((line) => (command === undefined ? [] : `        ${printableCode(line)}`)),
    ];
  }

  /** What was asked, where that may help; the JSON has it for all checks. */
  #requests({ outcome, requests }: ReportedCheck): string[] {
    if (outcome === 'passed' || requests.length === 0) return [];
    return [...requests.flatMap((request) => this.#request(request)), ''].map((line) => this.#paint('faint', line));
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

  #wrap(text: string, indent: string, first = indent): string[] {
    return wrap(printable(text), this.#style.columns - indent.length).map(
      (line, index) => (index === 0 ? first : indent) + line,
    );
  }

  #paint(look: keyof typeof codes, text: string): string {
    return this.#style.colours && text !== '' ? `\u001b[${codes[look]}m${text}\u001b[0m` : text;
  }
}

/** Like printable, but with its blanks: they may matter to a command. */
function printableCode(line: string): string {
  return line.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, (character) => (character === '\t' ? '  ' : '\ufffd'));
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(({ length }) => length));
}
