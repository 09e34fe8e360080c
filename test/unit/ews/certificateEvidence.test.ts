import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { nameText } from '../../../src/ews/transport/certificateEvidence.ts';

describe('A name in a certificate', () => {
  it('stands on one line, the nearest part first', () => {
    const name = { C: 'US', O: 'Contoso', OU: ['Security', 'Proxies'], CN: 'Corporate Inspection CA' };
    assert.equal(nameText(name), 'CN=Corporate Inspection CA, OU=Proxies, OU=Security, O=Contoso, C=US');
  });

  it('may be empty', () => {
    assert.equal(nameText(undefined), '');
    assert.equal(nameText({}), '');
  });

  it('stays readable, whoever has chosen it', () => {
    assert.equal(nameText({ CN: 'x'.repeat(5000) }).length, 201);
    assert.equal(nameText({ CN: 'a\u202eb\u0000c\u2028d\u200be\n' }), 'CN=abcde');
  });
});
