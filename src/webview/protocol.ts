/**
 * What the wizard's page and the extension host say to each other. The only file both sides share, types only: the
 * host parses every message of the page with the schemas in pageMessages.ts before it looks at it.
 *
 * The host owns the truth: the page draws the `WizardView` it was last given and reports what the user does. Secrets
 * go one way only, from the page to the host, and never into `PageState`.
 */

type WizardStep = 'credentials' | 'configuration';
type CloudId = 'worldwide' | 'gccHigh' | 'dod' | 'china' | 'bleu' | 'delos' | 'custom';
export type SignInMethod = 'appCertificate' | 'appSecret' | 'account' | 'password';
export type CheckOutcome = 'pending' | 'running' | 'passed' | 'warning' | 'failed' | 'skipped' | 'cancelled';

/** Every input of step one that is not a secret. Empty string: not filled in. */
export interface CredentialsForm {
  readonly name: string;
  readonly cloud: CloudId;
  readonly tenant: string;
  readonly method: SignInMethod;
  readonly clientId: string;
  /** For an app: it is held in a scope by RBAC for Applications. */
  readonly scopedAccess: boolean;
  readonly userName: string;
  readonly testMailbox: string;
  readonly ewsUrl: string;
  readonly authorityUrl: string;
  readonly graphUrl: string;
}

/** Inputs of the form that hold free text. */
export type TextFieldId = Exclude<keyof CredentialsForm, 'cloud' | 'method' | 'scopedAccess'>;

/** Typed secrets; empty string: nothing typed, so a stored secret is kept. */
export interface SecretInputs {
  readonly clientSecret: string;
  readonly password: string;
  readonly passphrase: string;
}

/** Inputs that can carry an error message. `certificate` and `additionalCa` are files chosen by a dialog of the host. */
export type FieldId =
  | Exclude<keyof CredentialsForm, 'scopedAccess'>
  | 'clientSecret'
  | 'password'
  | 'passphrase'
  | 'certificate'
  | 'account'
  | 'additionalCa';

export type FieldErrors = { readonly [field in FieldId]?: string };

/** A file that the host holds for the page: its name and what is worth showing of it. */
export interface ChosenFile {
  readonly fileName: string;
  /** One line such as "CN=Migration, valid until 1 May 2027, thumbprint 12AB…". */
  readonly summary: string;
  /** The file cannot be opened without a passphrase (or with the one given). */
  readonly needsPassphrase: boolean;
}

/** Signing an account in: where it stands. */
export type AccountView =
  | { readonly state: 'signedOut' }
  /** Asking the sign-in service. */
  | { readonly state: 'starting' }
  /** The sign-in page is open in a browser. */
  | { readonly state: 'browser' }
  /** To be typed at `verificationUri`, until `expiresAt` (milliseconds since 1970). */
  | {
      readonly state: 'code';
      readonly userCode: string;
      readonly verificationUri: string;
      readonly expiresAt: number;
    }
  | { readonly state: 'signedIn'; readonly userName: string }
  | { readonly state: 'failed'; readonly finding: FindingView };

/** What a registered app may do besides reading mailboxes over EWS. */
export type Extra = 'listMailboxes' | 'graphExport';
export type ScriptKind = 'powershell' | 'azureCli';

export interface RegistrationStepView {
  readonly title: string;
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
}

/** What the signed-in administrator would create. */
export interface RegistrationPlanView {
  readonly userName: string;
  /** The tenant's organization; empty when it may not be read. */
  readonly organization: string;
  /** Client id of an app that an earlier registration has left, which is continued with; empty: a new one is created. */
  readonly existing: string;
  /** What the account's roles let it consent to. */
  readonly consent: 'all' | 'allButGraph' | 'none' | 'unknown';
}

/** Registering an app: where it stands. */
export interface RegistrationView {
  readonly phase: 'idle' | 'signingIn' | 'looking' | 'planned' | 'running' | 'stopped' | 'registered' | 'removing';
  /** The administrator's sign-in, while it is under way or after it failed. */
  readonly account: AccountView;
  readonly plan?: RegistrationPlanView;
  /** Once it has begun. */
  readonly steps: readonly RegistrationStepView[];
  /** What stands in the tenant because of this registration. */
  readonly exists: readonly string[];
  /** Why it stopped. */
  readonly finding?: FindingView;
  /** Going on takes another sign-in of the administrator. */
  readonly needsSignIn: boolean;
  /** Another account may have the rights that this one lacks. */
  readonly otherAccountHelps: boolean;
  /** Everything has been taken back. */
  readonly removed: boolean;
}

/** How a person signs in: in this machine's browser, or with a code in any browser. */
export type SignInWay = 'browser' | 'deviceCode';

/** One request that a check made. Never carries a secret, a token or a body. */
export interface ExchangeView {
  readonly request: string;
  readonly response: string;
  readonly durationMs: number;
  readonly ids: readonly { readonly name: string; readonly value: string }[];
}

/**
 * What the product can do about a finding before it runs again: change the form's cloud, wait an hour, sign the account
 * in, have an administrator grant the app its permission.
 */
export type RemedyAction =
  | { readonly kind: 'chooseCloud'; readonly cloud: CloudId }
  | { readonly kind: 'checkAgain' }
  | { readonly kind: 'signIn' }
  | { readonly kind: 'grantPermission' };

/** A way out of a finding. At most one of the optional members is set; without one the text is all. */
export interface RemedyView {
  readonly text: string;
  /** A command to copy; shown in a monospaced block with a Copy button. */
  readonly command?: string;
  /** An https address the host opens when the page sends `openLink` with it. */
  readonly link?: string;
  /** The text is a button's, which posts `act` with it. */
  readonly action?: RemedyAction;
}

export interface FindingView {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  /** What is wrong, one sentence. */
  readonly title: string;
  readonly explanation: string;
  readonly remedies: readonly RemedyView[];
  /** How long what was done takes to show; absent: it shows at once. */
  readonly effect?: string;
}

export interface CheckView {
  readonly id: string;
  readonly title: string;
  readonly outcome: CheckOutcome;
  readonly durationMs?: number;
  /** One line: what was found when it passed, or why it was skipped. */
  readonly detail?: string;
  readonly findings: readonly FindingView[];
  readonly exchanges: readonly ExchangeView[];
}

export type RunState = 'notStarted' | 'running' | 'passed' | 'passedWithWarnings' | 'failed' | 'cancelled';

export interface Choice<T extends string> {
  readonly id: T;
  readonly label: string;
  readonly hint?: string;
}

/** Everything the page shows except what the user is typing. */
export interface WizardView {
  /** "New Office 365 connection", or "Settings of Contoso". */
  readonly heading: string;
  readonly editing: boolean;
  readonly step: WizardStep;
  readonly clouds: readonly Choice<CloudId>[];
  readonly methods: readonly Choice<SignInMethod>[];
  readonly errors: FieldErrors;
  /** Secrets that are stored already: their field shows "stored – leave empty to keep". */
  readonly stored: {
    readonly clientSecret: boolean;
    readonly password: boolean;
    readonly certificate: boolean;
    readonly account: boolean;
  };
  readonly account: AccountView;
  readonly registration: RegistrationView;
  /** How to give the app scoped access, with the form's own values. */
  readonly scopedAccessCommands: string;
  /** What is offered first: in a remote window a browser cannot come back to this machine. */
  readonly signInWay: SignInWay;
  readonly certificate?: ChosenFile;
  readonly additionalCa?: ChosenFile;
  /** A text above the step: a lost secret after a reload, a change made in another window, a failed save. */
  readonly notice?: { readonly severity: 'error' | 'warning' | 'info'; readonly text: string };
  /** The host is at work on `next` or on saving: the buttons are busy. */
  readonly busy: boolean;
  readonly run: {
    readonly state: RunState;
    /** One sentence on the whole: how many checks passed, what failed. Empty before the first run. */
    readonly summary: string;
    /** When the checks run again by themselves, in milliseconds since 1970; absent: they do not. */
    readonly againAt?: number;
    readonly checks: readonly CheckView[];
  };
}

/** What the page keeps over a window reload (webview state) and gives back with `ready`. Never a secret. */
export interface PageState {
  /** Which connection is edited; absent for a new one. Set by the host. */
  readonly connectionId?: string;
  /** Key of the draft in the host, set by the host. */
  readonly draftId: string;
  /** Names the draft to the tenant: by it the wizard knows the app that it has created. Set by the host. */
  readonly attemptId: string;
  readonly step: WizardStep;
  readonly form: CredentialsForm;
  readonly advancedOpen: boolean;
}

/** What every page is told alike. */
export type Drawn<View, State> =
  | {
      readonly type: 'open';
      readonly view: View;
      readonly state: State;
      /** Bundle of vscode.l10n for the page's own texts; absent: English. */
      readonly l10n?: { readonly [key: string]: string };
    }
  | { readonly type: 'view'; readonly view: View };

/** What the host says to a page besides: of some page only. */
export type AfterDrawn<ToPage> = Exclude<ToPage, Drawn<unknown, unknown>>;

export type ToPage =
  | Drawn<WizardView, PageState>
  /** A proposed name, for an input that the user has left empty. */
  | { readonly type: 'fill'; readonly form: { readonly name: string } }
  /** The host has chosen for the form: a finding's button, or a registered app. */
  | {
      readonly type: 'choose';
      readonly form: { readonly [field in 'cloud' | 'method' | 'clientId']?: CredentialsForm[field] };
    }
  /** The first faulty field after `next`. */
  | { readonly type: 'focus'; readonly field: FieldId };

export type FromPage =
  | { readonly type: 'ready'; readonly restored?: PageState }
  /** The user left a field: judge this one (and what depends on it). */
  | { readonly type: 'left'; readonly field: FieldId; readonly form: CredentialsForm; readonly secrets: SecretInputs }
  /** Something was typed or chosen: the draft of a closed wizard comes from the last of these. No judgement. */
  | { readonly type: 'changed'; readonly form: CredentialsForm; readonly advancedOpen: boolean }
  | { readonly type: 'chooseCertificate'; readonly form: CredentialsForm; readonly secrets: SecretInputs }
  | { readonly type: 'chooseAdditionalCa'; readonly form: CredentialsForm }
  | { readonly type: 'signIn'; readonly way: SignInWay; readonly form: CredentialsForm; readonly secrets: SecretInputs }
  | { readonly type: 'cancelSignIn' }
  /** Signs an administrator in to register an app. */
  | {
      readonly type: 'registrationSignIn';
      readonly way: SignInWay;
      readonly form: CredentialsForm;
      readonly secrets: SecretInputs;
    }
  /** Creates what is missing; also after a failure. */
  | { readonly type: 'register'; readonly extras: readonly Extra[]; readonly form: CredentialsForm }
  /** Takes back what was created. */
  | { readonly type: 'removeRegistered' }
  | { readonly type: 'cancelRegistration' }
  | {
      readonly type: 'copyScript';
      readonly script: ScriptKind;
      readonly extras: readonly Extra[];
      readonly form: CredentialsForm;
    }
  | { readonly type: 'next'; readonly form: CredentialsForm; readonly secrets: SecretInputs }
  | FromAnyWizard;

/** What the wizards of all kinds of connections say alike. */
export type FromAnyWizard =
  | { readonly type: 'removeAdditionalCa' }
  | { readonly type: 'back' }
  /** Configure and Run again. */
  | { readonly type: 'configure' }
  /** Ends the run, or what else is waited for. */
  | { readonly type: 'cancel' }
  | { readonly type: 'finish' }
  | { readonly type: 'saveUnverified' }
  | { readonly type: 'copyReport' }
  | { readonly type: 'openRequirements' }
  | { readonly type: 'close' }
  | FromFinding;

/** What can be done with a finding, on whatever page it is shown. */
export type FromFinding =
  /** Its button. */
  | { readonly type: 'act'; readonly action: RemedyAction }
  | { readonly type: 'copyText'; readonly text: string }
  | { readonly type: 'openLink'; readonly link: string }
  /** What the troubleshooting page says of it. */
  | { readonly type: 'openTroubleshooting'; readonly code: string };
