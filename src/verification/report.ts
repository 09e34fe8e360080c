import * as l10n from '@vscode/l10n';
import type { ConnectionSettings } from '../connections/sourceConnection.ts';
import type { ExchangeRecord } from '../ews/transport/exchangeRecord.ts';
import { checkTitle } from './checkTitles.ts';
import { outcomeText } from './outcomeText.ts';
import type { CheckResult, Finding, Remedy, VerificationRecord } from './verification.ts';

export interface ReportInput {
  readonly settings: ConnectionSettings;
  readonly record: VerificationRecord;
  /** Versions of the extension and of VS Code. */
  readonly versions: string;
}

/** A verification as Markdown, for support. Only what is named here gets in; a secret is in none of it. */
export function markdownReport({ settings, record, versions }: ReportInput): string {
  const { name, tenant, cloud, signIn, testMailbox, moreTestMailboxes = [] } = settings;
  return [
    `# ${l10n.t('Verification of {0}', name)}`,
    '',
    `- ${l10n.t('Outcome')}: **${outcomeText(record.outcome)}**`,
    `- ${l10n.t('Started')}: ${record.startedAt}, ${record.durationMs} ms`,
    `- ${l10n.t('Tenant')}: ${tenant} (${cloud})`,
    `- ${l10n.t('Sign-in method')}: ${signIn.method}, ${signIn.clientId}`,
    `- ${l10n.t('Test mailbox')}: ${[testMailbox, ...moreTestMailboxes].join(', ')}`,
    `- ${l10n.t('EWS address')}: ${record.ewsUrl ?? '–'}`,
    `- ${l10n.t('Versions')}: ${versions}`,
    ...record.checks.flatMap(checkLines),
    '',
  ].join('\n');
}

function checkLines(check: CheckResult): string[] {
  return [
    '',
    `## ${checkTitle(check.id)} (${check.id}): ${outcomeText(check.outcome)}`,
    '',
    ...(check.detail === '' ? [] : [check.detail, '']),
    ...check.findings.flatMap(findingLines),
    ...check.exchanges.flatMap(exchangeLines),
  ];
}

function findingLines(finding: Finding): string[] {
  return [
    `**${finding.title}** (\`${finding.code}\`)`,
    '',
    finding.explanation,
    '',
    ...finding.remedies.flatMap(remedyLines),
    '',
  ];
}

function remedyLines({ text, command, link }: Remedy): string[] {
  const block =
    command === undefined ? [] : ['  ```powershell', ...command.split('\n').map((line) => `  ${line}`), '  ```'];
  return [`- ${text}${link === undefined ? '' : ` <${link}>`}`, ...block];
}

function exchangeLines({ method, url, operation, status, failure, durationMs, headers }: ExchangeRecord): string[] {
  const answer = [status === undefined ? '' : `HTTP ${status}`, failure ?? ''].filter(Boolean).join(', ');
  return [
    `- \`${method} ${url}\` ${operation} → ${answer}, ${durationMs} ms`,
    ...Object.entries(headers).map(([header, value]) => `  - ${header}: \`${value.replaceAll('`', "'")}\``),
  ];
}
