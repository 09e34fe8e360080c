import * as vscode from 'vscode';
import { ImportError } from '../connections/importError.ts';

/** Why a file cannot be imported. @param notAnExport what to say of a file that is something else */
export function importErrorText(error: unknown, notAnExport: string): string {
  if (!(error instanceof ImportError)) return vscode.l10n.t('The file could not be read.');
  switch (error.reason) {
    case 'notJson':
      return vscode.l10n.t('The file is not valid JSON ({0}). Nothing was imported.', error.place);
    case 'notAnExport':
      return notAnExport;
    case 'newerVersion':
      return vscode.l10n.t('The file was made by a newer version of this extension. Update it, then import again.');
    case 'invalid':
      return vscode.l10n.t('The value at “{0}” is not valid. Nothing was imported.', error.place);
  }
}
