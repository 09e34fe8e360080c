import * as l10n from '@vscode/l10n';
import { expirySoon } from '../connections/certificateExpiry.ts';
import type { CommonSettings, Defined } from '../connections/connectionKind.ts';
import type { ConnectionSecret } from '../connections/secret.ts';
import { cloudName, methodName } from '../connections/settingNames.ts';
import type { SignInMethod, SourceConnection } from '../connections/sourceConnection.ts';
import { durationText } from '../verification/durationText.ts';
import { fingerprintOf } from '../verification/fingerprint.ts';
import type { VerificationRecord } from '../verification/verification.ts';
import { escapeMarkdown } from './escapeMarkdown.ts';

export type ConnectionStatus = 'notVerified' | 'verifying' | 'verified' | 'warnings' | 'failed' | 'secretMissing';

/** What there is to show of a connection. @param C what kind of connection it is */
export interface ConnectionModel<C extends Defined<CommonSettings> = SourceConnection> {
  readonly connection: C;
  readonly hasSecret: boolean;
  readonly verifying: boolean;
  /** The last verification, of whatever state of the connection. */
  readonly record?: VerificationRecord;
}

/** What a row of the tree looks like, without VS Code. */
export interface Row {
  readonly label: string;
  readonly description: string;
  /** Codicon: shapes differ, so that the colour is not needed. */
  readonly icon: string;
  /** Theme colour of the icon; absent: the foreground's. */
  readonly color?: string;
  readonly contextValue: string;
  /** Markdown. */
  readonly tooltip: string;
  /** What a screen reader says in place of label and description. */
  readonly spoken: string;
}

export function statusOf<C extends Defined<CommonSettings>>(model: ConnectionModel<C>): ConnectionStatus {
  const { connection, hasSecret, verifying, record } = model;
  if (verifying) return 'verifying';
  if (!hasSecret) return 'secretMissing';
  if (record?.fingerprint !== fingerprintOf(connection)) return 'notVerified';
  if (record.outcome === 'passed') return 'verified';
  return record.outcome === 'warning' ? 'warnings' : 'failed';
}

/** A status in words: never told by an icon or a colour alone. */
export function statusText(status: ConnectionStatus, method: ConnectionSecret['method']): string {
  switch (status) {
    case 'notVerified':
      return l10n.t('Not verified');
    case 'verifying':
      return l10n.t('Verifying…');
    case 'verified':
      return l10n.t('Verified');
    case 'warnings':
      return l10n.t('Verified with warnings');
    case 'failed':
      return l10n.t('Failed');
    case 'secretMissing':
      return method === 'account' ? l10n.t('Not signed in') : l10n.t('Secret missing');
  }
}

export const looks: { readonly [status in ConnectionStatus]: { readonly icon: string; readonly color?: string } } = {
  notVerified: { icon: 'circle-outline' },
  verifying: { icon: 'loading~spin' },
  verified: { icon: 'pass-filled', color: 'testing.iconPassed' },
  warnings: { icon: 'warning', color: 'list.warningForeground' },
  failed: { icon: 'error', color: 'list.errorForeground' },
  secretMissing: { icon: 'key', color: 'list.warningForeground' },
};

export function connectionRow(model: ConnectionModel, now = new Date()): Row {
  const { connection, verifying } = model;
  const status = statusOf(model);
  const text = statusText(status, connection.signIn.method);
  const expiry = expiryText(model, now);
  return {
    label: connection.name,
    description: [text, expiry, connection.tenant].filter((part) => part !== '').join(' · '),
    ...looks[status],
    contextValue: `connection.${verifying ? 'verifying' : 'idle'}${menuOf(connection.signIn.method)}`,
    tooltip: tooltip(connection.name, [[l10n.t('Status'), text], ...connectionFacts(model)]),
    spoken:
      l10n.t('{0}, tenant {1}, {2}', connection.name, connection.tenant, text) + (expiry === '' ? '' : `, ${expiry}`),
  };
}

/** What the row's menu has for this method only. */
function menuOf(method: SignInMethod): string {
  if (method === 'account') return '.account';
  return method === 'appCertificate' ? '.certificate' : '';
}

/** Empty while the end of the connection's certificate or secret is far, or not known. */
function expiryText(model: ConnectionModel, now: Date): string {
  const secret = secretEnds(model);
  const end = secret ?? certificateEnds(model.connection);
  const days = end === undefined ? undefined : expirySoon(end, now);
  if (days === undefined) return '';
  if (secret !== undefined) {
    if (days < 0) return l10n.t('Client secret expired');
    return days === 1 ? l10n.t('Client secret expires in 1 day') : l10n.t('Client secret expires in {0} days', days);
  }
  if (days < 0) return l10n.t('Certificate expired');
  return days === 1 ? l10n.t('Certificate expires in 1 day') : l10n.t('Certificate expires in {0} days', days);
}

function certificateEnds({ signIn }: SourceConnection): string | undefined {
  return signIn.method === 'appCertificate' ? signIn.certificate?.notAfter : undefined;
}

/** What the last verification of the connection as it is now has found out. */
function secretEnds({ connection, record }: ConnectionModel): string | undefined {
  const isOfNow = connection.signIn.method === 'appSecret' && record?.fingerprint === fingerprintOf(connection);
  return isOfNow ? record.secretEnds : undefined;
}

/** @param facts names and values */
export function tooltip(heading: string, facts: readonly (readonly [name: string, value: string])[]): string {
  const table = facts.map(([name, value]) => `${name}: ${escapeMarkdown(value)}`).join('  \n');
  return `**${escapeMarkdown(heading)}**\n\n${table}`;
}

/** What a person may want to know of a connection besides its name and status: names and values. */
export function connectionFacts(model: ConnectionModel): (readonly [name: string, value: string])[] {
  const { connection, record } = model;
  return [
    [l10n.t('Tenant'), connection.tenant],
    [l10n.t('Cloud'), cloudName(connection.cloud)],
    [l10n.t('Sign-in method'), methodName(connection.signIn.method)],
    ...validityLines(model),
    [l10n.t('EWS address'), connection.endpoints.ews ?? record?.ewsUrl ?? l10n.t('found at verification')],
    [l10n.t('Last verified'), record ? lastVerified(record) : l10n.t('never')],
  ];
}

function validityLines(model: ConnectionModel): [string, string][] {
  const lines: [string, string | undefined][] = [
    [l10n.t('Certificate valid until'), certificateEnds(model.connection)],
    [l10n.t('Client secret valid until'), secretEnds(model)],
  ];
  return lines.flatMap(([label, end]) => (end === undefined ? [] : [[label, new Date(end).toLocaleDateString()]]));
}

export function lastVerified({ startedAt, durationMs }: VerificationRecord): string {
  return l10n.t('{0}, took {1}', new Date(startedAt).toLocaleString(), durationText(durationMs));
}
