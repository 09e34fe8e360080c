import assert from 'node:assert/strict';
import fc from 'fast-check';
import { signInEvidence } from '../../../src/identity/signInError.ts';
import { readClaims } from '../../../src/identity/tokenClaims.ts';

describe('The sign-in service’s refusal', () => {
  it('is taken apart: codes, first sentence, ids', () => {
    const evidence = signInEvidence(
      {
        error: 'invalid_client',
        error_description:
          'AADSTS7000215: Invalid client secret provided. Ensure the value. Trace ID: 1 Correlation ID: 2 Timestamp: 3',
        error_codes: [7000215],
        trace_id: 'trace',
        correlation_id: 'correlation',
        timestamp: '2026-11-22 10:00:00Z',
      },
      401,
    );
    assert.deepEqual(evidence, {
      status: 401,
      error: 'invalid_client',
      codes: [7000215],
      description: 'Invalid client secret provided. Ensure the value.',
      traceId: 'trace',
      correlationId: 'correlation',
      timestamp: '2026-11-22 10:00:00Z',
    });
  });

  it('gives its codes by its text when the list is absent', () => {
    assert.deepEqual(signInEvidence({ error: 'x', error_description: 'AADSTS90002: Tenant.' }, 400)?.codes, [90002]);
  });

  it('is none when the body is not of that form', () => {
    for (const body of [undefined, null, 'text', [], {}, { error: 5 }])
      assert.equal(signInEvidence(body, 400), undefined);
  });
});

describe('The claims of a token', () => {
  const token = (claims: unknown): string =>
    `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`;

  it('tell roles of an app and scopes of an account', () => {
    assert.deepEqual(readClaims(token({ roles: ['full_access_as_app'], appid: 'id', app_displayname: 'App' }))?.roles, [
      'full_access_as_app',
    ]);
    assert.deepEqual(readClaims(token({ scp: 'a EWS.AccessAsUser.All', upn: 'u' }))?.scopes, [
      'a',
      'EWS.AccessAsUser.All',
    ]);
  });

  it('are unknown when a token is not readable, whatever it is', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (head, rest) => {
        readClaims(`${head}.${rest}`); // Does not throw.
        return true;
      }),
    );
    for (const broken of ['', 'a', 'a.b.c', token('text'), token({ roles: 'text' })]) {
      assert.equal(readClaims(broken), undefined);
    }
  });
});
