import * as l10n from '@vscode/l10n';
import { longestName, sameName } from '../connections/connectionNames.ts';
import { isMailAddress } from '../connections/settingForms.ts';

const withDomain = /\.[^.@]+$/u;

/** What is wrong with the name of a connection. @param others names that are taken */
export function nameError(name: string, others: readonly string[]): string | undefined {
  if (name === '') return l10n.t('Enter a name for the connection.');
  if (name.length > longestName) return l10n.t('At most 120 characters.');
  if (others.some((other) => sameName(other, name))) return l10n.t('Another connection has this name.');
  return undefined;
}

/** What is wrong with an e-mail address. */
export function addressError(address: string): string | undefined {
  if (address === '') return l10n.t('Enter an e-mail address.');
  if (!isMailAddress(address) || !withDomain.test(address)) return l10n.t('This is not an e-mail address.');
  return undefined;
}
