import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Redaction } from '../../../src/verification/redaction.ts';

describe('What is taken out of results', () => {
  const secret = 'a-secret/with+odd=signs&<"more>';
  const redaction = new Redaction();
  redaction.learn(secret);

  for (const [how, written] of Object.entries({
    'as it is': secret,
    'in a form': new URLSearchParams({ '': secret }).toString().slice(1),
    'in an address': encodeURIComponent(secret),
    'in JSON': JSON.stringify(secret).slice(1, -1),
    'in XML': 'a-secret/with+odd=signs&amp;&lt;&quot;more&gt;',
    'without its end': secret.slice(0, 20),
  })) {
    it(`a secret ${how}`, () => {
      assert.equal(redaction.clean(`You sent ${written} twice: ${written}.`), 'You sent ••• twice: •••.');
    });
  }

  it('a token that nobody told it of', () => {
    const token = ['{"typ":"JWT","alg":"RS256"}', '{"aud":"x"}', 'sig']
      .map((part) => Buffer.from(part).toString('base64url'))
      .join('.');
    assert.equal(redaction.clean(`Bearer ${token}, it was`), 'Bearer •••, it was');
  });

  it('the refresh token of an account', () => {
    const account = new Redaction();
    account.learnFrom({
      method: 'account',
      tokenCache: JSON.stringify({
        RefreshToken: { key: { secret: '0.AXoA-refresh-token', home_account_id: 'someone' } },
      }),
    });
    assert.equal(account.clean('0.AXoA-refresh-token of someone'), '••• of someone');
  });

  it('no word, though a password is one', () => {
    const words = new Redaction();
    words.learn('wrong');
    words.learnFrom({ method: 'account', tokenCache: 'no cache' });
    assert.equal(words.clean('The password is wrong: no cache.'), 'The password is wrong: no cache.');
  });
});
