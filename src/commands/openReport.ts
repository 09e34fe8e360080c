import * as vscode from 'vscode';
import { reportUri } from '../views/reportDocuments.ts';
import { pickReport } from './pickReport.ts';
import type { Services } from './services.ts';

/** Shows the report as a document that cannot be edited and follows the connection's verifications. */
export async function openReport(services: Services, target: unknown): Promise<void> {
  const picked = await pickReport(services, target, vscode.l10n.t('Open the report of which connection?'));
  if (!picked) return;
  await vscode.window.showTextDocument(reportUri(picked.connection), { preview: false });
}
