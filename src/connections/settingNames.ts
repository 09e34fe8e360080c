import * as l10n from '@vscode/l10n';
import type { CloudId, SignInMethod } from './sourceConnection.ts';
import type { TargetSignInMethod } from './targetConnection.ts';

export function cloudName(id: CloudId): string {
  switch (id) {
    case 'worldwide':
      return l10n.t('Worldwide (and GCC)');
    case 'gccHigh':
      return l10n.t('US Government GCC High');
    case 'dod':
      return l10n.t('US Government DoD');
    case 'china':
      return l10n.t('China (21Vianet)');
    case 'bleu':
      return l10n.t('France (Bleu)');
    case 'delos':
      return l10n.t('Germany (Delos)');
    case 'custom':
      return l10n.t('Custom');
  }
}

export function methodName(method: SignInMethod): string {
  switch (method) {
    case 'appCertificate':
      return l10n.t('App registration with certificate');
    case 'appSecret':
      return l10n.t('App registration with client secret');
    case 'account':
      return l10n.t('Administrator’s account, signed in with the browser or a code');
    case 'password':
      return l10n.t('Administrator’s e-mail and password');
  }
}

export function targetMethodName(method: TargetSignInMethod): string {
  switch (method) {
    case 'ntlm':
      return l10n.t('Windows sign-in (NTLM)');
    case 'basic':
      return l10n.t('Basic authentication');
  }
}
