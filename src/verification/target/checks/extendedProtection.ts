import * as l10n from '@vscode/l10n';
import type { CheckScope, CheckSuccess } from '../../checkRunner.ts';
import type { TargetInput } from '../targetInput.ts';
import { worksUnbound } from './authentication.ts';

/**
 * Whether the server demands that NTLM is bound to the TLS connection (Extended Protection). It has been signed in to with
 * that binding; what it says without shows the rest. A binding that is wanted does not count as a wrong password.
 */
export async function checkExtendedProtection(
  scope: CheckScope,
  input: TargetInput,
): Promise<CheckSuccess<{ readonly required: boolean }>> {
  if (input.context.method === 'basic') {
    return { value: { required: false }, detail: l10n.t('Concerns Windows authentication only, not Basic.') };
  }
  const required = !(await worksUnbound(scope, input));
  return {
    value: { required },
    detail: required
      ? l10n.t('Required, and satisfied: without its binding to TLS the same sign-in is refused.')
      : l10n.t('Not required; sign-ins are bound to TLS all the same.'),
  };
}
