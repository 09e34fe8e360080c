import * as l10n from '@vscode/l10n';
import type { CloudId, ConnectionSettings, SignInMethod } from '../../connections/sourceConnection.ts';
import type { TargetSettings, TargetSignInMethod } from '../../connections/targetConnection.ts';
import { headersToKeep, publicUrl } from '../../ews/transport/exchangeRecord.ts';
import type { ExchangeRecord } from '../../ews/transport/exchangeRecord.ts';
import { checkTitle } from '../checkTitles.ts';
import type {
  AnyCheckId,
  CheckResult,
  Finding,
  Remedy,
  VerificationOutcome,
  VerificationRecord,
} from '../verification.ts';

export interface ReportSource {
  readonly settings: ConnectionSettings | TargetSettings;
  readonly record: VerificationRecord;
  /** Versions of the program and of what runs it. */
  readonly versions: string;
}

/** All that a report may tell of a verification, whatever its form. */
export interface Report {
  readonly connection: ReportedConnection;
  readonly versions: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly outcome: VerificationOutcome;
  readonly checks: readonly ReportedCheck[];
}

export type ReportedConnection = ReportedSource | ReportedTarget;

interface ReportedTarget {
  readonly kind: 'exchangeServer';
  readonly name: string;
  readonly ewsUrl: string;
  readonly method: TargetSignInMethod;
  readonly userName: string;
  readonly testMailbox: string;
  readonly serverVersion?: string;
}

interface ReportedSource {
  readonly kind: 'office365';
  readonly name: string;
  readonly tenant: string;
  readonly cloud: CloudId;
  readonly method: SignInMethod;
  readonly clientId: string;
  readonly testMailbox: string;
  /** The EWS address that was used; absent when none was found. */
  readonly ewsUrl?: string;
  /** When the client secret ends (ISO 8601), where the app may know it. */
  readonly secretEnds?: string;
}

export interface ReportedCheck {
  readonly id: AnyCheckId;
  readonly title: string;
  readonly outcome: CheckResult['outcome'];
  readonly durationMs: number;
  readonly detail: string;
  readonly findings: readonly ReportedFinding[];
  readonly requests: readonly ExchangeRecord[];
}

export interface ReportedFinding {
  readonly code: string;
  readonly severity: Finding['severity'];
  readonly title: string;
  readonly explanation: string;
  readonly remedies: readonly ReportedRemedy[];
}

export interface ReportedRemedy {
  readonly text: string;
  readonly command?: string;
  /** An https address. */
  readonly link?: string;
}

/**
 * Takes out of a verification what may be told. It names every field that gets in: what a record or a connection may
 * hold besides, be it by an error, stays out of all reports.
 */
export function reportOf({ settings, record, versions }: ReportSource): Report {
  return {
    connection: 'server' in settings ? reportedTarget(settings, record) : reportedSource(settings, record),
    versions,
    startedAt: record.startedAt,
    durationMs: record.durationMs,
    outcome: record.outcome,
    checks: record.checks.map(reportedCheck),
  };
}

function reportedSource(settings: ConnectionSettings, record: VerificationRecord): ReportedSource {
  const { name, tenant, cloud, signIn, moreTestMailboxes = [] } = settings;
  const testMailbox = [settings.testMailbox, ...moreTestMailboxes].join(', ');
  return {
    kind: 'office365',
    ...{ name, tenant, cloud, method: signIn.method, clientId: signIn.clientId, testMailbox },
    ...(record.ewsUrl !== undefined && { ewsUrl: publicUrl(record.ewsUrl) }),
    ...(record.secretEnds !== undefined && { secretEnds: record.secretEnds }),
  };
}

function reportedTarget(settings: TargetSettings, record: VerificationRecord): ReportedTarget {
  const { name, server, signIn, testMailbox } = settings;
  return {
    kind: 'exchangeServer',
    ...{ name, ewsUrl: publicUrl(server.ews), method: signIn.method, userName: signIn.userName, testMailbox },
    ...(record.serverVersion !== undefined && { serverVersion: record.serverVersion }),
  };
}

function reportedCheck({ id, outcome, durationMs, detail, findings, exchanges }: CheckResult): ReportedCheck {
  return {
    ...{ id, title: checkTitle(id), outcome, durationMs, detail },
    findings: findings.map(reportedFinding),
    requests: exchanges.map(reportedRequest),
  };
}

function reportedFinding({ code, severity, title, explanation, remedies }: Finding): ReportedFinding {
  return { code, severity, title, explanation, remedies: remedies.map(reportedRemedy) };
}

function reportedRemedy({ text, command, link, action }: Remedy): ReportedRemedy {
  if (action) return { text: l10n.t('{0} (a button in VS Code)', text) };
  const address = link !== undefined && URL.canParse(link) ? new URL(link) : undefined;
  return {
    text,
    ...(command !== undefined && { command }),
    ...(address?.protocol === 'https:' && { link: address.href }),
  };
}

/** By the same lists as when it was recorded: a kept record is a file, which something else may have written. */
function reportedRequest(request: ExchangeRecord): ExchangeRecord {
  const { method, url, operation, status, failure, durationMs, headers } = request;
  return {
    ...{ method, url: publicUrl(url), operation },
    ...(status !== undefined && { status }),
    ...(failure !== undefined && { failure }),
    durationMs,
    headers: headersToKeep(headers),
  };
}
