import * as l10n from '@vscode/l10n';
import { mostTestMailboxes } from '../connections/sourceConnection.ts';
import { isHttpsUrl, isTenant } from '../connections/settingForms.ts';
import type { CertificateReason } from '../identity/certificate/certificateError.ts';
import { addressesIn } from './credentialsForm.ts';
import { certificateErrorText } from '../identity/certificate/certificateErrorText.ts';
import { addressError, nameError } from './fieldTexts.ts';
import { fieldIds } from './pageMessages.ts';
import type { CredentialsForm, FieldErrors, FieldId, SecretInputs, WizardView } from './protocol.ts';

/** Everything a judgement needs besides the form. */
export interface ValidationFacts {
  readonly secrets: SecretInputs;
  /** Names of the other connections. */
  readonly otherNames: readonly string[];
  /** Whether a secret of this kind is stored and may be kept. */
  readonly stored: WizardView['stored'];
  /** Whose sign-in is there: one that fits the form, one that was made for another tenant or app, or none. */
  readonly account: 'signedIn' | 'otherSubject' | 'none';
  readonly certificate: 'none' | 'opened' | { readonly reason: CertificateReason; readonly detail: string };
  /** The chosen file of authorities holds none. */
  readonly additionalCaBroken: boolean;
}

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const domain = /^[\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?(\.[\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?)+$/u;

/** All faults of the form. */
export function validateCredentials(form: CredentialsForm, facts: ValidationFacts): FieldErrors {
  const errors: { [field in FieldId]?: string } = {};
  for (const field of fieldIds) {
    const error = validateField(field, form, facts);
    if (error !== undefined) errors[field] = error;
  }
  return errors;
}

/** The first faulty field in reading order. */
export function firstFault(errors: FieldErrors): FieldId | undefined {
  return fieldIds.find((field) => errors[field] !== undefined);
}

/** What is wrong with one field and how to put it right; undefined: nothing. */
export function validateField(field: FieldId, form: CredentialsForm, facts: ValidationFacts): string | undefined {
  switch (field) {
    case 'name':
      return nameError(form.name.trim(), facts.otherNames);
    case 'tenant':
      return tenantError(form.tenant.trim());
    case 'clientId':
      return clientIdError(form.clientId.trim());
    case 'clientSecret':
      return form.method === 'appSecret' ? clientSecretError(facts) : undefined;
    case 'certificate':
    case 'passphrase':
      return form.method === 'appCertificate' ? certificateError(field, facts) : undefined;
    case 'userName':
      return form.method === 'password' ? addressError(form.userName.trim()) : undefined;
    case 'password':
      if (form.method !== 'password' || facts.secrets.password !== '' || facts.stored.password) return undefined;
      return l10n.t('Enter the account’s password.');
    case 'account':
      return form.method === 'account' ? accountError(facts) : undefined;
    case 'testMailbox':
      return testMailboxError(form.testMailbox);
    case 'ewsUrl':
      return urlError(form.ewsUrl.trim(), form.cloud === 'custom');
    case 'authorityUrl':
      return urlError(form.authorityUrl.trim(), form.cloud === 'custom');
    case 'graphUrl':
      return urlError(form.graphUrl.trim(), false);
    case 'additionalCa':
      return facts.additionalCaBroken ? l10n.t('This file holds no certificate that can be read.') : undefined;
    case 'cloud':
    case 'method':
      return undefined; // Chosen from a list.
  }
}

function tenantError(tenant: string): string | undefined {
  if (tenant === '') return l10n.t('Enter the tenant’s domain, such as contoso.onmicrosoft.com, or its directory ID.');
  if (tenant.includes('@')) return l10n.t('Enter the part after the @ only.');
  if (tenant.includes('/')) return l10n.t('Enter the domain alone, without https:// and slashes.');
  if (!isTenant(tenant) || !(guid.test(tenant) || domain.test(tenant)))
    return l10n.t('This is neither a domain nor a directory ID.');
  return undefined;
}

function clientIdError(clientId: string): string | undefined {
  if (clientId === '') return l10n.t('Enter the application (client) ID of the app registration.');
  if (!guid.test(clientId))
    return l10n.t('The application (client) ID has the form 00000000-0000-0000-0000-000000000000.');
  return undefined;
}

function clientSecretError({ secrets, stored }: ValidationFacts): string | undefined {
  const secret = secrets.clientSecret.trim();
  if (secret === '') return stored.clientSecret ? undefined : l10n.t('Enter the client secret’s Value.');
  if (guid.test(secret)) {
    return l10n.t('This is the secret’s ID. Paste its Value: it is shown only once, when the secret is created.');
  }
  return undefined;
}

/** A fault of the passphrase belongs to its field, every other one to the file. */
function certificateError(field: 'certificate' | 'passphrase', facts: ValidationFacts): string | undefined {
  const { certificate, stored } = facts;
  if (certificate === 'opened') return undefined;
  if (certificate === 'none') {
    return field === 'certificate' && !stored.certificate
      ? l10n.t('Choose the file with the certificate and its private key.')
      : undefined;
  }
  const ofPassphrase = certificate.reason === 'passphraseNeeded' || certificate.reason === 'wrongPassphrase';
  return ofPassphrase === (field === 'passphrase')
    ? certificateErrorText(certificate.reason, certificate.detail)
    : undefined;
}

function accountError({ account, stored }: ValidationFacts): string | undefined {
  if (account === 'signedIn') return undefined;
  if (account === 'otherSubject') return l10n.t('The tenant or the application has changed since. Sign in again.');
  return stored.account ? undefined : l10n.t('Sign in with the account first.');
}

function testMailboxError(text: string): string | undefined {
  const addresses = addressesIn(text);
  if (addresses.length > mostTestMailboxes) return l10n.t('At most {0} mailboxes.', mostTestMailboxes);
  if (addresses.length < 2) return addressError(addresses[0] ?? '');
  const wrong = addresses.find((address) => addressError(address) !== undefined);
  return wrong === undefined ? undefined : l10n.t('“{0}” is not an e-mail address.', wrong);
}

function urlError(url: string, needed: boolean): string | undefined {
  if (url === '') return needed ? l10n.t('A custom cloud needs this address.') : undefined;
  const notAnAddress = l10n.t('This is not an address. It begins with https://');
  if (!URL.canParse(url)) return notAnAddress;
  const { protocol, username, password } = new URL(url);
  if (protocol !== 'https:') return l10n.t('The address must begin with https://');
  if (username !== '' || password !== '') return l10n.t('The address must not hold a user name or password.');
  return isHttpsUrl(url) ? undefined : notAnAddress;
}
