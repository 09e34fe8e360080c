import * as vscode from 'vscode';
import { laterMs } from '../verification/laterChecks.ts';
import { pickConnection } from './pickConnection.ts';
import type { Services } from './services.ts';

/** Verifies a connection once more in an hour, when what was changed in the tenant may be in force. */
export async function verifyLater(services: Services, target: unknown): Promise<void> {
  const connection = await pickConnection(services, target, vscode.l10n.t('Verify which connection in an hour?'));
  if (!connection) return;
  services.laterChecks.schedule(connection.id, laterMs);
  const at = new Date(Date.now() + laterMs).toLocaleTimeString([], { timeStyle: 'short' });
  void vscode.window.showInformationMessage(
    vscode.l10n.t('“{0}” is verified again at {1} while VS Code is open.', connection.name, at),
  );
}
