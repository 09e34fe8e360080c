/** What a check of a target found that is no error of EWS or of the transport. */
export type TargetEvidence =
  /** The server does not offer the way to sign in that the connection has. */
  | { readonly kind: 'notOffered'; readonly offered: readonly string[] }
  /** It accepts the sign-in without its binding to the TLS connection, and not with it. */
  | { readonly kind: 'bindingRefused' }
  /** It lets anybody in without asking who that is. */
  | { readonly kind: 'asksNobody'; readonly status: number }
  /** Its version; undefined: it does not even understand the question for it. */
  | { readonly kind: 'tooOld'; readonly version: string | undefined }
  | { readonly kind: 'exchangeOnline'; readonly version: string }
  /** A folder that the write test has made could not be taken away again. */
  | { readonly kind: 'leftBehind'; readonly folder: string; readonly cause: unknown };

export class TargetError extends Error {
  readonly evidence: TargetEvidence;

  constructor(evidence: TargetEvidence) {
    super(evidence.kind, 'cause' in evidence ? { cause: evidence.cause } : undefined);
    this.name = 'TargetError';
    this.evidence = evidence;
  }
}
