import * as l10n from '@vscode/l10n';
import { cloudIds, signInMethods } from '../connections/sourceConnection.ts';
import { cloudName, methodName } from '../connections/settingNames.ts';
import type { CloudId, SignInMethod } from '../connections/sourceConnection.ts';
import type { Choice } from './protocol.ts';

function methodHint(method: SignInMethod): string {
  switch (method) {
    case 'appCertificate':
      return l10n.t('Recommended: opens all mailboxes, needs no second factor.');
    case 'appSecret':
      return l10n.t('Opens all mailboxes; the secret expires.');
    case 'account':
      return l10n.t('With multi-factor authentication; opens only mailboxes with Full Access.');
    case 'password':
      return l10n.t('No second factor, no federation; opens only mailboxes with Full Access.');
  }
}

export function cloudChoices(): Choice<CloudId>[] {
  return cloudIds.map((id) => ({ id, label: cloudName(id) }));
}

export function methodChoices(): Choice<SignInMethod>[] {
  return signInMethods.map((id) => ({ id, label: methodName(id), hint: methodHint(id) }));
}
