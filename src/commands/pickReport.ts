import * as vscode from 'vscode';
import type { SourceConnection } from '../connections/sourceConnection.ts';
import { reportOf } from '../verification/report/reportModel.ts';
import type { Report } from '../verification/report/reportModel.ts';
import { pickConnection } from './pickConnection.ts';
import type { Services } from './services.ts';

export interface PickedReport {
  readonly connection: SourceConnection;
  readonly report: Report;
}

/**
 * The report of the connection that a command is about (see pickConnection).
 * @param title what the pick asks, such as "Copy the report of which connection?"
 * @returns undefined when the user cancels, or when there is nothing to report: then a verification has been offered.
 */
export async function pickReport(
  services: Services,
  target: unknown,
  title: string,
): Promise<PickedReport | undefined> {
  const connection = await pickConnection(services, target, title);
  if (!connection) return undefined;
  const record = await services.records.read(connection.id);
  if (record === undefined) {
    await offerVerification(connection);
    return undefined;
  }
  return { connection, report: reportOf({ settings: connection, record, versions: services.versions }) };
}

async function offerVerification({ name, id }: SourceConnection): Promise<void> {
  const verify = vscode.l10n.t('Verify');
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t('“{0}” has not been verified yet, so there is nothing to report.', name),
    verify,
  );
  if (chosen === verify) await vscode.commands.executeCommand('exchangeMigration.verifyConnection', id);
}
