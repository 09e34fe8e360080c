import { explicit, octets, oid, sequence, tlv } from '../../der.ts';

/** The wrapping that Negotiate puts around NTLM's messages (SPNEGO, RFC 4178), as far as NTLM is the mechanism preferred. */

/** 1.3.6.1.4.1.311.2.2.10, NTLMSSP, and 1.3.6.1.5.5.2, SPNEGO. */
const ntlmMechanism = oid('1.3.6.1.4.1.311.2.2.10');
const spnego = oid('1.3.6.1.5.5.2');

interface Tlv {
  readonly tag: number;
  readonly value: Buffer;
}

/** The elements of DER one after the other. @throws RangeError when one does not end within them */
function readAll(bytes: Buffer): Tlv[] {
  const found: Tlv[] = [];
  for (let at = 0; at < bytes.length;) {
    const tag = bytes.readUInt8(at);
    const first = bytes.readUInt8(at + 1);
    const more = first < 0x80 ? 0 : first & 0x7f;
    const length = more === 0 ? first : bytes.readUIntBE(at + 2, more);
    const start = at + 2 + more;
    if (start + length > bytes.length) throw new RangeError('The element ends outside of what it stands in.');
    found.push({ tag, value: bytes.subarray(start, start + length) });
    at = start + length;
  }
  return found;
}

/** The element with a tag among those of DER. */
const within = (bytes: Buffer | undefined, tag: number): Buffer | undefined =>
  bytes && readAll(bytes).find((one) => one.tag === tag)?.value;

const context = (n: number): number => 0xa0 | n;
const sequenceTag = 0x30;
const octetsTag = 0x04;

function messageIn(token: Buffer): Buffer | undefined {
  const [outer] = readAll(token);
  if (outer?.tag === 0x60) {
    // NegTokenInit within the framing of GSS-API: the object identifier of SPNEGO, then the token.
    const init = within(within(outer.value, context(0)), sequenceTag);
    const isSpnego = outer.value.subarray(0, spnego.length).equals(spnego);
    const mechanisms = within(within(init, context(0)), sequenceTag);
    // The message is of the mechanism that stands first.
    if (!isSpnego || !mechanisms?.subarray(0, ntlmMechanism.length).equals(ntlmMechanism)) return undefined;
    return within(within(init, context(2)), octetsTag);
  }
  return outer?.tag === context(1)
    ? within(within(within(outer.value, sequenceTag), context(2)), octetsTag)
    : undefined;
}

/** NTLM's message within a token; undefined for what is no token, or prefers another mechanism, such as Kerberos. */
export function unwrapSpnego(token: Buffer): Buffer | undefined {
  try {
    return messageIn(token);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const state = (value: number): Buffer => explicit(0, tlv(0x0a, Buffer.of(value)));

/** The server's answer with NTLM's challenge: accept-incomplete. */
export function wrapChallenge(challenge: Buffer): Buffer {
  return explicit(1, sequence(state(1), explicit(1, ntlmMechanism), explicit(2, octets(challenge))));
}

/** The server's last word: accept-completed. */
export const accepted: Buffer = explicit(1, sequence(state(0)));
