import * as l10n from '@vscode/l10n';
import type { Remedy } from '../verification.ts';

/** An administrator signs in from here, and the app is granted what it lacks. */
export function grantRemedy(): Remedy {
  return { text: l10n.t('Grant the permission…'), action: { kind: 'grantPermission' } };
}
