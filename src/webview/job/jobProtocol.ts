/**
 * What the wizard of a migration job and the extension host say to each other; types only, as in protocol.ts. The host
 * parses every message of the page with the schemas in jobMessages.ts. Lists may have a hundred thousand rows and more, so
 * the host keeps them; the page asks for the rows that it shows.
 */
import type { Choice, Drawn, FindingView, FromFinding, WizardView } from '../protocol.ts';

export type JobStep = 'name' | 'source' | 'target' | 'content' | 'schedule' | 'summary';
export type Weekday = 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday';

/** Every input of the form. Empty string: not filled in. */
export interface JobForm {
  readonly name: string;
  /** Id of the connection; empty: none is chosen. */
  readonly source: string;
  readonly target: string;
  /** Patterns of addresses, one a line. */
  readonly include: string;
  readonly exclude: string;
  readonly parts: 'primary' | 'archive' | 'both';
  readonly byFile: boolean;
  readonly bySameAddress: boolean;
  /** One a line: a pattern of the source, a blank, one of the target. */
  readonly byPattern: string;
  readonly bySameLocalPart: boolean;
  /** Roles of folders that are migrated. */
  readonly folders: readonly string[];
  readonly recoverable: readonly string[];
  /** Days, such as 2024-01-31: the first wanted, and the last. */
  readonly from: string;
  readonly until: string;
  /** Classes of items, one a line. */
  readonly includeClasses: string;
  readonly excludeClasses: string;
  /** MB. */
  readonly maximumSize: string;
  readonly start: 'now' | 'at';
  /** Such as 2026-12-01 20:00, by the clock of the machine. */
  readonly at: string;
  readonly limitHours: boolean;
  readonly timeZone: string;
  /** Such as 0-6, 20-24. */
  readonly hours: { readonly [day in Weekday]: string };
  readonly mailboxesAtOnce: string;
  readonly connectionsPerMailbox: string;
  readonly itemsPerBatch: string;
  readonly requestsPerMinute: string;
  readonly gigabytesPerHour: string;
}

/** Inputs that can carry an error message. */
export type JobFieldId = keyof JobForm | 'mailboxes' | 'matches' | 'typed' | 'file';
export type JobFieldErrors = { readonly [field in JobFieldId]?: string };

export type ListName = 'directory' | 'chosen' | 'faults' | 'targetFaults' | 'matches' | 'scanned';

/** A list that the host keeps. */
export interface ListView {
  /** Rows there are. */
  readonly count: number;
  /** Another one when rows have changed: those that the page has are out of date. */
  readonly version: number;
}

type MailboxKind = 'user' | 'shared' | 'room' | 'equipment' | 'other' | 'unknown';
export type DirectorySort = 'displayName' | 'address' | 'type' | 'department' | 'size';

export interface DirectoryFilter {
  readonly text: string;
  /** Empty: all. */
  readonly type: MailboxKind | '';
  /** Undefined: all; empty: those without one. */
  readonly department?: string;
  /** MB; empty: any. */
  readonly minSize: string;
  readonly maxSize: string;
}

/** The directory of the source, to pick from. */
export interface DirectoryView extends ListView {
  readonly state: 'closed' | 'loading' | 'loaded' | 'stopped' | 'failed';
  /** Why it could not be read, or not to its end. */
  readonly finding?: FindingView;
  /** What is known besides, such as why there are no sizes. */
  readonly note?: string;
  /** Mailboxes that have come so far; `count` of them are shown. */
  readonly total: number;
  readonly departments: readonly string[];
  readonly sort: { readonly key: DirectorySort; readonly descending: boolean };
  /** Of the shown ones. */
  readonly picked: 'all' | 'some' | 'none';
  /** What a list shows at its top: a letter that is typed, or a page that has come, needs no second way for its rows. */
  readonly firstRows: readonly DirectoryRow[];
}

/** A file of mailboxes that was chosen, and how it is read. */
export interface FileView {
  readonly fileName: string;
  readonly encoding: string;
  readonly encodings: readonly Choice<string>[];
  readonly delimiter: string;
  readonly delimiters: readonly Choice<string>[];
  /** Names of the columns, or their numbers. */
  readonly columns: readonly string[];
  /** Numbers of columns, from 0. */
  readonly source?: number;
  readonly target?: number;
  readonly displayName?: number;
  /** The first rows. */
  readonly sample: readonly (readonly string[])[];
  /** What a person should know before he takes it. */
  readonly note?: string;
}

/** What was read of the last text or file. */
export interface InputView {
  /** Such as "98 mailboxes added, 2 rows have faults." */
  readonly summary: string;
  readonly severity: 'info' | 'warning';
}

export type MatchState = 'matched' | 'ambiguous' | 'missing' | 'duplicate' | 'excluded';

export interface MatchesView extends ListView {
  /** Of all mailboxes, whatever is shown. */
  readonly counts: { readonly [state in MatchState]: number };
  readonly total: number;
  readonly filter: { readonly state: MatchState | 'all'; readonly text: string };
  /** What to filter by. */
  readonly states: readonly Choice<MatchState | 'all'>[];
  /** Whether the target was asked; `file`: a file says which mailboxes it has. */
  readonly lookUp: 'none' | 'running' | 'done' | 'stopped' | 'failed' | 'file';
  /** Mailboxes that the target was asked for so far. */
  readonly asked: number;
  /** Answers that may not tell all mailboxes of the target. */
  readonly uncertain: number;
  readonly finding?: FindingView;
}

export type ScanState = 'ready' | 'attention' | 'failed';

export interface ReadinessView extends ListView {
  readonly state: 'none' | 'running' | 'finished' | 'cancelled' | 'outdated';
  /** Mailboxes done, and all of them. */
  readonly done: number;
  readonly total: number;
  readonly counts: { readonly [state in ScanState]: number };
  readonly filter: ScanState | 'all';
  /** What to filter by. */
  readonly states: readonly Choice<ScanState | 'all'>[];
  /** What has been found, in sentences. */
  readonly summary: readonly string[];
  /** What the estimate goes by. */
  readonly assumptions: readonly string[];
  /** Why the scan ended early. */
  readonly finding?: FindingView;
}

/** Everything the page shows except what the user is typing, and the rows of lists. */
export interface JobView {
  /** "New migration job", or "Settings of Wave 1". */
  readonly heading: string;
  readonly step: JobStep;
  readonly errors: JobFieldErrors;
  readonly notice?: WizardView['notice'];
  /** What is shown was filled in before the wizard was closed. */
  readonly restored: boolean;
  /** The host is at work on `next` or on saving: the buttons are busy. */
  readonly busy: boolean;
  readonly sources: readonly Choice<string>[];
  readonly targets: readonly Choice<string>[];
  /** Folders by what they are for, as the form has them. */
  readonly folderChoices: readonly Choice<string>[];
  readonly recoverableChoices: readonly Choice<string>[];
  readonly directory: DirectoryView;
  readonly file?: FileView;
  readonly input?: InputView;
  readonly faults: ListView;
  readonly chosen: ListView;
  /** What was removed last can be had again: how many mailboxes. */
  readonly removed: number;
  readonly matches: MatchesView;
  /** What was read of a file of the target's mailboxes, if there is one. */
  readonly targetInput?: InputView;
  readonly targetFaults: ListView;
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly readiness: ReadinessView;
}

export interface DirectoryRow {
  readonly row: number;
  readonly picked: boolean;
  readonly displayName: string;
  readonly address: string;
  readonly type: string;
  readonly department: string;
  readonly size: string;
}

export interface ChosenRow {
  readonly row: number;
  readonly address: string;
  readonly displayName: string;
  readonly target: string;
}

export interface FaultRow {
  readonly text: string;
}

export interface MatchRow {
  readonly row: number;
  readonly address: string;
  readonly displayName: string;
  readonly state: MatchState;
  readonly stateText: string;
  /** Empty unless it has one. */
  readonly target: string;
  /** What has become of it, in a sentence. */
  readonly text: string;
  readonly candidates: readonly string[];
  /** It was decided by hand. */
  readonly byHand: boolean;
}

export interface ScannedRow {
  readonly row: number;
  readonly source: string;
  readonly target: string;
  readonly state: ScanState;
  readonly stateText: string;
  readonly items: string;
  readonly size: string;
  readonly findings: readonly FindingView[];
  /** Its largest items and its folders, in sentences. */
  readonly contents: readonly string[];
}

export interface RowsOf {
  readonly directory: DirectoryRow;
  readonly chosen: ChosenRow;
  readonly faults: FaultRow;
  readonly targetFaults: FaultRow;
  readonly matches: MatchRow;
  readonly scanned: ScannedRow;
}

/** What the page keeps over a window reload and gives back with `ready`. The rest is in the host's draft file. */
export interface JobState {
  /** Key of the draft in the host, set by the host. */
  readonly draftId: string;
  readonly step: JobStep;
  readonly form: JobForm;
}

export type ToJobPage =
  | Drawn<JobView, JobState>
  | {
      readonly [List in ListName]: {
        readonly type: 'rows';
        readonly list: List;
        readonly version: number;
        readonly offset: number;
        readonly rows: readonly RowsOf[List][];
      };
    }[ListName]
  /** The host has chosen for the form, such as a connection that was just made. */
  | { readonly type: 'fill'; readonly form: Partial<JobForm> }
  /** What was typed has been taken. */
  | { readonly type: 'typedTaken'; readonly left: string }
  | { readonly type: 'focus'; readonly field: JobFieldId };

export type FromJobPage =
  | { readonly type: 'ready'; readonly restored?: JobState }
  /** The user left a field: judge this one. */
  | { readonly type: 'left'; readonly field: JobFieldId; readonly form: JobForm }
  | { readonly type: 'changed'; readonly form: JobForm }
  | { readonly type: 'next'; readonly form: JobForm }
  | { readonly type: 'back'; readonly form: JobForm }
  | { readonly type: 'addSource' | 'addTarget' }
  | { readonly type: 'rows'; readonly list: ListName; readonly offset: number; readonly count: number }
  | { readonly type: 'openDirectory' | 'stopDirectory' }
  | { readonly type: 'filterDirectory'; readonly filter: DirectoryFilter }
  | { readonly type: 'sortDirectory'; readonly key: DirectorySort; readonly descending: boolean }
  | { readonly type: 'pick'; readonly row: number; readonly picked: boolean }
  | { readonly type: 'pickShown'; readonly picked: boolean }
  | { readonly type: 'addTyped'; readonly text: string }
  | { readonly type: 'chooseFile' | 'addFile' | 'dropFile' }
  | {
      readonly type: 'readFile';
      readonly encoding?: string;
      readonly delimiter?: string;
      readonly source?: number;
      /** -1: none. */
      readonly target?: number;
      readonly displayName?: number;
    }
  | { readonly type: 'removeChosen'; readonly row: number }
  | { readonly type: 'removeAll' | 'undoRemove' }
  /** Asks the target, also in place of a file. */
  | { readonly type: 'lookUp' }
  /** Reads its mailboxes from a file. */
  | { readonly type: 'chooseTargetFile' }
  | { readonly type: 'filterMatches'; readonly state: MatchState | 'all'; readonly text: string }
  | { readonly type: 'decide'; readonly row: number; readonly target: string }
  | { readonly type: 'skip' | 'undecide'; readonly row: number }
  | { readonly type: 'scan' }
  | { readonly type: 'filterScanned'; readonly state: ScanState | 'all' }
  /** Ends what is under way: reading the directory, asking the target, the scan. */
  | { readonly type: 'cancel' }
  | { readonly type: 'finish'; readonly form: JobForm }
  /** Forgets what was filled in before. */
  | { readonly type: 'startOver' }
  | { readonly type: 'close' | 'openRequirements' }
  | FromFinding;
