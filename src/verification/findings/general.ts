import * as l10n from '@vscode/l10n';
import { checkTitle } from '../checkTitles.ts';
import type { AnyCheckId, Finding } from '../verification.ts';

export function skippedBecause(cause: AnyCheckId): string {
  return l10n.t('Skipped: “{0}” did not succeed.', checkTitle(cause));
}

/** For what nobody foresaw: says so, and asks for what support needs. */
export function unknownFailure(error: unknown): Finding {
  return {
    code: 'unknown',
    severity: 'error',
    title: l10n.t('An unexpected error stopped this check.'),
    // The name only: an error's message may repeat what a server or a file said.
    explanation: l10n.t(
      'The program does not know this failure ({0}).',
      error instanceof Error ? error.name : typeof error,
    ),
    remedies: [{ text: l10n.t('Run it again. If it stays, copy the report and open an issue with it.') }],
  };
}
