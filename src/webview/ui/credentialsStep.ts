import * as l10n from '@vscode/l10n';
import { makeActionBar } from './actionBar.ts';
import { makeAdvancedSection } from './advancedSection.ts';
import { makeButton, makeLink } from './controls.ts';
import { make } from './dom.ts';
import { newErrorText } from './fieldErrors.ts';
import { makeDropdownField } from './fields.ts';
import { makeFormField } from './formFields.ts';
import { makeSignInFields } from './signInFields.ts';
import { makeStepHeading } from './stepHeading.ts';
import type { SourceDraft } from './sourceDraft.ts';
import type { Field } from './fields.ts';
import type { FormContext } from './formFields.ts';
import type { Host } from './host.ts';
import type { FieldErrors, FieldId, ToPage, WizardView } from '../protocol.ts';

export interface CredentialsStep {
  readonly element: HTMLElement;
  readonly heading: HTMLElement;
  update(view: WizardView): void;
  /** Puts a name in, if there is none. */
  fillName(name: string): void;
  /** Takes over what the host has chosen. */
  choose(form: Extract<ToPage, { type: 'choose' }>['form']): void;
  focusField(field: FieldId): void;
  /** Lets the user of a new wizard type at once. */
  focusStart(): void;
}

export interface CredentialsServices {
  readonly host: Host;
  readonly draft: SourceDraft;
  readonly announce: (text: string) => void;
}

export function makeCredentialsStep(services: CredentialsServices, view: WizardView): CredentialsStep {
  const { host, draft, announce } = services;
  const filledIn = () => ({ form: draft.form, secrets: draft.secrets });
  const left = (field: FieldId): void => host.post({ type: 'left', field, ...filledIn() });
  const context: FormContext = { draft, left };

  const advanced = makeAdvancedSection(context, {
    chooseAdditionalCa: () => host.post({ type: 'chooseAdditionalCa', form: draft.form }),
    removeAdditionalCa: () => host.post({ type: 'removeAdditionalCa' }),
  });
  const cloud = makeDropdownField({
    id: 'cloud',
    label: l10n.t('Cloud'),
    hint: l10n.t('Where Microsoft hosts the tenant.'),
    choices: view.clouds,
    selected: draft.form.cloud,
    onChange: (id) => {
      draft.set('cloud', id);
      advanced.cloudChosen();
      left('cloud');
    },
  });
  /** Where the focus was when the host was asked for what may end in its moving the focus. */
  let askedFrom: Element | null = null;
  const signIn = makeSignInFields(context, view, {
    host,
    announce,
    signIn: (way) => {
      askedFrom = document.activeElement;
      host.post({ type: 'signIn', way, ...filledIn() });
    },
    registrationSignIn: (way) => {
      askedFrom = document.activeElement;
      host.post({ type: 'registrationSignIn', way, ...filledIn() });
    },
    chooseCertificate: () => {
      askedFrom = document.activeElement;
      host.post({ type: 'chooseCertificate', ...filledIn() });
    },
  });
  const name = makeFormField(context, 'name', {
    label: l10n.t('Connection name'),
    hint: l10n.t('Unique among your connections. If empty, one is proposed from the tenant.'),
  });
  const tenant = makeFormField(context, 'tenant', {
    label: l10n.t('Tenant'),
    hint: l10n.t('One of its domains, such as contoso.onmicrosoft.com, or its ID.'),
  });
  const testMailbox = makeFormField(context, 'testMailbox', {
    label: l10n.t('Mailbox to test with'),
    hint: l10n.t(
      'E-mail address of any mailbox, ideally not the administrator’s. Up to three, separated by semicolons, tell whether a problem is one mailbox’s or all’s.',
    ),
  });
  const fields: readonly Field[] = [name, cloud, tenant, ...signIn.fields, testMailbox, ...advanced.fields];

  const next = makeButton(l10n.t('Next'), 'primary', () => goOn());
  const cancel = makeButton(l10n.t('Cancel'), 'secondary', () => host.post({ type: 'close' }));
  const bar = makeActionBar([next, cancel]);
  let busy = false;
  const goOn = (): void => {
    if (busy) return;
    askedFrom = document.activeElement;
    host.post({ type: 'next', ...filledIn() });
  };

  const heading = makeStepHeading(l10n.t('Admin credentials'));
  const requirements = makeLink(l10n.t('What the account needs'), '#', () => host.post({ type: 'openRequirements' }));
  const intro = make(
    'p',
    'intro',
    l10n.t('Say which tenant to read from, and how to sign in to it.'),
    ' ',
    requirements,
  );
  const groups = make(
    'div',
    '',
    makeGroup(
      l10n.t('Connection'),
      [name, cloud, tenant].map(({ element }) => element),
    ),
    makeGroup(l10n.t('Sign-in'), signIn.elements),
    makeGroup(l10n.t('Test mailbox'), [testMailbox.element]),
    advanced.element,
  );
  groups.addEventListener('keydown', (event) => {
    const inField = event.target instanceof Element && event.target.matches('vscode-text-field, input[type="radio"]');
    if (event.key === 'Enter' && inField && !event.isComposing && !event.repeat) goOn();
  });

  let errors: FieldErrors = view.errors;
  return {
    element: make('div', 'step', heading, intro, groups, bar.element),
    heading,
    update: (latest) => {
      busy = latest.busy;
      bar.setBusy(busy);
      signIn.update(latest);
      advanced.update(latest);
      for (const field of fields) field.setError(latest.errors[field.id]);
      const news = newErrorText(errors, latest.errors, fields);
      if (news !== undefined) announce(news);
      errors = latest.errors;
    },
    fillName: (proposed) => {
      if (name.value() !== '') return;
      name.fill(proposed);
      draft.set('name', proposed);
    },
    choose: (form) => {
      if (form.cloud !== undefined) cloud.choose(form.cloud);
      signIn.choose(form);
    },
    focusField: (id) => {
      const now = document.activeElement;
      // Opening a certificate takes a second: whoever is typing elsewhere by then must not type into a passphrase.
      if (now !== askedFrom && now?.matches('vscode-text-field')) return;
      const field = fields.find((candidate) => candidate.id === id);
      if (advanced.fields.some((candidate) => candidate.id === id)) advanced.open();
      field?.focus();
    },
    focusStart: () => {
      if (draft.form.name === '') name.focus();
    },
  };
}

function makeGroup(title: string, elements: readonly HTMLElement[]): HTMLElement {
  return make('section', 'group', make('h3', '', title), ...elements);
}
