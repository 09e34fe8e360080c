import * as l10n from '@vscode/l10n';
import { StoreError } from '../../connections/storeError.ts';
import { storeErrorText } from '../../connections/storeErrorText.ts';
import { SecretMissingError } from '../secretMissingError.ts';
import type { Finding } from '../verification.ts';

/** A saved connection cannot be used as it is stored on this machine; undefined: it is something else. */
export function explainStored(error: unknown): Finding | undefined {
  if (error instanceof SecretMissingError) {
    return {
      code: 'secret-missing',
      severity: 'error',
      title: l10n.t('The secret of “{0}” is not on this machine.', error.connection.name),
      explanation: l10n.t('It was not entered yet, or the system’s key store has lost it.'),
      remedies: [{ text: l10n.t('Open the connection’s settings and enter it.') }],
    };
  }
  if (!(error instanceof StoreError)) return undefined;
  return {
    code: 'connection-unreadable',
    severity: 'error',
    title: storeErrorText(error),
    explanation: l10n.t('So nothing can be asked by this connection.'),
    remedies: [{ text: l10n.t('Put that right, or choose another connection.') }],
  };
}
