import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { emptyForm } from '../../../src/webview/credentialsForm.ts';
import { parsePageMessage, parsePageState } from '../../../src/webview/pageMessages.ts';
import type { FromPage, PageState } from '../../../src/webview/protocol.ts';

const form = emptyForm;
const secrets = { clientSecret: 'a', password: 'b', passphrase: 'c' };
const state: PageState = {
  draftId: 'new',
  attemptId: '5f0c3a53-6d05-4a39-9d5c-27d0a8f3f8c1',
  step: 'credentials',
  form,
  advancedOpen: true,
};

const allowed: readonly FromPage[] = [
  { type: 'ready' },
  { type: 'ready', restored: { ...state, connectionId: '3fa85f64-5717-4562-b3fc-2c963f66afa6' } },
  { type: 'left', field: 'passphrase', form, secrets },
  { type: 'changed', form, advancedOpen: false },
  { type: 'chooseCertificate', form, secrets },
  { type: 'chooseAdditionalCa', form },
  { type: 'removeAdditionalCa' },
  { type: 'next', form, secrets },
  { type: 'back' },
  { type: 'configure' },
  { type: 'cancel' },
  { type: 'finish' },
  { type: 'saveUnverified' },
  { type: 'copyReport' },
  { type: 'copyText', text: 'Connect-ExchangeOnline' },
  { type: 'openLink', link: 'https://login.microsoftonline.com/contoso.com/adminconsent?client_id=x' },
  { type: 'openRequirements' },
  { type: 'close' },
];

describe('A message of the wizard’s page', () => {
  it('is let in as it is when it is one that the page may send', () => {
    for (const message of allowed) assert.deepEqual(parsePageMessage(message), message);
  });

  const refused: readonly (readonly [string, unknown])[] = [
    ['nothing', undefined],
    ['null', null],
    ['text', 'finish'],
    ['a list', ['finish']],
    ['an unknown type', { type: 'deleteEverything' }],
    ['no type', { form }],
    ['something added', { type: 'finish', force: true }],
    ['something added to the form', { type: 'changed', form: { ...form, id: 'x' }, advancedOpen: false }],
    ['a form that lacks a field', { type: 'changed', form: { ...form, name: undefined }, advancedOpen: false }],
    ['an unknown cloud', { type: 'next', form: { ...form, cloud: 'moon' }, secrets }],
    ['an unknown method', { type: 'next', form: { ...form, method: 'magic' }, secrets }],
    ['an unknown field', { type: 'left', field: '__proto__', form, secrets }],
    ['a number for a text', { type: 'next', form: { ...form, tenant: 5 }, secrets }],
    ['a text without end', { type: 'next', form: { ...form, tenant: 'x'.repeat(4097) }, secrets }],
    ['http', { type: 'openLink', link: 'http://evil.example' }],
    ['a command', { type: 'openLink', link: 'command:workbench.action.quit' }],
    ['a file', { type: 'openLink', link: 'file:///etc/passwd' }],
    ['a script', { type: 'openLink', link: 'javascript:alert(1)' }],
    ['too much to copy', { type: 'copyText', text: 'x'.repeat(20_001) }],
    ['a state that is none', { type: 'ready', restored: {} }],
  ];
  for (const [what, message] of refused) {
    it(`is refused when it is ${what}`, () => assert.equal(parsePageMessage(message), undefined));
  }

  it('is refused, never an error, whatever it is', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withSparseArray: true }), (message) => {
        assert.equal(parsePageMessage(message), undefined);
        assert.equal(parsePageState(message), undefined);
      }),
    );
  });

  it('is refused when a single value of it is replaced by one of another kind', () => {
    const replaced = fc
      .constantFrom(...allowed)
      .chain((message) =>
        fc.tuple(
          fc.constant(message),
          fc.constantFrom(...Object.keys(message)),
          fc.oneof(fc.integer(), fc.constant(null), fc.object()),
        ),
      );
    fc.assert(
      fc.property(replaced, ([message, key, value]) => {
        assert.equal(parsePageMessage({ ...message, [key]: value }), undefined);
      }),
    );
  });
});

describe('What VS Code kept of a page', () => {
  it('is taken up again when it is of this version', () => {
    assert.deepEqual(parsePageState(JSON.parse(JSON.stringify(state))), state);
    assert.equal(parsePageState({ ...state, step: 'other' }), undefined);
    assert.equal(parsePageState({ ...state, secrets }), undefined);
  });
});
