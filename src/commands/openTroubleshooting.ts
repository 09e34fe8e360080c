import * as vscode from 'vscode';
import type { Services } from './services.ts';

/** Opens the page on everything that may be found. @param code of the finding to begin with; anything else: the top */
export async function openTroubleshooting({ extensionUri }: Services, code: unknown): Promise<void> {
  const page = vscode.Uri.joinPath(extensionUri, 'docs', 'troubleshooting.md');
  const fragment = typeof code === 'string' ? code.toLowerCase() : '';
  await vscode.commands.executeCommand('markdown.showPreview', page.with({ fragment }));
}
