import * as l10n from '@vscode/l10n';
import type { ConnectionSettings } from '../../connections/sourceConnection.ts';
import { DeviceCodeExpiredError, NoBrowserError, SignInAbandonedError } from '../../identity/account/accountSignIn.ts';
import { LoopbackError } from '../../identity/account/loopback.ts';
import { contextOf } from '../context.ts';
import { explain } from '../explain.ts';
import { Redaction } from '../redaction.ts';
import { deviceCodeExpired } from './accountEntries.ts';
import type { Finding } from '../verification.ts';

/** Says why an account could not be signed in. A token that a server repeated is not told on. */
export function explainAccountSignIn(error: unknown, settings: ConnectionSettings): Finding {
  return new Redaction().cleanFinding(explainAttempt(error, settings));
}

function explainAttempt(error: unknown, settings: ConnectionSettings): Finding {
  const withCode = l10n.t('Sign in with a code instead.');
  if (error instanceof LoopbackError) {
    return {
      code: 'loopback-unavailable',
      severity: 'error',
      title: l10n.t('The browser cannot be given a way back to this machine ({0}).', error.code),
      explanation: l10n.t('A security program may forbid to listen on a local port.'),
      remedies: [{ text: withCode }],
    };
  }
  if (error instanceof NoBrowserError) {
    return {
      code: 'no-browser',
      severity: 'error',
      title: l10n.t('The sign-in page was not opened.'),
      explanation: l10n.t('Opening it was declined, or this machine has no browser.'),
      remedies: [{ text: l10n.t('Try again and allow the page to be opened.') }, { text: withCode }],
    };
  }
  if (error instanceof SignInAbandonedError) {
    return {
      code: 'sign-in-abandoned',
      severity: 'error',
      title: l10n.t('Nobody signed in within ten minutes.'),
      explanation: l10n.t('The sign-in page was closed, or the browser could not come back to this machine.'),
      remedies: [{ text: l10n.t('Sign in again.') }, { text: withCode }],
    };
  }
  if (error instanceof DeviceCodeExpiredError) return deviceCodeExpired();
  return explain(error, contextOf(settings, ''));
}
