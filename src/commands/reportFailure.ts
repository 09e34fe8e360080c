import * as vscode from 'vscode';
import { StoreError } from '../connections/storeError.ts';
import { storeErrorText } from '../connections/storeErrorText.ts';

/** Tells a failure in one notification. The log gets kind and place of an error, not its message: that may quote. */
export async function reportFailure(log: vscode.LogOutputChannel, error: unknown): Promise<void> {
  log.error(describeFailure(error));
  const showLog = vscode.l10n.t('Show Log');
  const chosen = await vscode.window.showErrorMessage(storeErrorText(error), showLog);
  if (chosen === showLog) log.show();
}

/** Kind and place only. */
export function describeFailure(error: unknown): string {
  if (error instanceof StoreError) {
    const cause = error.cause instanceof Error ? ` ← ${error.cause.name}` : '';
    return `${error.message} ${error.path ?? ''}${cause}`;
  }
  if (!(error instanceof Error)) return `An error of type ${typeof error}`;
  return `${error.name}\n${(error.stack ?? '')
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .join('\n')}`;
}
