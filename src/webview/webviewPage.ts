import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { pageHtml } from './pageHtml.ts';

/** A page of this program runs its own script and loads its own files, nothing else. */
export function webviewOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
  return { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist')] };
}

/** @param page the name of its bundle in `dist` */
export function showPage(
  { webview, title }: vscode.WebviewPanel,
  extensionUri: vscode.Uri,
  page: 'wizard' | 'targetWizard' | 'jobWizard' | 'details',
): void {
  const asset = (name: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', name)).toString();
  webview.options = webviewOptions(extensionUri);
  webview.html = pageHtml({
    cspSource: webview.cspSource,
    nonce: randomBytes(24).toString('base64'),
    scriptUri: asset(`${page}.js`),
    styleUris: [asset('shared.css'), asset(`${page}.css`)],
    title,
    language: vscode.env.language,
  });
}

/** VS Code's bundle for the page: texts only, since the page's l10n library needs no comments. */
export function pageTexts(): { [key: string]: string } | undefined {
  const { bundle: texts } = vscode.l10n;
  return texts && { ...texts };
}
