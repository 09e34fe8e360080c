import * as vscode from 'vscode';
import type { Services } from './services.ts';

/** Opens the page on what the account needs, which comes with the extension. */
export async function openRequirements({ extensionUri }: Services): Promise<void> {
  const page = vscode.Uri.joinPath(extensionUri, 'docs', 'requirements.md');
  await vscode.commands.executeCommand('markdown.showPreview', page);
}
