import * as l10n from '@vscode/l10n';
import { targetSignInMethods } from '../connections/targetConnection.ts';
import type { TargetSignInMethod } from '../connections/targetConnection.ts';
import { targetMethodName } from '../connections/settingNames.ts';
import type { Choice } from './protocol.ts';

export function targetMethodChoices(): Choice<TargetSignInMethod>[] {
  return targetSignInMethods.map((id) => ({ id, label: targetMethodName(id), hint: hint(id) }));
}

function hint(method: TargetSignInMethod): string {
  switch (method) {
    case 'ntlm':
      return l10n.t('What Exchange offers by itself; the password is not sent.');
    case 'basic':
      return l10n.t('Where it is switched on for EWS; the password is sent over TLS.');
  }
}
