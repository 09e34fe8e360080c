import { createHash } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { empty, header } from '../http.ts';
import type { LabAnswer, LabRequestHead } from '../http.ts';
import { verifyBasic } from './basic.ts';
import { channelBinding } from './ntlm/computation.ts';
import { NtlmHandshake } from './ntlm/handshake.ts';
import { isNtlm, messageType } from './ntlm/messages.ts';
import { accepted, unwrapSpnego, wrapChallenge } from './ntlm/spnego.ts';
import { findAccount } from './organisation.ts';
import type { Account, Organisation } from './organisation.ts';
import type { OnPremisesState } from './state.ts';

export interface SignedIn {
  readonly account: Account;
  /** What IIS puts beside the answer. */
  readonly headers: LabAnswer['headers'];
}

interface Surroundings {
  readonly organisation: Organisation;
  readonly state: () => OnPremisesState;
  /** Milliseconds since 1970 by the server's clock. */
  readonly now: () => number;
}

/** The page of HTTP.sys beside a challenge: a client has to read it before it uses the connection again. */
const notAuthorized =
  '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN""http://www.w3.org/TR/html4/strict.dtd">\r\n<HTML><HEAD><TITLE>Not Authorized</TITLE></HEAD>\r\n<BODY><h2>Not Authorized</h2>\r\n<hr><p>HTTP Error 401. The requested resource requires user authentication.</p>\r\n</BODY></HTML>\r\n';

/** Windows authentication and Basic as IIS does them: NTLM signs a connection in, Basic a request. */
export class Authentication {
  readonly #surroundings: Surroundings;
  readonly #handshakes = new WeakMap<TLSSocket, NtlmHandshake>();
  readonly #signedIn = new WeakMap<TLSSocket, Account>();

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** @returns who calls, or the 401 to answer with */
  identify(request: LabRequestHead): SignedIn | LabAnswer {
    const { offered, disabled } = this.#surroundings.state().authentication;
    const [, scheme = '', token = ''] = /^(\S+)\s+(\S+)$/.exec(header(request, 'authorization') ?? '') ?? [];
    const used = offered.find((one) => one.toLowerCase() === scheme.toLowerCase());
    const isBare = header(request, 'authorization') === undefined;
    const result = isBare
      ? this.#signedInBefore(request.connection)
      : used === 'Basic'
        ? this.#basic(token)
        : used === undefined
          ? undefined
          : this.#ntlm(used, token, request.connection);
    if (!result) return this.#refused();
    if ('account' in result && disabled.includes(result.account.logonName)) return this.#refused();
    return result;
  }

  #refused(): LabAnswer {
    const { organisation, state } = this.#surroundings;
    const schemes = state().authentication.offered.map((scheme) =>
      scheme === 'Basic' ? `Basic realm="${organisation.names.dnsComputer}"` : scheme,
    );
    return empty(401, { 'www-authenticate': schemes });
  }

  #signedInBefore(connection: TLSSocket): SignedIn | undefined {
    const account = this.#signedIn.get(connection);
    return account ? { account, headers: {} } : undefined;
  }

  #basic(token: string): SignedIn | undefined {
    const account = verifyBasic(token, this.#surroundings.organisation);
    return account ? { account, headers: {} } : undefined;
  }

  /** @param scheme under Negotiate Windows takes NTLM's messages both wrapped and as they are */
  #ntlm(scheme: string, token: string, connection: TLSSocket): SignedIn | LabAnswer | undefined {
    const { organisation, now } = this.#surroundings;
    const sent = Buffer.from(token, 'base64');
    const wrapped = scheme === 'Negotiate' && !isNtlm(sent) ? unwrapSpnego(sent) : undefined;
    const message = wrapped ?? sent;
    const handshake = this.#handshakes.get(connection);
    this.#handshakes.delete(connection);
    this.#signedIn.delete(connection);
    if (!isNtlm(message)) return undefined;
    if (messageType(message) === 1) {
      const begun = new NtlmHandshake(message, organisation.names, now());
      this.#handshakes.set(connection, begun);
      return {
        status: 401,
        headers: {
          'www-authenticate': `${scheme} ${(wrapped ? wrapChallenge(begun.challenge) : begun.challenge).toString('base64')}`,
          'content-type': 'text/html; charset=us-ascii',
        },
        body: notAuthorized,
      };
    }
    let account: Account | undefined;
    const proof = handshake?.verify(message, (user, domain) => {
      account = findAccount(organisation, user, domain);
      return account?.password;
    });
    if (!proof || !account || !this.#isBound(proof.channelBinding, connection)) return undefined;
    this.#signedIn.set(connection, account);
    const lastWord = wrapped ? { 'www-authenticate': `${scheme} ${accepted.toString('base64')}` } : {};
    return { account, headers: { 'persistent-auth': 'true', ...lastWord } };
  }

  /** Extended Protection: whether the client means this very TLS channel, and not one of somebody in between. */
  #isBound(binding: Buffer | undefined, connection: TLSSocket): boolean {
    const { extendedProtection } = this.#surroundings.state().authentication;
    if (extendedProtection === 'None') return true;
    if (!binding) return extendedProtection === 'Allow';
    const shown = connection.getCertificate();
    if (!shown || !('raw' in shown) || !Buffer.isBuffer(shown.raw)) return false;
    // The lab signs certificates with SHA-256, so that is the hash of the endpoint, too (RFC 5929, 4.1).
    return binding.equals(channelBinding(createHash('sha256').update(shown.raw).digest()));
  }
}
