import assert from 'node:assert/strict';
import fc from 'fast-check';
import { emptyForm } from '../../../src/webview/credentialsForm.ts';
import { parsePageMessage, parsePageState } from '../../../src/webview/pageMessages.ts';
import type { CredentialsForm, FieldId } from '../../../src/webview/protocol.ts';
import { validateField } from '../../../src/webview/validateCredentials.ts';
import type { ValidationFacts } from '../../../src/webview/validateCredentials.ts';

const clientId = '3fa85f64-5717-4562-b3fc-2c963f66afa6';

const facts = (changes: Partial<ValidationFacts> = {}): ValidationFacts => ({
  secrets: { clientSecret: '', password: '', passphrase: '' },
  otherNames: ['Contoso'],
  stored: { clientSecret: false, password: false, certificate: false },
  certificate: 'none',
  additionalCaBroken: false,
  ...changes,
});
const form = (changes: Partial<CredentialsForm>): CredentialsForm => ({ ...emptyForm, ...changes });
const secret = (clientSecret: string): Partial<ValidationFacts> => ({
  secrets: { clientSecret, password: '', passphrase: '' },
});

interface Case {
  readonly field: FieldId;
  readonly form: Partial<CredentialsForm>;
  readonly facts?: Partial<ValidationFacts>;
  /** What the sentence must speak of; undefined: nothing is wrong. */
  readonly error?: RegExp;
}

const cases: readonly Case[] = [
  { field: 'name', form: { name: ' ' }, error: /Enter a name/ },
  { field: 'name', form: { name: ' contoso ' }, error: /Another connection/ },
  { field: 'name', form: { name: 'x'.repeat(121) }, error: /120/ },
  { field: 'name', form: { name: 'Fabrikam' } },
  { field: 'tenant', form: { tenant: '' }, error: /Enter the tenant/ },
  { field: 'tenant', form: { tenant: 'admin@contoso.com' }, error: /after the @/ },
  { field: 'tenant', form: { tenant: 'https://contoso.com/' }, error: /without https/ },
  { field: 'tenant', form: { tenant: 'contoso' }, error: /neither/ },
  { field: 'tenant', form: { tenant: '..' }, error: /neither/ },
  { field: 'tenant', form: { tenant: 'contoso.onmicrosoft.com' } },
  { field: 'tenant', form: { tenant: 'müller.example' } },
  { field: 'tenant', form: { tenant: clientId } },
  { field: 'clientId', form: { clientId: '' }, error: /Enter the application/ },
  { field: 'clientId', form: { clientId: 'my app' }, error: /has the form/ },
  { field: 'clientId', form: { clientId: ` ${clientId} ` } },
  { field: 'clientSecret', form: { method: 'appSecret' }, error: /Enter the client secret/ },
  { field: 'clientSecret', form: { method: 'appSecret' }, facts: secret(clientId), error: /secret’s ID.*Value/ },
  { field: 'clientSecret', form: { method: 'appSecret' }, facts: secret('abc8Q~value') },
  {
    field: 'clientSecret',
    form: { method: 'appSecret' },
    facts: { stored: { clientSecret: true, password: false, certificate: false } },
  },
  { field: 'clientSecret', form: { method: 'password' } },
  { field: 'certificate', form: { method: 'appCertificate' }, error: /Choose the file/ },
  { field: 'certificate', form: { method: 'appCertificate' }, facts: { certificate: 'opened' } },
  {
    field: 'certificate',
    form: { method: 'appCertificate' },
    facts: { certificate: { reason: 'tooShort', detail: '1024' } },
    error: /1024 bits.*2048/,
  },
  {
    field: 'passphrase',
    form: { method: 'appCertificate' },
    facts: { certificate: { reason: 'wrongPassphrase', detail: '' } },
    error: /wrong/,
  },
  {
    field: 'certificate',
    form: { method: 'appCertificate' },
    facts: { certificate: { reason: 'wrongPassphrase', detail: '' } },
  },
  { field: 'userName', form: { method: 'password', userName: 'admin' }, error: /not an e-mail/ },
  { field: 'userName', form: { method: 'appSecret', userName: 'admin' } },
  { field: 'password', form: { method: 'password' }, error: /password/ },
  { field: 'testMailbox', form: { testMailbox: '' }, error: /Enter an e-mail/ },
  { field: 'testMailbox', form: { testMailbox: 'a b@contoso.com' }, error: /not an e-mail/ },
  { field: 'testMailbox', form: { testMailbox: 'jürgen@müller.example' } },
  { field: 'ewsUrl', form: { ewsUrl: '' } },
  { field: 'ewsUrl', form: { cloud: 'custom', ewsUrl: '' }, error: /custom cloud/ },
  { field: 'authorityUrl', form: { cloud: 'custom' }, error: /custom cloud/ },
  { field: 'graphUrl', form: { cloud: 'custom' } },
  { field: 'ewsUrl', form: { ewsUrl: 'mail.contoso.com' }, error: /https/ },
  { field: 'ewsUrl', form: { ewsUrl: 'http://mail.contoso.com' }, error: /https/ },
  { field: 'ewsUrl', form: { ewsUrl: 'https://me:secret@mail.contoso.com' }, error: /user name/ },
  { field: 'ewsUrl', form: { ewsUrl: 'https://mail.contoso.com/EWS/Exchange.asmx' } },
  { field: 'additionalCa', form: {}, facts: { additionalCaBroken: true }, error: /no certificate/ },
];

describe('Judging a field', () => {
  for (const { field, form: changes, facts: given, error } of cases) {
    const what = JSON.stringify({ ...changes, ...given });
    it(`${field} ${what} ${error ? 'is refused' : 'is taken'}`, () => {
      const said = validateField(field, form(changes), facts(given));
      if (error) assert.match(said ?? '', error);
      else assert.equal(said, undefined);
    });
  }
});

describe('The door for the page’s messages', () => {
  const secrets = { clientSecret: '', password: '', passphrase: '' };

  it('takes what the page sends', () => {
    for (const message of [
      { type: 'ready' },
      { type: 'next', form: emptyForm, secrets },
      { type: 'left', field: 'name', form: emptyForm, secrets },
      { type: 'openLink', link: 'https://contoso.com/' },
      { type: 'configure' },
    ]) {
      assert.deepEqual(parsePageMessage(message), message);
    }
  });

  it('refuses everything else', () => {
    for (const message of [
      undefined,
      null,
      'ready',
      {},
      { type: 'delete' },
      { type: 'ready', more: true },
      { type: 'next', form: { ...emptyForm, name: 5 }, secrets },
      { type: 'next', form: { ...emptyForm, name: 'x'.repeat(5000) }, secrets },
      { type: 'next', form: { ...emptyForm, cloud: 'mars' }, secrets },
      { type: 'left', field: 'toString', form: emptyForm, secrets },
      { type: 'openLink', link: 'http://contoso.com/' },
      { type: 'openLink', link: 'command:workbench.action.quit' },
      { type: 'openLink', link: 'file:///etc/passwd' },
    ]) {
      assert.equal(parsePageMessage(message), undefined, JSON.stringify(message));
    }
  });

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.anything(), (anything) => {
        parsePageMessage(anything);
        return parsePageState(anything) === undefined;
      }),
    );
  });
});
