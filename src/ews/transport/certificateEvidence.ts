import type { ClientRequest } from 'node:http';
import { TLSSocket } from 'node:tls';
import type { PeerCertificate } from 'node:tls';
import { TransportError, transportError } from './transportError.ts';
import type { CertificateEvidence, TransportReason } from './transportError.ts';

/**
 * Remembers whose certificate one request's server showed, for when it is not trusted. Node then ends the connection
 * before it tells of the error, and the certificate is gone with it; so it is read at the end of the handshake, just
 * before Node judges it. Where that is not told (the event is not documented) nothing is known and all else stays.
 */
export class CertificateWatch {
  readonly #url: string;
  #evidence: CertificateEvidence | undefined;

  /** @param url address of the request, for errors. */
  constructor(outgoing: ClientRequest, url: string) {
    this.#url = url;
    outgoing.once('socket', (socket) => {
      if (!(socket instanceof TLSSocket) || socket.authorized) return; // One that was kept has been judged before.
      socket.prependOnceListener('secure', () => {
        // Not getPeerX509Certificate: it takes the certificate away from Node's own check, which comes next.
        const shown = socket.getPeerCertificate() as Partial<PeerCertificate> | null; // As documented, unlike its type.
        const [validFrom, validTo] = [isoDate(shown?.valid_from), isoDate(shown?.valid_to)];
        this.#evidence = {
          ...{ subject: nameText(shown?.subject), issuer: nameText(shown?.issuer) },
          ...(validFrom !== undefined && { validFrom }),
          ...(validTo !== undefined && { validTo }),
        };
      });
    });
  }

  /** The error with the certificate that caused it; undefined if something else went wrong, or nothing is known of it. */
  failed(cause: Error): TransportError | undefined {
    const { reason, code } = transportError(cause, this.#url);
    if (this.#evidence === undefined || !isToldBy.has(reason)) return undefined;
    return new TransportError(reason, this.#url, { cause, code, certificate: this.#evidence });
  }
}

/** Failures of which the certificate itself tells more. */
const isToldBy: ReadonlySet<TransportReason> = new Set(['tlsUnknownCa', 'tlsSelfSigned', 'tlsExpired'] as const);

/** @param text as OpenSSL prints a time: "Nov 24 10:00:00 2026 GMT" */
function isoDate(text: string | undefined): string | undefined {
  const ms = Date.parse(text ?? '');
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}

/** Whoever made the certificate chose the name: it must stay readable. In characters. */
const longestName = 200;

/** A name as Node gives it: its parts from the widest to the nearest; undefined where there is no certificate. */
type Name = Readonly<Record<string, string | readonly string[] | undefined>> | undefined;

/** A name on one line, in the order of RFC 4514: what names it most closely first. */
export function nameText(name: Name): string {
  const parts = Object.entries(name ?? {}).flatMap(([type, value]) =>
    [value ?? []].flat().map((text) => `${type}=${text}`),
  );
  const text = parts
    .reverse()
    .join(', ')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '');
  return text.length > longestName ? `${text.slice(0, longestName)}…` : text;
}
