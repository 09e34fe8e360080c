import * as l10n from '@vscode/l10n';
import { discoverEwsUrl } from '../../ews/autodiscover.ts';
import type { CheckScope, CheckSuccess } from '../checkRunner.ts';
import { explain } from '../explain.ts';
import { autodiscoverFellBack } from '../findings/notices.ts';
import type { CheckInput } from './checkInput.ts';

/** Finds the EWS address: the connection's own wins, then Autodiscover's, then the cloud's. */
export async function checkEwsEndpoint(scope: CheckScope, input: CheckInput): Promise<CheckSuccess<string>> {
  const { ewsOverride, ewsDefault, autodiscover, trustsEwsUrl } = input.endpoints();
  if (ewsOverride !== undefined) {
    return { value: ewsOverride, detail: l10n.t('{0}, as entered under Advanced.', ewsOverride) };
  }
  try {
    const value = await discoverEwsUrl(scope.http, {
      base: autodiscover,
      mailbox: input.settings.testMailbox,
      userAgent: input.userAgent,
      allows: trustsEwsUrl,
    });
    return { value, detail: l10n.t('{0}, found by Autodiscover.', value) };
  } catch (error) {
    if (scope.signal.aborted) throw error;
    return {
      value: ewsDefault,
      detail: ewsDefault,
      findings: [autodiscoverFellBack(explain(error, input.context), ewsDefault)],
    };
  }
}
