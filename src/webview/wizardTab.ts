import * as vscode from 'vscode';
import { webviewOptions } from './webviewPage.ts';

/** The editor tab of a wizard, still empty. @param viewType under which VS Code keeps it over a reload */
export function createWizardTab(extensionUri: vscode.Uri, viewType: string, title: string): vscode.WebviewPanel {
  return vscode.window.createWebviewPanel(viewType, title, vscode.ViewColumn.Active, {
    ...webviewOptions(extensionUri),
    // Typed secrets live in the page only, so a page that is hidden must not be thrown away.
    retainContextWhenHidden: true,
  });
}
