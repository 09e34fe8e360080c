import * as l10n from '@vscode/l10n';
import type { RequestPhase } from '../../ews/transport/transportError.ts';
import { TransportError } from '../../ews/transport/transportError.ts';
import { hostOf } from './hostOf.ts';
import type { Finding } from '../verification.ts';

/** A check's deadline has passed. @param error what it ended with, which may tell how far it had come */
export function timedOut(deadlineMs: number, error?: unknown): Finding {
  const waiting = error instanceof TransportError ? error : undefined;
  const host = waiting && hostOf(waiting.url);
  const seconds = Math.round(deadlineMs / 1000);
  return {
    code: 'timeout',
    severity: 'error',
    title:
      host === undefined
        ? l10n.t('No answer within {0} seconds.', seconds)
        : l10n.t('No answer of {0} within {1} seconds.', host, seconds),
    explanation: phaseText(waiting?.phase),
    remedies: [
      { text: l10n.t('Run the verification again. Details shows which request got no answer.') },
      ...(host === undefined
        ? []
        : [{ text: l10n.t('Ask for HTTPS (port 443) to be allowed from this machine to {0}.', host) }]),
      { text: l10n.t('On a slow network raise the setting exchangeMigration.verification.checkTimeout.') },
    ],
  };
}

/** What a timeout in this phase looks like. */
export function phaseText(phase: RequestPhase | undefined): string {
  switch (phase) {
    case 'connect':
      return l10n.t(
        'Not even a connection was made: a firewall that drops packets, or a wrong address, looks like this.',
      );
    case 'tls':
      return l10n.t('The machine answers, but TLS was not agreed on: something on the way may hold the connection up.');
    case 'answer':
      return l10n.t(
        'The request was sent and no answer began: the service is slow, or something on the way holds it back.',
      );
    case 'body':
      return l10n.t('The answer began and did not end: the service or something on the way got stuck.');
    case undefined:
      return l10n.t('The connection was made or tried, but the answer did not arrive in time.');
  }
}
