import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { authenticationSchemes } from '../../../src/ews/transport/authenticationSchemes.ts';

describe('The ways to sign in to a proxy', () => {
  const cases: readonly (readonly [readonly string[], readonly string[]])[] = [
    [[], []],
    [['Basic realm="a, NTLM"'], ['Basic']],
    [
      ['Negotiate', 'NTLM'],
      ['Negotiate', 'NTLM'],
    ],
    [['Negotiate, NTLM, basic realm="say \\"Digest\\", please", charset="UTF-8"'], ['Basic', 'Negotiate', 'NTLM']],
    [['Digest realm="x", qop="auth", nonce=abc'], ['Digest']],
    [['NTLM TlRMTVNTUAACAAAA=='], ['NTLM']],
    [['Unheard-of realm="x"', ''], []],
  ];
  for (const [headers, schemes] of cases) {
    it(`${JSON.stringify(headers)} are ${JSON.stringify(schemes)}`, () => {
      assert.deepEqual(authenticationSchemes(headers), schemes);
    });
  }
});
