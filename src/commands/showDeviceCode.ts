import * as vscode from 'vscode';
import type { DeviceCode } from '../identity/account/accountFlows.ts';

/** Tells the code that is to be entered, and opens the page for it. */
export async function showDeviceCode({ userCode, verificationUri }: DeviceCode): Promise<void> {
  const open = vscode.l10n.t('Copy Code and Open Page');
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t('Enter the code {0} at {1}', userCode, verificationUri),
    open,
  );
  if (chosen !== open) return;
  await vscode.env.clipboard.writeText(userCode);
  await vscode.env.openExternal(vscode.Uri.parse(verificationUri, true));
}
