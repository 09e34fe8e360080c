/** The three messages of NTLM ([MS-NLMP] 2.2.1), as far as a server reads and writes them. */

const signature = Buffer.from('NTLMSSP\0', 'latin1');

/** NegotiateFlags (2.2.2.5). */
export const flag = {
  unicode: 0x1,
  oem: 0x2,
  requestTarget: 0x4,
  sign: 0x10,
  ntlm: 0x200,
  alwaysSign: 0x8000,
  targetIsDomain: 0x10000,
  extendedSessionSecurity: 0x80000,
  targetInfo: 0x800000,
  version: 0x2000000,
  key128: 0x20000000,
  keyExchange: 0x40000000,
  key56: 0x80000000,
} as const;

/** What the server agrees to when the client asks for it. */
const agreeable =
  flag.sign |
  flag.ntlm |
  flag.alwaysSign |
  flag.extendedSessionSecurity |
  flag.version |
  flag.key128 |
  flag.keyExchange |
  flag.key56;

const headLength = 56;

/** Windows Server 2019: 10.0, build 17763, revision 15 of NTLM's format (2.2.2.10). */
const version = Buffer.from('0a0063450000000f', 'hex');

export const isNtlm = (token: Buffer): boolean => token.length >= 12 && token.subarray(0, 8).equals(signature);
export const messageType = (token: Buffer): number => token.readUInt32LE(8);

/** The flags that a NEGOTIATE message asks for. */
export function negotiatedFlags(negotiate: Buffer): number {
  return negotiate.length >= 16 ? negotiate.readUInt32LE(12) : 0;
}

export interface ChallengeFacts {
  /** Of the client's NEGOTIATE message. */
  readonly asked: number;
  readonly targetName: string;
  readonly targetInfo: Buffer;
  /** 8 bytes. */
  readonly serverChallenge: Buffer;
}

function place(message: Buffer, at: number, length: number, offset: number): void {
  message.writeUInt16LE(length, at);
  message.writeUInt16LE(length, at + 2);
  message.writeUInt32LE(offset, at + 4);
}

export function challengeMessage({ asked, targetName, targetInfo, serverChallenge }: ChallengeFacts): Buffer {
  // A client that can do both gets Unicode; the target information is Unicode in any case.
  const isUnicode = (asked & flag.unicode) !== 0;
  const flags =
    (asked & agreeable) |
    (isUnicode ? flag.unicode : flag.oem) |
    (asked & flag.requestTarget ? flag.requestTarget | flag.targetIsDomain : 0) |
    flag.ntlm |
    flag.targetInfo;
  const name = Buffer.from(targetName, isUnicode ? 'utf16le' : 'latin1');
  const head = Buffer.alloc(headLength);
  signature.copy(head);
  head.writeUInt32LE(2, 8);
  place(head, 12, name.length, headLength);
  head.writeInt32LE(flags | 0, 20);
  serverChallenge.copy(head, 24);
  place(head, 40, targetInfo.length, headLength + name.length);
  if (asked & flag.version) version.copy(head, 48);
  return Buffer.concat([head, name, targetInfo]);
}

export interface AuthenticateMessage {
  readonly flags: number;
  readonly user: string;
  readonly domain: string;
  readonly ntResponse: Buffer;
  readonly encryptedSessionKey: Buffer;
  /** Where the integrity code stands in the message, if it has one. */
  readonly micAt: number;
}

/** The integrity code follows the version (2.2.1.3). */
const micOffset = 72;

/** @returns undefined for what is not a well-formed AUTHENTICATE message */
export function readAuthenticate(message: Buffer): AuthenticateMessage | undefined {
  if (message.length < 64 || messageType(message) !== 3) return undefined;
  const flags = message.readUInt32LE(60);
  const field = (at: number): Buffer | undefined => {
    const length = message.readUInt16LE(at);
    const offset = message.readUInt32LE(at + 4);
    return offset + length <= message.length ? message.subarray(offset, offset + length) : undefined;
  };
  const [ntResponse, domain, user, sessionKey] = [field(20), field(28), field(36), field(52)];
  if (!ntResponse || !domain || !user || !sessionKey) return undefined;
  const text = (bytes: Buffer): string => bytes.toString(flags & flag.unicode ? 'utf16le' : 'latin1');
  return {
    flags,
    user: text(user),
    domain: text(domain),
    ntResponse,
    encryptedSessionKey: sessionKey,
    micAt: micOffset,
  };
}
