import * as vscode from 'vscode';
import { outcomeText } from '../verification/outcomeText.ts';
import type { VerificationRecord } from '../verification/verification.ts';
import type { Services } from './services.ts';

/** Tells how a verification went that had been put off. */
export async function tellCheckedAgain(
  { store, view }: Services,
  id: string,
  { outcome, checks }: VerificationRecord,
): Promise<void> {
  const { name } = await store.get(id);
  const details = vscode.l10n.t('Show Details');
  const failed = checks.flatMap(({ findings }) => findings).find(({ severity }) => severity === 'error');
  const text = vscode.l10n.t('“{0}”, checked again: {1}', name, failed?.title ?? outcomeText(outcome));
  const chosen = await (failed
    ? vscode.window.showWarningMessage(text, details)
    : vscode.window.showInformationMessage(text, details));
  if (chosen === details) await view.reveal(id, { expand: true });
}
