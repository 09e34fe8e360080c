import * as l10n from '@vscode/l10n';
import { makeAccountField } from './accountField.ts';
import type { AccountFieldOptions } from './accountField.ts';
import { show } from './dom.ts';
import { makeFileField } from './fileField.ts';
import { makeFormField, makeSecretField } from './formFields.ts';
import { makeRadioField } from './radioField.ts';
import { makeRegistrationField } from './registrationField.ts';
import { makeScopedAccessField } from './scopedAccessField.ts';
import type { Field } from './fields.ts';
import type { FormContext } from './formFields.ts';
import type { SignInMethod, SignInWay, ToPage, WizardView } from '../protocol.ts';

export interface SignInFields {
  readonly fields: readonly Field[];
  /** All of it, in reading order. */
  readonly elements: readonly HTMLElement[];
  update(view: WizardView): void;
  choose(form: Extract<ToPage, { type: 'choose' }>['form']): void;
}

export interface SignInActions extends AccountFieldOptions {
  readonly registrationSignIn: (way: SignInWay) => void;
  chooseCertificate(): void;
}

/** The sign-in method and the fields of the chosen one; those of the others keep their contents, out of sight. */
export function makeSignInFields(context: FormContext, view: WizardView, actions: SignInActions): SignInFields {
  const { draft, left } = context;
  const clientId = makeFormField(context, 'clientId', { label: l10n.t('Application (client) ID'), hint: '' });
  const certificate = makeFileField({
    id: 'certificate',
    label: l10n.t('Certificate'),
    hint: l10n.t('PEM or PFX with its private key. It must be uploaded to the app registration.'),
    onChoose: () => actions.chooseCertificate(),
  });
  const passphrase = makeSecretField(context, 'passphrase', {
    label: l10n.t('Passphrase'),
    hint: l10n.t('Opens the certificate file.'),
  });
  const clientSecret = makeSecretField(context, 'clientSecret', {
    label: l10n.t('Client secret (value)'),
    hint: l10n.t('The secret’s value, which Microsoft Entra shows only once; not its ID.'),
  });
  const userName = makeFormField(context, 'userName', {
    label: l10n.t('Administrator’s e-mail'),
    hint: l10n.t('An account without multi-factor authentication that has Full Access to the mailboxes.'),
  });
  const password = makeSecretField(context, 'password', { label: l10n.t('Password'), hint: '' });

  const account = makeAccountField(actions);
  const scopedAccess = makeScopedAccessField(draft, actions.host, view);
  const registration = makeRegistrationField({
    host: actions.host,
    form: () => draft.form,
    signIn: actions.registrationSignIn,
    announce: actions.announce,
  });

  let latest = view;
  const arrange = (): void => {
    const method: SignInMethod = draft.form.method;
    show(registration.element, method === 'appCertificate');
    show(certificate.element, method === 'appCertificate');
    const passphraseNeeded =
      latest.certificate?.needsPassphrase === true ||
      latest.errors.passphrase !== undefined ||
      // The host stops asking once the passphrase fits; the field stays as long as there is something in it.
      draft.secrets.passphrase !== '';
    show(passphrase.element, method === 'appCertificate' && passphraseNeeded);
    show(clientSecret.element, method === 'appSecret');
    show(account.element, method === 'account');
    show(scopedAccess.element, method === 'appCertificate' || method === 'appSecret');
    show(userName.element, method === 'password');
    show(password.element, method === 'password');
    clientId.setHint(
      method === 'password' || method === 'account'
        ? l10n.t('Of a public client: an app registration that allows public client flows.')
        : l10n.t('From the overview page of the app registration in Microsoft Entra.'),
    );
  };
  const method = makeRadioField({
    id: 'method',
    label: l10n.t('Sign-in method'),
    choices: view.methods,
    selected: draft.form.method,
    onChange: (id) => {
      draft.set('method', id);
      arrange();
      left('method');
    },
  });

  const fields: readonly Field[] = [
    ...[method, clientId, certificate, passphrase, clientSecret],
    ...[account, userName, password],
  ];
  return {
    fields,
    elements: [
      method.element,
      registration.element,
      ...fields.slice(1).map(({ element }) => element),
      scopedAccess.element,
    ],
    update: (next) => {
      latest = next;
      certificate.setFile(
        next.certificate,
        next.stored.certificate ? l10n.t('A certificate is stored. Choose a file only to replace it.') : '',
      );
      certificate.setBusy(next.busy);
      clientSecret.setStored(next.stored.clientSecret);
      password.setStored(next.stored.password);
      account.update(next.account, next.signInWay);
      scopedAccess.update(next);
      registration.update(next.registration, next.signInWay);
      arrange();
    },
    choose: (form) => {
      if (form.method !== undefined) method.choose(form.method);
      if (form.clientId !== undefined) {
        clientId.fill(form.clientId);
        draft.set('clientId', form.clientId);
      }
    },
  };
}
