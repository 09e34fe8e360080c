import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ConnectionSettings } from '../../../src/connections/sourceConnection.ts';
import {
  DeviceCodeExpiredError,
  NoBrowserError,
  SignInAbandonedError,
} from '../../../src/identity/account/accountSignIn.ts';
import { LoopbackError } from '../../../src/identity/account/loopback.ts';
import { GraphError } from '../../../src/identity/graph/graphError.ts';
import { SignInError } from '../../../src/identity/signInError.ts';
import { explainRegistration } from '../../../src/verification/findings/registration.ts';
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

  it('is not told a token that the service has repeated, neither signing in nor registering an app', () => {
    const token = `eyJ${'hbGciOiJub25lIn0'.repeat(3)}.eyJzdWIiOiJ4In0.c2ln`;
    const refusal = new SignInError({
      ...{ status: 400, error: 'invalid_grant', codes: [12345], description: `You sent ${token}` },
      ...{ traceId: '', correlationId: '', timestamp: '' },
    });
    const graph = new GraphError({
      ...{ operation: 'createApplication', status: 400, codes: [token], message: `Bearer ${token}` },
      ...{ requestId: token, retryAfter: undefined },
    });
    for (const finding of [explainAccountSignIn(refusal, settings), explainRegistration(graph, settings)]) {
      assert.ok(!JSON.stringify(finding).includes('eyJ'), JSON.stringify(finding));
      assert.ok(JSON.stringify(finding).includes('•••'));
    }
  });

  it('is told that its code has expired', () => {
    assert.equal(explainAccountSignIn(new DeviceCodeExpiredError(), settings).code, 'device-code-expired');
  });
});
