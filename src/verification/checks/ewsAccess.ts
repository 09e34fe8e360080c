import * as l10n from '@vscode/l10n';
import { bearer } from '../../ews/authorization/bearer.ts';
import { probeAccess } from '../../ews/accessProbe.ts';
import { EwsSession } from '../../ews/ewsSession.ts';
import type { CheckScope, CheckSuccess } from '../checkRunner.ts';
import type { CheckInput } from './checkInput.ts';
import type { SignedIn } from './signIn.ts';

/** Whether EWS answers for this tenant, app and token at all, whatever the mailbox. */
export async function checkEwsAccess(
  scope: CheckScope,
  input: CheckInput,
  signedIn: SignedIn,
  url: string,
): Promise<CheckSuccess<undefined>> {
  const probe = await probeAccess(scope.http, newSession(input, signedIn, url));
  const detail =
    probe.serverVersion === undefined
      ? l10n.t('Exchange accepts the token.')
      : l10n.t('Exchange {0} accepts the token.', probe.serverVersion);
  return { value: undefined, detail };
}

/** @param mailbox that the requests are about; the test mailbox unless told */
export function newSession(
  input: CheckInput,
  signedIn: SignedIn,
  url: string,
  mailbox = input.settings.testMailbox,
): EwsSession {
  return new EwsSession({
    url,
    authorization: bearer(signedIn.token),
    anchorMailbox: mailbox,
    userAgent: input.userAgent,
  });
}
