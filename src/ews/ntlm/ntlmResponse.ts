import { createHmac } from 'node:crypto';
import { md4 } from './md4.ts';

/** Who signs in. `domain` is empty for a user principal name: the server's domain then finds the user. */
export interface NtlmIdentity {
  readonly user: string;
  readonly domain: string;
  readonly password: string;
}

export interface NtlmResponse {
  /** The proof and what it is about: NtChallengeResponse. */
  readonly response: Buffer;
  /** Signs the messages of this sign-in. */
  readonly sessionKey: Buffer;
}

/** The user name as it was typed, taken apart: `DOMAIN\user`, or a user principal name, which stays as it is. */
export function identityOf(userName: string, password: string): NtlmIdentity {
  const slash = userName.indexOf('\\');
  return slash < 0
    ? { user: userName, domain: '', password }
    : { user: userName.slice(slash + 1), domain: userName.slice(0, slash), password };
}

export function hmacMd5(key: Buffer, ...parts: readonly Buffer[]): Buffer {
  const hmac = createHmac('md5', key);
  for (const part of parts) hmac.update(part);
  return hmac.digest();
}

/** Key of NTLMv2 (MS-NLMP 3.3.2, NTOWFv2). */
export function responseKey({ user, domain, password }: NtlmIdentity): Buffer {
  const passwordHash = md4(Buffer.from(password, 'utf16le'));
  return hmacMd5(passwordHash, Buffer.from(upperCase(user) + domain, 'utf16le'));
}

/**
 * Proves knowledge of the password for one challenge (MS-NLMP 3.3.2).
 * @param serverChallenge 8 bytes. @param clientChallenge 8 random bytes.
 * @param time as a Windows file time, 8 bytes. @param targetInfo with what the client adds.
 */
export function ntlmResponse(
  key: Buffer,
  serverChallenge: Buffer,
  clientChallenge: Buffer,
  time: Buffer,
  targetInfo: Buffer,
): NtlmResponse {
  const [versions, gap] = [Buffer.from([1, 1, 0, 0, 0, 0, 0, 0]), Buffer.alloc(4)];
  const about = Buffer.concat([versions, time, clientChallenge, gap, targetInfo, gap]);
  const proof = hmacMd5(key, serverChallenge, about);
  return { response: Buffer.concat([proof, about]), sessionKey: hmacMd5(key, proof) };
}

/** As Windows does: each character by itself, so that none becomes two (ß stays). */
function upperCase(text: string): string {
  return Array.from(text, (character) => {
    const upper = character.toUpperCase();
    return upper.length === character.length ? upper : character;
  }).join('');
}
