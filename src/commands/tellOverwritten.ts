import * as vscode from 'vscode';
import type { AnyConnection } from '../views/room.ts';

/** Another window has saved the connection without having seen what this one saved. */
export function tellOverwritten({ name }: AnyConnection): void {
  void vscode.window.showWarningMessage(
    vscode.l10n.t('“{0}” was saved in another window after you saved it here. The later version is in force.', name),
  );
}
