import * as l10n from '@vscode/l10n';
import type { ExchangeRecord } from '../../ews/transport/exchangeRecord.ts';
import { outcomeText } from '../outcomeText.ts';
import { aboutConnection } from './aboutConnection.ts';
import { markdownCode, markdownFence, markdownText } from './markdownText.ts';
import type { Report, ReportedCheck, ReportedFinding, ReportedRemedy } from './reportModel.ts';
import { answerText } from './requestText.ts';

/** A report as Markdown: for the clipboard, an issue, an editor. */
export function markdownReport({ connection, versions, startedAt, durationMs, outcome, checks }: Report): string {
  return [
    `# ${l10n.t('Verification of {0}', markdownText(connection.name))}`,
    '',
    `- ${l10n.t('Outcome')}: **${outcomeText(outcome)}**`,
    `- ${l10n.t('Started')}: ${startedAt}, ${durationMs} ms`,
    ...aboutConnection(connection).map(([label, value]) => `- ${label}: ${markdownText(value)}`),
    `- ${l10n.t('Versions')}: ${markdownText(versions)}`,
    ...checks.flatMap(checkLines),
    '',
  ].join('\n');
}

function checkLines({ id, title, outcome, detail, findings, requests }: ReportedCheck): string[] {
  return [
    '',
    `## ${title} (${id}): ${outcomeText(outcome)}`,
    '',
    ...(detail === '' ? [] : [markdownText(detail), '']),
    ...findings.flatMap(findingLines),
    ...requests.flatMap(requestLines),
  ];
}

function findingLines({ code, title, explanation, remedies }: ReportedFinding): string[] {
  return [
    `**${markdownText(title)}** (${markdownCode(code)})`,
    '',
    markdownText(explanation),
    '',
    ...remedies.flatMap(remedyLines),
    '',
  ];
}

function remedyLines({ text, command, link }: ReportedRemedy): string[] {
  const block = command === undefined ? [] : markdownFence(command, 'powershell').map((line) => `  ${line}`);
  return [`- ${markdownText(text)}${link === undefined ? '' : ` <${link}>`}`, ...block];
}

function requestLines(request: ExchangeRecord): string[] {
  const { method, url, operation, durationMs, headers } = request;
  return [
    `- ${markdownCode(`${method} ${url}`)} ${markdownText(operation)} → ${answerText(request)}, ${durationMs} ms`,
    ...Object.entries(headers).map(([header, value]) => `  - ${header}: ${markdownCode(value)}`),
  ];
}
