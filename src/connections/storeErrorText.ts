import * as l10n from '@vscode/l10n';
import { StoreError } from './storeError.ts';

/** What happened and what to do, for every way in which definitions or secrets cannot be read or saved. */
export function storeErrorText(error: unknown): string {
  if (!(error instanceof StoreError)) return l10n.t('An unexpected error occurred. The log has the details.');
  const path = error.path ?? '';
  switch (error.reason) {
    case 'diskFull':
      return l10n.t('The disk is full. Nothing was changed. Free some space and try again ({0}).', path);
    case 'readOnly':
      return l10n.t('The folder cannot be written. Nothing was changed. Check its permissions: {0}', path);
    case 'fileAccess':
      return l10n.t('A file could not be read or written. Nothing was changed: {0}', path);
    case 'secretStorage':
      return l10n.t('The system’s key store refused. Nothing was saved. Unlock or repair it and try again.');
    case 'unreadableDefinition':
      return l10n.t('The definition file cannot be read, so it is left as it is: {0}', path);
    case 'nameTaken':
      return l10n.t('This name is taken. Choose another one.');
    case 'missing':
      return l10n.t('It no longer exists: somebody has deleted it.');
    case 'changedMeanwhile':
      return l10n.t('The connection was changed meanwhile: it signs in otherwise now. Nothing was saved. Do it again.');
  }
}
