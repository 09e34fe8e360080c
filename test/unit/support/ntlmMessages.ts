import { readAvPairs } from '../../../src/ews/ntlm/avPairs.ts';
import { headerOf } from './scriptedServer.ts';

/** The challenge of MS-NLMP 4.2.4.3. */
export const sampleChallenge = Buffer.from(
  '4e544c4d53535000020000000c000c003800000033828ae20123456789abcdef00000000000000002400240044000000' +
    '060070170000000f53006500720076006500720002000c0044006f006d00610069006e0001000c0053006500720076006500720000000000',
  'hex',
);

/** Which of the three messages a request carries; 0: none. */
export function ntlmMessageOf(request: string, scheme = 'NTLM'): number {
  return messageIn(request, scheme)?.readUInt32LE(8) ?? 0;
}

function messageIn(request: string, scheme: string): Buffer | undefined {
  const value = headerOf(request, 'authorization') ?? '';
  return value.startsWith(`${scheme} `) ? Buffer.from(value.slice(scheme.length + 1), 'base64') : undefined;
}

/** What the third message says. */
export function authenticateIn(request: string): {
  readonly domain: string;
  readonly user: string;
  /** Values of the target information by their ids. */
  readonly target: ReadonlyMap<number, Buffer>;
} {
  const message = messageIn(request, 'NTLM');
  if (message?.readUInt32LE(8) !== 3) throw new Error('It is not the third message.');
  const field = (at: number): Buffer => {
    const offset = message.readUInt32LE(at + 4);
    return message.subarray(offset, offset + message.readUInt16LE(at));
  };
  const pairs = readAvPairs(field(20).subarray(44)) ?? [];
  return {
    domain: field(28).toString('utf16le'),
    user: field(36).toString('utf16le'),
    target: new Map(pairs.map(({ id, value }) => [id, value])),
  };
}
