import * as vscode from 'vscode';
import { worstFinding } from '../verification/runOutcome.ts';
import type { VerificationRecord } from '../verification/verification.ts';
import type { Placed } from '../views/room.ts';

/** Tells that a verification failed, and offers what mends it. @param showDetails what the button of that name does */
export async function tellFailure(
  { room, connection: { id, name } }: Placed,
  record: VerificationRecord,
  showDetails: () => Promise<void>,
): Promise<void> {
  const finding = worstFinding(record);
  const actions = finding?.remedies.map(({ action }) => action?.kind) ?? [];
  if (finding && actions.includes('signIn')) {
    await offerSignIn(id, finding.title);
    return;
  }
  const details = vscode.l10n.t('Show Details');
  const settings = vscode.l10n.t('Settings…');
  const renew = vscode.l10n.t('Renew Certificate…');
  const grant = vscode.l10n.t('Grant Permission…');
  const chosen = await vscode.window.showErrorMessage(
    vscode.l10n.t('“{0}” failed: {1}', name, finding?.title ?? ''),
    ...(finding?.code === 'certificate-refused' ? [renew] : []),
    ...(actions.includes('grantPermission') ? [grant] : []),
    details,
    settings,
  );
  if (chosen === renew) await vscode.commands.executeCommand('exchangeMigration.renewCertificate', id);
  if (chosen === grant) await vscode.commands.executeCommand('exchangeMigration.grantPermission', id);
  if (chosen === details) await showDetails();
  if (chosen === settings) await room.wizards.openSettings(await room.store.get(id));
}

export async function offerSignIn(id: string, text: string): Promise<void> {
  const signIn = vscode.l10n.t('Sign In Again');
  const chosen = await vscode.window.showWarningMessage(text, signIn);
  if (chosen === signIn) await vscode.commands.executeCommand('exchangeMigration.signInAgain', id);
}
