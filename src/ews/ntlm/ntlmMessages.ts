import { avId, flagMic, readAvPairs, writeAvPairs } from './avPairs.ts';
import type { AvPair } from './avPairs.ts';
import { hmacMd5, ntlmResponse, responseKey } from './ntlmResponse.ts';
import type { NtlmIdentity } from './ntlmResponse.ts';

const signature = Buffer.from('NTLMSSP\0', 'latin1');

/** NegotiateFlags (MS-NLMP 2.2.2.5). No signing or sealing of what follows: TLS does both, and better. */
const flag = {
  unicode: 0x1,
  oem: 0x2,
  requestTarget: 0x4,
  ntlm: 0x200,
  alwaysSign: 0x8000,
  extendedSessionSecurity: 0x80000,
};
const asked = flag.unicode | flag.oem | flag.requestTarget | flag.ntlm | flag.alwaysSign | flag.extendedSessionSecurity;

/** The server's challenge is not one: another protocol, or something on the way changed it. */
export class MalformedChallengeError extends Error {
  constructor() {
    super('The NTLM challenge is malformed.');
    this.name = 'MalformedChallengeError';
  }
}

/** The first message: what the client can do (MS-NLMP 2.2.1.1). It names nobody. */
export function negotiateMessage(): Buffer {
  const message = Buffer.alloc(32);
  signature.copy(message);
  message.writeUInt32LE(1, 8);
  message.writeUInt32LE(asked, 12);
  message.writeUInt32LE(32, 20); // Domain and workstation: empty, at the end.
  message.writeUInt32LE(32, 28);
  return message;
}

/** Names of a server, its domain and forest take some hundred bytes; the answer has room for 64 KB in all. */
const longestTargetInfo = 16 * 1024;

/** Of the attributes that are read here, in bytes. */
const lengths: ReadonlyMap<number, number> = new Map<number, number>([
  [avId.flags, 4],
  [avId.timestamp, 8],
]);

export interface NtlmChallenge {
  /** The message as it came: the MIC is about it as well. */
  readonly message: Buffer;
  readonly flags: number;
  readonly serverChallenge: Buffer;
  readonly targetInfo: readonly AvPair[];
}

/** The second message: the server's (MS-NLMP 2.2.1.2). @throws MalformedChallengeError */
export function readChallenge(message: Buffer): NtlmChallenge {
  const isChallenge = message.length >= 48 && message.subarray(0, 8).equals(signature) && message.readUInt32LE(8) === 2;
  if (!isChallenge) throw new MalformedChallengeError();
  const [length, offset] = [message.readUInt16LE(40), message.readUInt32LE(44)];
  // Windows 2000 and later send target information, and NTLMv2 cannot do without.
  const targetInfo = readAvPairs(message.subarray(offset, offset + length));
  if (targetInfo === undefined || offset + length > message.length || length > longestTargetInfo) {
    throw new MalformedChallengeError();
  }
  if (targetInfo.some(({ id, value }) => lengths.get(id) !== undefined && lengths.get(id) !== value.length)) {
    throw new MalformedChallengeError();
  }
  return { message, flags: message.readUInt32LE(20), serverChallenge: message.subarray(24, 32), targetInfo };
}

export interface AuthenticateOptions {
  readonly identity: NtlmIdentity;
  /** Name of this machine, for the server's log and for accounts that may use certain machines only. */
  readonly workstation: string;
  /** Of the service, such as HTTP/mail.contoso.com. */
  readonly servicePrincipalName: string;
  /** MD5 of the channel's bindings; undefined: not bound to the channel. */
  readonly channelBinding: Buffer | undefined;
  /** 8 random bytes. */
  readonly clientChallenge: Buffer;
  readonly now: Date;
}

/** The third message: the proof, protected by a MIC over all three (MS-NLMP 2.2.1.3, 3.1.5.1.2). */
export function authenticateMessage(challenge: NtlmChallenge, options: AuthenticateOptions): Buffer {
  const { identity, clientChallenge } = options;
  const time = challenge.targetInfo.find(({ id }) => id === avId.timestamp)?.value ?? fileTime(options.now);
  const targetInfo = ownTargetInfo(challenge, options);
  const key = responseKey(identity);
  const { response, sessionKey } = ntlmResponse(key, challenge.serverChallenge, clientChallenge, time, targetInfo);
  // LmChallengeResponse is zeros when there is a MIC: NTLMv2's says all.
  const message = layOut([Buffer.alloc(24), response, ...texts(options), Buffer.alloc(0)], asked & challenge.flags);
  hmacMd5(sessionKey, negotiateMessage(), challenge.message, message).copy(message, micOffset);
  return message;
}

/** The server's target information, and what the client vouches for: the MIC, the channel, the service. */
function ownTargetInfo({ targetInfo }: NtlmChallenge, options: AuthenticateOptions): Buffer {
  const flags = Buffer.alloc(4);
  flags.writeUInt32LE(targetInfo.find(({ id }) => id === avId.flags)?.value.readUInt32LE(0) ?? 0);
  flags.writeUInt32LE((flags.readUInt32LE(0) | flagMic) >>> 0);
  const { channelBinding, servicePrincipalName } = options;
  const own: AvPair[] = [
    { id: avId.flags, value: flags },
    ...(channelBinding ? [{ id: avId.channelBindings, value: channelBinding }] : []),
    { id: avId.targetName, value: Buffer.from(servicePrincipalName, 'utf16le') },
  ];
  const replaced = new Set<number>([avId.flags, avId.channelBindings, avId.targetName]);
  return writeAvPairs([...targetInfo.filter(({ id }) => !replaced.has(id)), ...own]);
}

function texts({ identity, workstation }: AuthenticateOptions): Buffer[] {
  return [identity.domain, identity.user, workstation].map((text) => Buffer.from(text, 'utf16le'));
}

const micOffset = 72; // After six fields of 8 bytes that begin at 12, flags (4) and version (8).
const headLength = micOffset + 16;

/** @param payload the values of the six fields, in their order. @param flags what both sides want */
function layOut(payload: readonly Buffer[], flags: number): Buffer {
  const head = Buffer.alloc(headLength);
  signature.copy(head);
  head.writeUInt32LE(3, 8);
  let at = headLength;
  payload.forEach((value, index) => {
    const field = 12 + index * 8;
    head.writeUInt16LE(value.length, field);
    head.writeUInt16LE(value.length, field + 2);
    head.writeUInt32LE(value.length === 0 ? headLength : at, field + 4);
    at += value.length;
  });
  head.writeUInt32LE(flags, 60);
  return Buffer.concat([head, ...payload]);
}

/** Tenths of a microsecond since 1601 (MS-DTYP 2.3.3). */
function fileTime(date: Date): Buffer {
  const time = Buffer.alloc(8);
  time.writeBigUInt64LE(BigInt(date.getTime() + 11_644_473_600_000) * 10_000n);
  return time;
}
