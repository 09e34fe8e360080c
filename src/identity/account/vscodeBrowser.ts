import * as vscode from 'vscode';

/** VS Code decodes the address and encodes it again, but for `&`, `+`, `#` and `%`: none may stand in a value. */
export async function openInBrowser(url: string): Promise<boolean> {
  return vscode.env.openExternal(vscode.Uri.parse(url, true));
}
