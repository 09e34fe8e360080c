/** AV_PAIR ids of target information ([MS-NLMP] 2.2.2.1). */
export const avId = {
  computerName: 1,
  domainName: 2,
  dnsComputerName: 3,
  dnsDomainName: 4,
  dnsTreeName: 5,
  flags: 6,
  timestamp: 7,
  channelBindings: 10,
} as const;

/** In the pair `flags`: the client's message has an integrity code. */
export const hasIntegrityCode = 2;

function pair(id: number, value: Uint8Array): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(id, 0);
  head.writeUInt16LE(value.length, 2);
  return Buffer.concat([head, value]);
}

export interface TargetNames {
  /** NetBIOS names of the domain and the server. */
  readonly domain: string;
  readonly computer: string;
  readonly dnsDomain: string;
  readonly dnsComputer: string;
}

/** What a domain member tells about itself. @param nowMs milliseconds since 1970 */
export function targetInfo(names: TargetNames, nowMs: number): Buffer {
  const text = (id: number, value: string): Buffer => pair(id, Buffer.from(value, 'utf16le'));
  const time = Buffer.alloc(8);
  // FILETIME: 100 ns steps since 1601.
  time.writeBigUInt64LE((BigInt(Math.floor(nowMs)) + 11_644_473_600_000n) * 10_000n);
  return Buffer.concat([
    text(avId.domainName, names.domain),
    text(avId.computerName, names.computer),
    text(avId.dnsDomainName, names.dnsDomain),
    text(avId.dnsComputerName, names.dnsComputer),
    text(avId.dnsTreeName, names.dnsDomain),
    pair(avId.timestamp, time),
    pair(0, Buffer.alloc(0)),
  ]);
}

/** The pairs by their id; undefined when the list does not end in its terminator. */
export function readTargetInfo(bytes: Buffer): ReadonlyMap<number, Buffer> | undefined {
  const pairs = new Map<number, Buffer>();
  let at = 0;
  while (at + 4 <= bytes.length) {
    const id = bytes.readUInt16LE(at);
    const length = bytes.readUInt16LE(at + 2);
    if (id === 0) return pairs;
    const value = bytes.subarray(at + 4, at + 4 + length);
    if (value.length < length) return undefined;
    pairs.set(id, value);
    at += 4 + length;
  }
  return undefined;
}
