import { randomBytes, timingSafeEqual } from 'node:crypto';
import { integrityCode, proof, responseKey, sessionBaseKey, unwrapSessionKey } from './computation.ts';
import { challengeMessage, flag, negotiatedFlags, readAuthenticate } from './messages.ts';
import type { AuthenticateMessage } from './messages.ts';
import { avId, hasIntegrityCode, readTargetInfo, targetInfo } from './targetInfo.ts';
import type { TargetNames } from './targetInfo.ts';

/** NTProofStr (16 bytes), then at least 28 bytes of NTLMv2_CLIENT_CHALLENGE before its target information. */
const proofLength = 16;
const pairsAt = 28;

/** What a client has proved. */
export interface NtlmProof {
  readonly user: string;
  readonly domain: string;
  /** MsvAvChannelBindings: 16 bytes; undefined when the client has bound itself to no channel. */
  readonly channelBinding: Buffer | undefined;
}

/** One exchange of NTLM's three messages on one connection: the server's side. */
export class NtlmHandshake {
  readonly #negotiate: Buffer;
  readonly #serverChallenge = randomBytes(8);
  /** The CHALLENGE message to answer with. */
  readonly challenge: Buffer;

  /** @param negotiate the client's NEGOTIATE message @param nowMs milliseconds since 1970 */
  constructor(negotiate: Buffer, names: TargetNames, nowMs: number) {
    this.#negotiate = negotiate;
    this.challenge = challengeMessage({
      asked: negotiatedFlags(negotiate),
      targetName: names.domain,
      targetInfo: targetInfo(names, nowMs),
      serverChallenge: this.#serverChallenge,
    });
  }

  /**
   * Verifies the AUTHENTICATE message.
   * @param passwordOf the password of an account by the names that the client gives it; undefined when there is none
   * @returns undefined for anything but a proof by NTLMv2: a wrong password, an answer of LM or NTLMv1, a tampered message
   */
  verify(
    authenticate: Buffer,
    passwordOf: (user: string, domain: string) => string | undefined,
  ): NtlmProof | undefined {
    const message = readAuthenticate(authenticate);
    if (!message || message.ntResponse.length < proofLength + pairsAt) return undefined;
    const temp = message.ntResponse.subarray(proofLength);
    const pairs = readTargetInfo(temp.subarray(pairsAt));
    const { user, domain } = message;
    const password = passwordOf(user, domain);
    // 1, 1: the version of the response that temp is of.
    if (!pairs || password === undefined || temp[0] !== 1 || temp[1] !== 1) return undefined;
    const key = responseKey(user, domain, password);
    const expected = proof(key, this.#serverChallenge, temp);
    if (!timingSafeEqual(expected, message.ntResponse.subarray(0, proofLength))) return undefined;
    const isSealed = ((pairs.get(avId.flags)?.readUInt32LE(0) ?? 0) & hasIntegrityCode) !== 0;
    if (isSealed && !this.#isUntouched(authenticate, message, sessionBaseKey(key, expected))) return undefined;
    const binding = pairs.get(avId.channelBindings);
    // Zeros stand for "no channel", as the client of a plain connection sends them.
    const isBound = binding?.length === 16 && binding.some((byte) => byte !== 0);
    return { user, domain, channelBinding: isBound ? binding : undefined };
  }

  #isUntouched(bytes: Buffer, { flags, encryptedSessionKey, micAt }: AuthenticateMessage, baseKey: Buffer): boolean {
    const found = bytes.subarray(micAt, micAt + 16);
    if (found.length < 16) return false;
    const blanked = Buffer.from(bytes).fill(0, micAt, micAt + 16);
    const sessionKey = flags & flag.keyExchange ? unwrapSessionKey(baseKey, encryptedSessionKey) : baseKey;
    return timingSafeEqual(found, integrityCode(sessionKey, [this.#negotiate, this.challenge, blanked]));
  }
}
