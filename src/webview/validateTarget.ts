import * as l10n from '@vscode/l10n';
import { isLogonName } from '../connections/settingForms.ts';
import { addressError, nameError } from './fieldTexts.ts';
import { serverKind } from './targetForm.ts';
import type { TargetFieldId, TargetForm, TargetSecrets } from './targetProtocol.ts';

/** Everything a judgement needs besides the form. */
export interface TargetFacts {
  readonly secrets: TargetSecrets;
  /** Names of the other connections. */
  readonly otherNames: readonly string[];
  /** Whether a password is stored and may be kept. */
  readonly stored: boolean;
  /** The chosen file of authorities holds none. */
  readonly additionalCaBroken: boolean;
}

/** What is wrong with one field and how to put it right; undefined: nothing. */
export function validateTargetField(field: TargetFieldId, form: TargetForm, facts: TargetFacts): string | undefined {
  switch (field) {
    case 'name':
      return nameError(form.name.trim(), facts.otherNames);
    case 'server':
      return serverError(form.server.trim());
    case 'userName':
      return userNameError(form.userName.trim());
    case 'password':
      return facts.secrets.password === '' && !facts.stored ? l10n.t('Enter the account’s password.') : undefined;
    case 'testMailbox':
      return addressError(form.testMailbox.trim());
    case 'additionalCa':
      return facts.additionalCaBroken ? l10n.t('This file holds no certificate that can be read.') : undefined;
    case 'method':
      return undefined; // Chosen from a list.
  }
}

function serverError(server: string): string | undefined {
  if (server === '') return l10n.t('Enter the server’s name, such as mail.contoso.com, or an e-mail address.');
  if (/^http:/i.test(server)) return l10n.t('The address must begin with https://');
  return serverKind(server) === undefined
    ? l10n.t('This is neither a server’s name nor an address that begins with https:// nor an e-mail address.')
    : undefined;
}

function userNameError(userName: string): string | undefined {
  if (userName === '') return l10n.t('Enter the account’s user name.');
  return isLogonName(userName) ? undefined : l10n.t('A user name has the form DOMAIN\\user or user@contoso.com.');
}
