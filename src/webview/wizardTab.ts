import * as vscode from 'vscode';
import { webviewOptions } from './webviewPage.ts';

export const wizardViewType = 'exchangeMigration.sourceConnectionWizard';

/** The editor tab of a wizard, still empty. */
export function createWizardTab(extensionUri: vscode.Uri, title: string): vscode.WebviewPanel {
  return vscode.window.createWebviewPanel(wizardViewType, title, vscode.ViewColumn.Active, {
    ...webviewOptions(extensionUri),
    // Typed secrets live in the page only, so a page that is hidden must not be thrown away.
    retainContextWhenHidden: true,
  });
}
