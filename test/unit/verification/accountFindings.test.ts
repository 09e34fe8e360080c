import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ConnectionSettings } from '../../../src/connections/sourceConnection.ts';
import {
  DeviceCodeExpiredError,
  NoBrowserError,
  SignInAbandonedError,
} from '../../../src/identity/account/accountSignIn.ts';
import { LoopbackError } from '../../../src/identity/account/loopback.ts';
import { explainAccountSignIn } from '../../../src/verification/findings/account.ts';

describe('An account that could not sign in', () => {
  const settings: ConnectionSettings = {
    name: 'Contoso',
    cloud: 'worldwide',
    tenant: 'contoso.com',
    signIn: { method: 'account', clientId: '3fa85f64-5717-4562-b3fc-2c963f66afa6', userName: '' },
    testMailbox: 'user@contoso.com',
    endpoints: {},
  };
  const taken = new LoopbackError(Object.assign(new Error('in use'), { code: 'EADDRINUSE' }));

  for (const [code, error, title] of [
    ['loopback-unavailable', taken, 'The browser cannot be given a way back to this machine (EADDRINUSE).'],
    ['no-browser', new NoBrowserError(), 'The sign-in page was not opened.'],
    ['sign-in-abandoned', new SignInAbandonedError(), 'Nobody signed in within ten minutes.'],
  ] as const) {
    it(`is told why, and offered the code instead: ${code}`, () => {
      const finding = explainAccountSignIn(error, settings);
      assert.equal(finding.code, code);
      assert.equal(finding.title, title);
      assert.ok(finding.remedies.some(({ text }) => text === 'Sign in with a code instead.'));
    });
  }

  it('is told that its code has expired', () => {
    assert.equal(explainAccountSignIn(new DeviceCodeExpiredError(), settings).code, 'device-code-expired');
  });
});
