import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { nameFromServer, serverKind, serverOf } from '../../../src/webview/targetForm.ts';
import { parseTargetMessage, parseTargetState } from '../../../src/webview/targetMessages.ts';
import { validateTargetField } from '../../../src/webview/validateTarget.ts';
import type { TargetFieldId, TargetForm } from '../../../src/webview/targetProtocol.ts';

const form: TargetForm = {
  name: 'Headquarters',
  server: 'mail.contoso.com',
  method: 'ntlm',
  userName: 'CONTOSO\\migration',
  testMailbox: 'user@contoso.com',
};
const facts = { secrets: { password: 'x' }, otherNames: ['Branch'], stored: false, additionalCaBroken: false };

describe('What is filled in for a target', () => {
  for (const [text, kind, ews] of [
    ['mail.contoso.com', 'serverName', 'https://mail.contoso.com/EWS/Exchange.asmx'],
    [' ex01 ', 'serverName', 'https://ex01/EWS/Exchange.asmx'],
    ['mail.contoso.com:8443', 'serverName', 'https://mail.contoso.com:8443/EWS/Exchange.asmx'],
    ['https://mail.contoso.com/EWS/Exchange.asmx', 'address', 'https://mail.contoso.com/EWS/Exchange.asmx'],
    ['user@contoso.com', 'mailAddress', undefined],
    ['http://mail.contoso.com/', undefined, undefined],
    ['https://user:secret@mail.contoso.com/', undefined, undefined],
    ['mail.contoso.com/owa', undefined, undefined],
    ['mail contoso', undefined, undefined],
    ['', undefined, undefined],
  ] as const) {
    it(`“${text}” is ${kind ?? 'no server'}`, () => {
      assert.equal(serverKind(text), kind);
      assert.equal(serverOf(text, undefined)?.ews, ews);
    });
  }

  it('has the address that Autodiscover found for an e-mail address', () => {
    const found = 'https://mail.contoso.com/EWS/Exchange.asmx';
    assert.deepEqual(serverOf('user@contoso.com', found), { ews: found, from: 'autodiscover' });
  });

  it('gives the connection its name', () => {
    assert.equal(nameFromServer('mail.contoso.com:8443'), 'mail.contoso.com');
    assert.equal(nameFromServer('https://mail.contoso.com/EWS/Exchange.asmx'), 'mail.contoso.com');
    assert.equal(nameFromServer('user@contoso.com'), 'contoso.com');
  });

  const faults: readonly (readonly [TargetFieldId, Partial<TargetForm>, RegExp])[] = [
    ['name', { name: '' }, /^Enter a name/],
    ['name', { name: 'branch' }, /^Another connection/],
    ['server', { server: '' }, /^Enter the server’s name/],
    ['server', { server: 'http://x.example' }, /begin with https/],
    ['server', { server: 'a b' }, /^This is neither/],
    ['userName', { userName: '' }, /^Enter the account’s user name/],
    ['userName', { userName: 'migration' }, /DOMAIN\\user/],
    ['testMailbox', { testMailbox: 'user@contoso' }, /not an e-mail address/],
  ];
  for (const [field, changes, fault] of faults) {
    it(`is told what is wrong with ${JSON.stringify(changes)}`, () => {
      assert.equal(validateTargetField(field, form, facts), undefined);
      assert.match(validateTargetField(field, { ...form, ...changes }, facts) ?? '', fault);
    });
  }

  it('needs a password, unless one is stored', () => {
    const without = { ...facts, secrets: { password: '' } };
    assert.match(validateTargetField('password', form, without) ?? '', /^Enter the account’s password/);
    assert.equal(validateTargetField('password', form, { ...without, stored: true }), undefined);
  });
});

describe('The messages of a target’s wizard', () => {
  const next = { type: 'next', form, secrets: { password: 'x' } };

  it('are taken as the protocol has them', () => {
    assert.deepEqual(parseTargetMessage(next), next);
    assert.deepEqual(parseTargetMessage({ type: 'finish' }), { type: 'finish' });
  });

  for (const message of [
    undefined,
    'finish',
    { type: 'delete' },
    { ...next, more: 1 },
    { ...next, form: { ...form, method: 'digest' } },
    { ...next, secrets: { password: 'x'.repeat(5000) } },
    { type: 'openLink', link: 'http://x.example/' },
    { type: 'openTroubleshooting', code: '../secret' },
  ]) {
    it(`are refused otherwise: ${JSON.stringify({ message }).slice(0, 60)}`, () => {
      assert.equal(parseTargetMessage(message), undefined);
    });
  }

  it('and its state over a reload, which has no place for a secret', () => {
    const state = { draftId: 'new', step: 'credentials', form };
    assert.deepEqual(parseTargetState(state), state);
    assert.equal(parseTargetState({ ...state, secrets: { password: 'x' } }), undefined);
    assert.equal(parseTargetState({ ...state, form: { ...form, password: 'x' } }), undefined);
  });
});
