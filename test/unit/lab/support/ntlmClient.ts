import assert from 'node:assert/strict';
import {
  integrityCode,
  proof,
  responseKey,
  sessionBaseKey,
  unwrapSessionKey,
} from '../../../lab/onPremises/ntlm/computation.ts';

export interface NtlmIdentity {
  readonly user: string;
  readonly domain: string;
  readonly password: string;
}

export interface NtlmHabits {
  /** MsvAvChannelBindings. */
  readonly binding?: Buffer;
  /** Whether the message has an integrity code. */
  readonly sealed?: boolean;
  /** What to answer instead of NTLMv2: nothing, or as many bytes as LM and NTLMv1 have. */
  readonly ntResponse?: Buffer;
}

/** Unicode, NTLM, always sign, extended session security, target information, version, 128 bit, key exchange, 56 bit. */
const flags = 0xe2888205;

const head = (type: number, length: number): Buffer => {
  const bytes = Buffer.alloc(length);
  bytes.write('NTLMSSP\0', 'latin1');
  bytes.writeUInt32LE(type, 8);
  return bytes;
};

export function negotiateMessage(): Buffer {
  const message = head(1, 40);
  message.writeUInt32LE(flags, 12);
  return message;
}

function pair(id: number, value: Buffer): Buffer {
  const start = Buffer.alloc(4);
  start.writeUInt16LE(id, 0);
  start.writeUInt16LE(value.length, 2);
  return Buffer.concat([start, value]);
}

/** The client's last message (MS-NLMP 2.2.1.3), as a client of today sends it. */
export function authenticateMessage(
  challenge: Buffer,
  { user, domain, password }: NtlmIdentity,
  { binding, sealed = false, ntResponse }: NtlmHabits = {},
): Buffer {
  const infoAt = challenge.readUInt32LE(44);
  const info = challenge.subarray(infoAt, infoAt + challenge.readUInt16LE(40));
  assert.deepEqual(info.subarray(-4), Buffer.alloc(4), 'the target information has an end');
  const pairs = Buffer.concat([
    info.subarray(0, -4),
    ...(sealed ? [pair(6, Buffer.of(2, 0, 0, 0))] : []),
    ...(binding ? [pair(10, binding)] : []),
    pair(0, Buffer.alloc(0)),
  ]);
  const temp = Buffer.concat([
    Buffer.of(1, 1),
    Buffer.alloc(14),
    Buffer.alloc(8, 0xaa),
    Buffer.alloc(4),
    pairs,
    Buffer.alloc(4),
  ]);
  const key = responseKey(user, domain, password);
  const ntProof = proof(key, challenge.subarray(24, 32), temp);
  const sessionKey = Buffer.alloc(16, 0x55);
  const baseKey = sessionBaseKey(key, ntProof);
  const message = head(3, 88);
  message.writeUInt32LE(flags, 60);
  const parts = [
    [12, Buffer.alloc(24)],
    [20, ntResponse ?? Buffer.concat([ntProof, temp])],
    [28, Buffer.from(domain, 'utf16le')],
    [36, Buffer.from(user, 'utf16le')],
    [44, Buffer.alloc(0)],
    [52, unwrapSessionKey(baseKey, sessionKey)],
  ] as const;
  let offset = message.length;
  for (const [at, value] of parts) {
    message.writeUInt16LE(value.length, at);
    message.writeUInt16LE(value.length, at + 2);
    message.writeUInt32LE(offset, at + 4);
    offset += value.length;
  }
  const whole = Buffer.concat([message, ...parts.map(([, value]) => value)]);
  if (sealed) integrityCode(sessionKey, [negotiateMessage(), challenge, whole]).copy(whole, 72);
  return whole;
}
