import * as l10n from '@vscode/l10n';
import type { AccountView } from '../protocol.ts';

/** Whether a sign-in has begun and not ended. */
export function isUnderWay({ state }: AccountView): boolean {
  return state === 'starting' || state === 'browser' || state === 'code';
}

export interface AccountStatus {
  /** Codicon; absent: it is under way. */
  readonly symbol?: string;
  /** Empty where something else says it. */
  readonly sentence: string;
}

/** One sentence on where the sign-in of an account stands. */
export function accountStatus(account: AccountView): AccountStatus {
  switch (account.state) {
    case 'signedOut':
      return { symbol: 'account', sentence: l10n.t('Nobody has signed in yet.') };
    case 'starting':
      return { sentence: l10n.t('Asking the sign-in service…') };
    case 'browser':
      return {
        sentence: l10n.t('The sign-in page is open in your browser. Sign in there; this page goes on by itself.'),
      };
    case 'code':
      return {
        sentence: l10n.t('Waiting until the code {0} has been entered.', account.userCode),
      };
    case 'signedIn':
      return { symbol: 'pass-filled', sentence: l10n.t('Signed in as {0}.', account.userName) };
    case 'failed':
      return { symbol: 'error', sentence: '' };
  }
}
