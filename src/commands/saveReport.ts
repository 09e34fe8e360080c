import { Buffer } from 'node:buffer';
import * as vscode from 'vscode';
import { htmlReport } from '../verification/report/htmlReport.ts';
import { jsonReport } from '../verification/report/jsonReport.ts';
import { markdownReport } from '../verification/report/markdownReport.ts';
import type { Report } from '../verification/report/reportModel.ts';
import { defaultUri, fileNameOf } from './defaultUri.ts';
import { pickReport } from './pickReport.ts';
import type { Services } from './services.ts';

/** Writes a report to a file, in the form that the file's ending names. */
export async function saveReport(services: Services, target: unknown): Promise<void> {
  const picked = await pickReport(services, target, vscode.l10n.t('Save the report of which connection?'));
  if (!picked) return;
  const { connection, report } = picked;
  const uri = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Save Report'),
    saveLabel: vscode.l10n.t('Save'),
    filters: { HTML: ['html'], JSON: ['json'], Markdown: ['md'] },
    ...defaultUri(`${fileNameOf(connection.name)} ${report.startedAt.slice(0, 10)}.html`),
  });
  if (!uri) return;
  try {
    await vscode.workspace.fs.writeFile(uri, Buffer.from(inFormOf(uri.path, report), 'utf8'));
  } catch {
    await vscode.window.showErrorMessage(vscode.l10n.t('The file could not be written: {0}', uri.fsPath));
    return;
  }
  await vscode.window.showInformationMessage(vscode.l10n.t('Report of “{0}” saved: {1}', connection.name, uri.fsPath));
}

/** A page, unless the name says otherwise: it needs nothing to be read. */
function inFormOf(path: string, report: Report): string {
  if (/\.json$/i.test(path)) return jsonReport(report);
  if (/\.(md|markdown)$/i.test(path)) return markdownReport(report);
  return htmlReport(report, vscode.l10n.bundle ? vscode.env.language : 'en');
}
