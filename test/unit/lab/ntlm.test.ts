import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, it } from 'mocha';
import {
  channelBinding,
  integrityCode,
  proof,
  responseKey,
  sessionBaseKey,
  unwrapSessionKey,
} from '../../lab/onPremises/ntlm/computation.ts';
import { md4 } from '../../lab/onPremises/ntlm/md4.ts';
import { challengeMessage, readAuthenticate } from '../../lab/onPremises/ntlm/messages.ts';
import { rc4 } from '../../lab/onPremises/ntlm/rc4.ts';
import { unwrapSpnego, wrapChallenge } from '../../lab/onPremises/ntlm/spnego.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

/** The values that MS-NLMP 4.2.1 computes all its examples from. */
const serverChallenge = hex('0123456789abcdef');
const key = responseKey('User', 'Domain', 'Password');
const temp = Buffer.concat([
  hex('0101000000000000 0000000000000000 aaaaaaaaaaaaaaaa 00000000'),
  hex('02000c0044006f006d00610069006e00 01000c00530065007200760065007200 00000000 00000000'),
]);
const ntProof = hex('68cd0ab851e51c96aabc927bebef6a1c');

describe('NTLM', () => {
  it('makes MD4 as the test suite of RFC 1320 does', () => {
    const cases: readonly (readonly [string, string])[] = [
      ['', '31d6cfe0d16ae931b73c59d7e0c089c0'],
      ['a', 'bde52cb31de33e46245e05fbdbd6fb24'],
      ['abc', 'a448017aaf21d8525fc10ae87aa6729d'],
      ['message digest', 'd9130a8164549fe818874806e1c7014b'],
      ['abcdefghijklmnopqrstuvwxyz', 'd79e1c308aa5bbcdeea8ed63df412da9'],
      ['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', '043f8582f241db351ce627e153e7f0e4'],
      [
        '12345678901234567890123456789012345678901234567890123456789012345678901234567890',
        'e33b4ddc9c38f2199c3e7b164fcc0536',
      ],
    ];
    for (const [text, digest] of cases) assert.equal(md4(Buffer.from(text)).toString('hex'), digest, text);
  });

  it('makes RC4 as the test vectors of RFC 6229 say', () => {
    assert.deepEqual(rc4(hex('0102030405'), Buffer.alloc(16)), hex('b2396305f03dc027ccc3524a0a1118a8'));
    const key128 = hex('0102030405060708090a0b0c0d0e0f10');
    assert.deepEqual(rc4(key128, Buffer.alloc(16)), hex('9ac7cc9a609d1ef7b2932899cde41b97'));
  });

  it("computes NTLMv2 as MS-NLMP's example does (4.2.4)", () => {
    assert.deepEqual(key, hex('0c868a403bfd7a93a3001ef22ef02e3f'), 'NTOWFv2');
    assert.deepEqual(proof(key, serverChallenge, temp), ntProof, 'NTProofStr');
    const baseKey = sessionBaseKey(key, ntProof);
    assert.deepEqual(baseKey, hex('8de40ccadbc14a82f15cb0ad0de95ca3'), 'SessionBaseKey');
    const encrypted = hex('c5dad2544fc979909 4ce1ce90bc9d03e');
    assert.deepEqual(unwrapSessionKey(baseKey, encrypted), Buffer.alloc(16, 0x55), 'RandomSessionKey');
  });

  it('takes the user name in any case, the domain only as it is spelt', () => {
    assert.deepEqual(responseKey('uSER', 'Domain', 'Password'), key);
    assert.notDeepEqual(responseKey('User', 'DOMAIN', 'Password'), key);
    assert.notDeepEqual(responseKey('User', 'Domain', 'password'), key);
  });

  it('makes the integrity code over all three messages', () => {
    const sessionKey = Buffer.alloc(16, 0x55);
    const expected = createHmac('md5', sessionKey).update('negotiatechallengeauthenticate').digest();
    assert.deepEqual(
      integrityCode(
        sessionKey,
        ['negotiate', 'challenge', 'authenticate'].map((text) => Buffer.from(text)),
      ),
      expected,
    );
  });

  it('writes a challenge in the form of MS-NLMP 2.2.1.2', () => {
    const targetInfo = temp.subarray(28, -4);
    const message = challengeMessage({ asked: 0xe2028233 | 0, targetName: 'Domain', targetInfo, serverChallenge });
    assert.equal(message.toString('latin1', 0, 8), 'NTLMSSP\0');
    assert.equal(message.readUInt32LE(8), 2);
    assert.deepEqual(message.subarray(24, 32), serverChallenge);
    const part = (at: number): Buffer =>
      message.subarray(message.readUInt32LE(at + 4), message.readUInt32LE(at + 4) + message.readUInt16LE(at));
    assert.equal(part(12).toString('utf16le'), 'Domain');
    assert.deepEqual(part(40), targetInfo);
  });

  it('reads no authenticate message whose fields lie outside of it', () => {
    const message = Buffer.alloc(88);
    message.write('NTLMSSP\0', 'latin1');
    message.writeUInt32LE(3, 8);
    assert.ok(readAuthenticate(message), 'all fields are empty');
    message.writeUInt16LE(10, 36);
    message.writeUInt32LE(80, 40);
    assert.equal(readAuthenticate(message), undefined);
    assert.equal(readAuthenticate(message.subarray(0, 40)), undefined);
  });

  it('is found within the wrapping of Negotiate, where it is what is preferred', () => {
    // In the form in which Windows sends it: NTLM, then two kinds of Kerberos and NEGOEX, and NTLM's first message.
    const sent =
      'YHYGBisGAQUFAqBsMGqgMDAuBgorBgEEAYI3AgIKBgkqhkiC9xIBAgIGCSqGSIb3EgECAgYKKwYBBAGCNwICHqI2BDROVExNU1NQAAEAAACXsgjiCQAJACsAAAADAAMAKAAAAAYBsR0AAAAPTkNIV09SS0dST1VQ';
    const token = Buffer.from(sent, 'base64');
    const message = unwrapSpnego(token);
    assert.equal(message?.toString('latin1', 0, 8), 'NTLMSSP\0');
    assert.equal(message.length, 52);
    assert.deepEqual(unwrapSpnego(wrapChallenge(message)), message);
    const otherFirst = Buffer.from(token);
    otherFirst.writeUInt8(0x0b, otherFirst.indexOf(hex('0202 0a')) + 2);
    assert.equal(unwrapSpnego(otherFirst), undefined);
    assert.equal(unwrapSpnego(token.subarray(0, -1)), undefined);
    assert.equal(unwrapSpnego(Buffer.from('nonsense')), undefined);
  });

  it('binds to a channel by the hash of the certificate (RFC 5929)', () => {
    // The example that Microsoft's documentation team published for this field.
    const hash = hex('ea05fefecc6b0bd571dbbc5baa3ed453 86d0446835f7b74c85621b9983475f95');
    assert.deepEqual(channelBinding(hash), hex('6586e99d81c2fc984e47172fd4dd0310'));
  });
});
