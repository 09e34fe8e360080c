import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { fingerprintOf } from '../../../src/verification/fingerprint.ts';
import { parseSecret, serializeSecret } from '../../../src/connections/secret.ts';
import { isLogonName } from '../../../src/connections/settingForms.ts';
import {
  ewsAddressOf,
  targetConnection,
  targetSettings,
  targetSettingsOf,
} from '../../../src/connections/targetConnection.ts';
import type { TargetSettings } from '../../../src/connections/targetConnection.ts';

const settings: TargetSettings = {
  name: 'Headquarters',
  server: { ews: ewsAddressOf('mail.contoso.com'), from: 'serverName' },
  signIn: { method: 'ntlm', userName: 'CONTOSO\\migration' },
  testMailbox: 'user@contoso.com',
};
const definition = {
  ...settings,
  schemaVersion: 1,
  kind: 'exchangeServer',
  id: '3b8a8a52-6a4e-4d6a-9a53-0c0f4a1c8d11',
  revision: '3b8a8a52-6a4e-4d6a-9a53-0c0f4a1c8d12',
  modifiedAt: '2026-11-24T12:00:00.000Z',
};

describe('The definition of a target connection', () => {
  it('holds the settings and what belongs to its file', () => {
    const connection = targetConnection.parse(definition);
    assert.deepEqual(targetSettingsOf(connection), settings);
    assert.equal(settings.server.ews, 'https://mail.contoso.com/EWS/Exchange.asmx');
  });

  it('has a fingerprint that changes with what matters to a verification', () => {
    const of = (changes: object): string => fingerprintOf(targetConnection.parse({ ...definition, ...changes }));
    assert.equal(of({ name: 'Another name' }), of({}));
    assert.notEqual(of({ secretKey: 'connection.x.y' }), of({}));
    assert.notEqual(of({ signIn: { method: 'basic', userName: 'CONTOSO\\migration' } }), of({}));
  });

  for (const [what, wrong] of Object.entries({
    'an address without TLS': { server: { ews: 'http://mail.contoso.com/EWS/Exchange.asmx', from: 'typed' } },
    'an address with a password': { server: { ews: 'https://a:b@mail.contoso.com/', from: 'typed' } },
    'another way to sign in': { signIn: { method: 'kerberos', userName: 'CONTOSO\\migration' } },
    'a password': { password: 'secret' },
    'a user name without a domain': { signIn: { method: 'basic', userName: 'migration' } },
    'no mailbox': { testMailbox: '' },
  })) {
    it(`does not take ${what}`, () => {
      assert.equal(targetSettings.safeParse({ ...settings, ...wrong }).success, false);
    });
  }

  it('takes user names as domains have them', () => {
    for (const name of ['CONTOSO\\svc migration', 'contoso.local\\jürgen', 'a@contoso.com'])
      assert.ok(isLogonName(name));
    for (const name of ['a', '\\a', 'A\\', 'A\\b\\c', 'A\\b:c', 'A\\b@c', 'a\nb\\c', `A\\${'x'.repeat(400)}`])
      assert.ok(!isLogonName(name), name);
  });

  it('has a secret of its own kind', () => {
    const secret = { method: 'ntlm', password: 'Pa$$w0rd' } as const;
    assert.deepEqual(parseSecret(serializeSecret(secret)), secret);
    assert.equal(parseSecret('{"method":"ntlm","password":""}'), undefined);
  });
});
