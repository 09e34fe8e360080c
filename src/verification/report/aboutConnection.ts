import * as l10n from '@vscode/l10n';
import { cloudName, methodName, targetMethodName } from '../../connections/settingNames.ts';
import type { ReportedConnection } from './reportModel.ts';

/**
 * What a report says of a connection besides its name: labels and values.
 * @param date how it writes an ISO 8601 time
 */
export function aboutConnection(
  connection: ReportedConnection,
  date: (iso: string) => string = (iso) => iso,
): readonly (readonly [label: string, value: string])[] {
  if (connection.kind === 'exchangeServer') {
    const { ewsUrl, method, userName, testMailbox, serverVersion } = connection;
    return [
      [l10n.t('EWS address'), ewsUrl],
      [l10n.t('Sign-in method'), targetMethodName(method)],
      [l10n.t('User name'), userName],
      [l10n.t('Test mailbox'), testMailbox],
      ...(serverVersion === undefined ? [] : [[l10n.t('Version of Exchange'), serverVersion] as const]),
    ];
  }
  const { tenant, cloud, method, clientId, testMailbox, ewsUrl, secretEnds } = connection;
  return [
    [l10n.t('Tenant'), tenant],
    [l10n.t('Cloud'), cloudName(cloud)],
    [l10n.t('Sign-in method'), methodName(method)],
    [l10n.t('Application (client) ID'), clientId],
    [l10n.t('Test mailbox'), testMailbox],
    [l10n.t('EWS address'), ewsUrl ?? '–'],
    ...(secretEnds === undefined ? [] : [[l10n.t('Client secret ends'), date(secretEnds)] as const]),
  ];
}
