import * as l10n from '@vscode/l10n';
import { findEwsAddress } from '../../identity/ewsAddress.ts';
import type { CheckScope, CheckSuccess } from '../checkRunner.ts';
import { explain } from '../explain.ts';
import { autodiscoverFellBack } from '../findings/notices.ts';
import type { CheckInput } from './checkInput.ts';

/** Finds the EWS address: the connection's own wins, then Autodiscover's, then the cloud's. */
export async function checkEwsEndpoint(scope: CheckScope, input: CheckInput): Promise<CheckSuccess<string>> {
  const { userAgent, settings, context } = input;
  const asked = { mailbox: settings.testMailbox, userAgent, signal: scope.signal };
  const { url, from, failure } = await findEwsAddress(scope.http, input.endpoints(), asked);
  switch (from) {
    case 'settings':
      return { value: url, detail: l10n.t('{0}, as entered under Advanced.', url) };
    case 'autodiscover':
      return { value: url, detail: l10n.t('{0}, found by Autodiscover.', url) };
    case 'cloud':
      return { value: url, detail: url, findings: [autodiscoverFellBack(explain(failure, context), url)] };
  }
}
