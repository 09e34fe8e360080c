/**
 * What the details page of a connection and the extension host say to each other; types only, as in protocol.ts. The host
 * parses every message of the page with the schema in detailsMessages.ts.
 */
import type { CheckOutcome, Drawn, FromFinding, WizardView } from './protocol.ts';

type RunOutcome = 'passed' | 'warning' | 'failed' | 'offline' | 'throttled';

/** A run of the past, in words and as a bar. */
export interface RunView {
  /** "23 Nov 2026, 10:00" */
  readonly started: string;
  readonly day: string;
  readonly outcome: RunOutcome;
  /** "verified" */
  readonly outcomeText: string;
  readonly durationMs: number;
  readonly durationText: string;
  /** Whether somebody or the watch ran it. */
  readonly startedBy: string;
  /** Codes of what was wrong. */
  readonly errors: string;
  /** The whole of it in one line: "23 Nov 2026, 10:00, verified, 1.4 s". */
  readonly label: string;
}

/** Everything the page shows. */
export interface DetailsView {
  /** The connection's name. */
  readonly heading: string;
  /** What has to be known before anything else: the connection is gone, or has changed since it was verified. */
  readonly notice?: WizardView['notice'];
  readonly status?: { readonly outcome: CheckOutcome; readonly text: string };
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  /** What can be done now. Nothing, when the connection is gone. */
  readonly actions: { readonly run: 'verify' | 'cancel' | 'none'; readonly copyReport: boolean };
  readonly run: WizardView['run'];
  /** The oldest first. */
  readonly history: readonly RunView[];
}

/** What the page keeps over a window reload. */
export interface DetailsState {
  readonly connectionId: string;
}

export type ToDetails = Drawn<DetailsView, DetailsState>;

export type FromDetails =
  | { readonly type: 'ready' }
  | { readonly type: 'verify' }
  | { readonly type: 'cancel' }
  | { readonly type: 'copyReport' }
  | { readonly type: 'openSettings' }
  | FromFinding;
