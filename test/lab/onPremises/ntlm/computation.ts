import { createHash, createHmac } from 'node:crypto';
import { md4 } from './md4.ts';
import { rc4 } from './rc4.ts';

/** What NTLMv2 computes ([MS-NLMP] 3.3.2, 3.4); the names are the specification's. */

const hmacMd5 = (key: Uint8Array, ...data: readonly Uint8Array[]): Buffer =>
  createHmac('md5', key).update(Buffer.concat(data)).digest();

const unicode = (text: string): Buffer => Buffer.from(text, 'utf16le');

/** NTOWFv2: the key that stands for a user's password. @param domain as the client spells it: it is part of the key */
export function responseKey(user: string, domain: string, password: string): Buffer {
  return hmacMd5(md4(unicode(password)), unicode(user.toUpperCase() + domain));
}

/** NTProofStr: proves knowledge of the key. @param temp what the client puts after the proof: times, nonce, target information */
export function proof(key: Uint8Array, serverChallenge: Uint8Array, temp: Uint8Array): Buffer {
  return hmacMd5(key, serverChallenge, temp);
}

/** SessionBaseKey, which for NTLMv2 is the KeyExchangeKey, too. */
export function sessionBaseKey(key: Uint8Array, ntProof: Uint8Array): Buffer {
  return hmacMd5(key, ntProof);
}

/** The session key that the client chose and sent wrapped (NTLMSSP_NEGOTIATE_KEY_EXCH). */
export function unwrapSessionKey(keyExchangeKey: Uint8Array, encrypted: Uint8Array): Buffer {
  return rc4(keyExchangeKey, encrypted);
}

/** MIC over the three messages, the last of them with zeros in its own place. */
export function integrityCode(sessionKey: Uint8Array, messages: readonly Uint8Array[]): Buffer {
  return hmacMd5(sessionKey, ...messages);
}

/**
 * MsvAvChannelBindings: the MD5 of a gss_channel_bindings_struct (RFC 2744, 3.11) with no addresses and the
 * tls-server-end-point binding (RFC 5929, 4).
 * @param certificateHash of the server's certificate, with the hash of its signature, at least SHA-256
 */
export function channelBinding(certificateHash: Uint8Array): Buffer {
  const data = Buffer.concat([Buffer.from('tls-server-end-point:'), certificateHash]);
  const head = Buffer.alloc(20);
  head.writeUInt32LE(data.length, 16);
  return createHash('md5').update(head).update(data).digest();
}
