import * as vscode from 'vscode';
import { markdownReport } from '../verification/report/markdownReport.ts';
import { pickReport } from './pickReport.ts';
import type { Services } from './services.ts';

export async function copyReport(services: Services, target: unknown): Promise<void> {
  const picked = await pickReport(services, target, vscode.l10n.t('Copy the report of which connection?'));
  if (!picked) return;
  await vscode.env.clipboard.writeText(markdownReport(picked.report));
  vscode.window.setStatusBarMessage(vscode.l10n.t('Report of “{0}” copied.', picked.connection.name), 5000);
}
