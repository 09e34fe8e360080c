import * as vscode from 'vscode';
import { reportOf } from '../verification/report/reportModel.ts';
import type { Report } from '../verification/report/reportModel.ts';
import type { AnyConnection } from '../views/room.ts';
import { pickInRooms } from './pickInRooms.ts';
import type { Services } from './services.ts';

export interface PickedReport {
  readonly connection: AnyConnection;
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
  const placed = await pickInRooms(services, target, title);
  if (!placed) return undefined;
  const { connection } = placed;
  const record = await services.records.read(connection.id);
  if (record === undefined) {
    await offerVerification(connection);
    return undefined;
  }
  return { connection, report: reportOf({ settings: connection, record, versions: services.versions }) };
}

async function offerVerification({ name, id }: AnyConnection): Promise<void> {
  const verify = vscode.l10n.t('Verify');
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t('“{0}” has not been verified yet, so there is nothing to report.', name),
    verify,
  );
  if (chosen === verify) await vscode.commands.executeCommand('exchangeMigration.verifyConnection', id);
}
