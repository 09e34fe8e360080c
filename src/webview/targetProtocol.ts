/**
 * What the wizard of a target connection and the extension host say to each other; types only, as in protocol.ts. The host
 * parses every message of the page with the schemas in targetMessages.ts.
 */
import type { ChosenFile, Choice, Drawn, FindingView, FromAnyWizard, WizardView } from './protocol.ts';

type TargetStep = 'server' | 'credentials' | 'configuration';
type TargetMethod = 'ntlm' | 'basic';

/** Every input that is not a secret. Empty string: not filled in. */
export interface TargetForm {
  readonly name: string;
  /** A server's name, the address of its EWS, or an e-mail address by which Autodiscover finds it. */
  readonly server: string;
  readonly method: TargetMethod;
  readonly userName: string;
  readonly testMailbox: string;
}

/** Typed secrets; empty string: nothing typed, so a stored one is kept. */
export interface TargetSecrets {
  readonly password: string;
}

/** Inputs that can carry an error message. */
export type TargetFieldId = keyof TargetForm | keyof TargetSecrets | 'additionalCa';
export type TargetFieldErrors = { readonly [field in TargetFieldId]?: string };

/** Everything the page shows except what the user is typing. */
export interface TargetView {
  /** "New Exchange server connection", or "Settings of Headquarters". */
  readonly heading: string;
  readonly step: TargetStep;
  readonly methods: readonly Choice<TargetMethod>[];
  readonly errors: TargetFieldErrors;
  /** A password is stored and may be kept. */
  readonly stored: boolean;
  readonly additionalCa?: ChosenFile;
  readonly notice?: WizardView['notice'];
  /** The host is at work on `next` or on saving: the buttons are busy. */
  readonly busy: boolean;
  /** Autodiscover is looking for the server. */
  readonly looking: boolean;
  /** Why Autodiscover did not find it. */
  readonly finding?: FindingView;
  readonly run: WizardView['run'];
}

/** What the page keeps over a window reload and gives back with `ready`. Never a secret. */
export interface TargetState {
  /** Which connection is edited; absent for a new one. Set by the host. */
  readonly connectionId?: string;
  /** Key of the draft in the host, set by the host. */
  readonly draftId: string;
  readonly step: TargetStep;
  readonly form: TargetForm;
}

export type ToTargetPage =
  | Drawn<TargetView, TargetState>
  /** A proposed name, for an input that the user has left empty. */
  | { readonly type: 'fill'; readonly form: { readonly name: string } }
  | { readonly type: 'focus'; readonly field: TargetFieldId };

interface FilledIn {
  readonly form: TargetForm;
  readonly secrets: TargetSecrets;
}

export type FromTargetPage =
  | { readonly type: 'ready'; readonly restored?: TargetState }
  /** The user left a field: judge this one. */
  | ({ readonly type: 'left'; readonly field: TargetFieldId } & FilledIn)
  /** Something was typed or chosen: the draft of a closed wizard comes from the last of these. No judgement. */
  | { readonly type: 'changed'; readonly form: TargetForm }
  | { readonly type: 'chooseAdditionalCa'; readonly form: TargetForm }
  | ({ readonly type: 'next' } & FilledIn)
  | FromAnyWizard;
