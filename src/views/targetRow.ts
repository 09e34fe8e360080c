import * as l10n from '@vscode/l10n';
import { targetMethodName } from '../connections/settingNames.ts';
import type { TargetConnection } from '../connections/targetConnection.ts';
import { lastVerified, looks, statusOf, statusText, tooltip } from './connectionRow.ts';
import type { ConnectionModel, Row } from './connectionRow.ts';

export function targetRow(model: ConnectionModel<TargetConnection>): Row {
  const { connection, verifying } = model;
  const status = statusOf(model);
  const text = statusText(status, connection.signIn.method);
  const server = hostOfTarget(connection);
  return {
    label: connection.name,
    description: [text, server].join(' · '),
    ...looks[status],
    contextValue: `connection.${verifying ? 'verifying' : 'idle'}`,
    tooltip: tooltip(connection.name, [[l10n.t('Status'), text], ...targetFacts(model)]),
    spoken: l10n.t('{0}, server {1}, {2}', connection.name, server, text),
  };
}

/** The server as a person calls it. */
export function hostOfTarget({ server }: Pick<TargetConnection, 'server'>): string {
  return new URL(server.ews).host;
}

/** What a person may want to know of a connection besides its name and status: names and values. */
export function targetFacts({
  connection,
  record,
}: ConnectionModel<TargetConnection>): (readonly [name: string, value: string])[] {
  const { server, signIn } = connection;
  const facts: (readonly [string, string | undefined])[] = [
    [l10n.t('EWS address'), server.ews],
    [l10n.t('Sign-in method'), targetMethodName(signIn.method)],
    [l10n.t('User name'), signIn.userName],
    [l10n.t('Version of Exchange'), record?.serverVersion],
    [l10n.t('Last verified'), record ? lastVerified(record) : l10n.t('never')],
  ];
  return facts.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}
