import * as vscode from 'vscode';

/** What a save dialog proposes: this name in the folder that is open, if there is one. */
export function defaultUri(name: string): { defaultUri?: vscode.Uri } {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return folder ? { defaultUri: vscode.Uri.joinPath(folder, name) } : {};
}

/** A connection's name without what file systems refuse. */
export function fileNameOf(name: string): string {
  return name.replace(/[\\/:*?"<>|]/g, '_');
}
