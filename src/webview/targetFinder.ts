import type { TargetSecret } from '../connections/secret.ts';
import type { Finding } from '../verification/verification.ts';

export interface TargetSearch {
  /** By whose address Autodiscover finds the server. */
  readonly mailbox: string;
  readonly userName: string;
  readonly secret: TargetSecret;
  /** PEM of authorities trusted besides the machine's own. */
  readonly additionalCa: string | undefined;
  /** Whether the credentials may be sent to a host that Autodiscover leads to. */
  readonly mayGoTo: (host: string) => Promise<boolean>;
  readonly signal: AbortSignal;
}

/** Finds the EWS address of a mailbox's server. Never rejects. */
export type TargetFinder = (search: TargetSearch) => Promise<{ readonly ews: string } | { readonly finding: Finding }>;
