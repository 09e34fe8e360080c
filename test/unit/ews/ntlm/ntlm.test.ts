import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { md4 } from '../../../../src/ews/ntlm/md4.ts';
import {
  authenticateMessage,
  MalformedChallengeError,
  negotiateMessage,
  readChallenge,
} from '../../../../src/ews/ntlm/ntlmMessages.ts';
import { identityOf, ntlmResponse, responseKey } from '../../../../src/ews/ntlm/ntlmResponse.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');

/** The common values of MS-NLMP 4.2.1. */
const identity = { user: 'User', domain: 'Domain', password: 'Password' };
const serverChallenge = hex('0123456789abcdef');
const clientChallenge = hex('aaaaaaaaaaaaaaaa');
const targetInfo = hex('02000c0044006f006d00610069006e00 01000c005300650072007600650072 00 00000000');

describe('NTLM', () => {
  it('hashes as RFC 1320 shows in A.5', () => {
    const digits = '1234567890'.repeat(8);
    for (const [text, digest] of [
      ['', '31d6cfe0d16ae931b73c59d7e0c089c0'],
      ['a', 'bde52cb31de33e46245e05fbdbd6fb24'],
      ['abc', 'a448017aaf21d8525fc10ae87aa6729d'],
      ['message digest', 'd9130a8164549fe818874806e1c7014b'],
      ['abcdefghijklmnopqrstuvwxyz', 'd79e1c308aa5bbcdeea8ed63df412da9'],
      ['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', '043f8582f241db351ce627e153e7f0e4'],
      [digits, 'e33b4ddc9c38f2199c3e7b164fcc0536'],
    ] as const) {
      assert.equal(md4(Buffer.from(text)).toString('hex'), digest);
    }
  });

  it('makes key, proof and session key as MS-NLMP 4.2.4 shows', () => {
    assert.equal(md4(Buffer.from('Password', 'utf16le')).toString('hex'), 'a4f49c406510bdcab6824ee7c30fd852');
    const key = responseKey(identity);
    assert.equal(key.toString('hex'), '0c868a403bfd7a93a3001ef22ef02e3f');
    const { response, sessionKey } = ntlmResponse(key, serverChallenge, clientChallenge, Buffer.alloc(8), targetInfo);
    assert.equal(response.subarray(0, 16).toString('hex'), '68cd0ab851e51c96aabc927bebef6a1c');
    assert.equal(sessionKey.toString('hex'), '8de40ccadbc14a82f15cb0ad0de95ca3');
  });

  // The challenge of MS-NLMP 4.2.4.3, answered as Chromium's published test data show (net/ntlm/ntlm_test_data.h).
  const challenge = hex(`4e544c4d53535000 02000000 0c000c0038000000 33828ae2 0123456789abcdef 0000000000000000
    2400240044000000 060070170000000f 530065007200760065007200
    02000c0044006f006d00610069006e00 01000c00530065007200760065007200 00000000`);
  const options = {
    ...{ identity, clientChallenge, workstation: 'COMPUTER', servicePrincipalName: 'HTTP/Server' },
    channelBinding: hex('6586e99d81c2fc984e47172fd4dd0310'),
    now: new Date(Number(hex('800bc8fd00d4d201').readBigUInt64LE() / 10_000n) - 11_644_473_600_000),
  };

  it('answers a challenge bound to its channel, with a MIC, byte for byte as others do', () => {
    assert.equal(
      negotiateMessage().toString('hex'),
      '4e544c4d53535000010000000782080000000000200000000000000020000000',
    );
    const message = authenticateMessage(readChallenge(challenge), options);
    const expected = hex(`4e544c4d53535000 03000000 1800180058000000 8a008a0070000000 0c000c00fa000000 0800080006010000
      100010000e010000 0000000058000000 03820800 0000000000000000
      f7361633f0ad9bdf4a7c421bc6b824a3 000000000000000000000000000000000000000000000000
      8c0260dbef690662af9c42d50782d2ed 0101000000000000 800bc8fd00d4d201 aaaaaaaaaaaaaaaa 00000000
      02000c0044006f006d00610069006e00 01000c00530065007200760065007200 06000400 02000000
      0a001000 6586e99d81c2fc984e47172fd4dd0310 09001600 48005400540050002f00530065007200760065007200 00000000
      00000000 44006f006d00610069006e00 5500730065007200 43004f004d0050005500540045005200`);
    assert.equal(message.toString('hex'), expected.toString('hex'));
  });

  it('takes the time of the challenge, so that this machine’s clock does not matter', () => {
    const withTime = Buffer.concat([
      challenge.subarray(0, 40),
      hex('30003000 44000000'),
      challenge.subarray(48, -4),
      hex('07000800 1122334455667788 00000000'),
    ]);
    const message = authenticateMessage(readChallenge(withTime), options);
    assert.ok(message.includes(hex('0101000000000000 1122334455667788 aaaaaaaaaaaaaaaa')));
  });

  it('takes user names of both forms', () => {
    assert.deepEqual(identityOf('CONTOSO\\admin', 'p'), { user: 'admin', domain: 'CONTOSO', password: 'p' });
    assert.deepEqual(identityOf('admin@contoso.com', 'p'), { user: 'admin@contoso.com', domain: '', password: 'p' });
    // Upper case as Windows does it: ß stays.
    const sharp = { user: 'straße', domain: 'D', password: 'p' };
    assert.deepEqual(responseKey(sharp), responseKey({ ...sharp, user: 'STRAßE' }));
  });

  for (const [what, bytes] of Object.entries({
    nothing: Buffer.alloc(0),
    'another message': negotiateMessage(),
    'a challenge that is cut off': challenge.subarray(0, 80),
    'target information without an end': Buffer.concat([challenge.subarray(0, -4), hex('ffffffff')]),
  })) {
    it(`takes ${what} for no challenge`, () => {
      assert.throws(() => readChallenge(bytes), MalformedChallengeError);
    });
  }

  it('makes nothing but a message or a refusal of any challenge', () => {
    const positions = fc.integer({ min: 12, max: challenge.length + 19 });
    const change = fc.tuple(positions, fc.integer({ min: 0, max: 255 }));
    const timed = Buffer.concat([
      challenge.subarray(0, -4),
      hex('07000800 1122334455667788 06000400 01000000 00000000'),
    ]);
    timed.writeUInt16LE(timed.length - 68, 40);
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), fc.nat(timed.length), (changes, cut) => {
        const bytes = Buffer.from(cut % 3 === 0 ? timed.subarray(0, cut) : timed);
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        try {
          assert.ok(authenticateMessage(readChallenge(bytes), options).length > 88);
        } catch (error) {
          assert.ok(error instanceof MalformedChallengeError, String(error));
        }
      }),
      { numRuns: 2000 },
    );
  });
});
