import * as vscode from 'vscode';

/** Another window has saved a definition without having seen what this one saved. */
export function tellOverwritten({ name }: { readonly name: string }): void {
  void vscode.window.showWarningMessage(
    vscode.l10n.t('“{0}” was saved in another window after you saved it here. The later version is in force.', name),
  );
}
