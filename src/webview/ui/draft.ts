/** How long the user may pause in typing before the host is told, in milliseconds. */
const typingPauseMs = 150;

/** What of a wizard's state the draft changes. */
interface DraftState {
  readonly form: object;
  readonly step: string;
}

export interface DraftOptions<State, Secrets> {
  readonly state: State;
  /** Nothing typed yet. */
  readonly secrets: Secrets;
  /** Keeps the state over a reload of the window. */
  readonly keep: (state: State) => void;
  /** Tells the host what has been filled in. */
  readonly tell: (state: State) => void;
}

/** What the user has filled in. Keeps itself in the webview's state, without the secrets, and tells the host. */
export class Draft<State extends DraftState, Secrets extends object> {
  private readonly options: DraftOptions<State, Secrets>;
  private kept: State;
  private typed: Secrets;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: DraftOptions<State, Secrets>) {
    this.options = options;
    this.kept = options.state;
    this.typed = options.secrets;
    options.keep(options.state);
  }

  get state(): State {
    return this.kept;
  }

  get form(): State['form'] {
    return this.kept.form;
  }

  get secrets(): Secrets {
    return this.typed;
  }

  get<K extends keyof State['form']>(field: K): State['form'][K] {
    return this.form[field];
  }

  set<K extends keyof State['form']>(field: K, value: State['form'][K]): void {
    this.change({ ...this.kept, form: { ...this.kept.form, [field]: value } });
  }

  setSecret<K extends keyof Secrets>(field: K, value: Secrets[K]): void {
    this.typed = { ...this.typed, [field]: value };
  }

  change(state: State): void {
    this.kept = state;
    this.options.keep(state);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), typingPauseMs);
  }

  /** The host has chosen it, and knows. */
  setStep(step: State['step']): void {
    if (step === this.kept.step) return;
    this.kept = { ...this.kept, step };
    this.options.keep(this.kept);
  }

  /** Tells the host at once what it has not heard yet, for example because the page is about to go. */
  flush(): void {
    if (this.timer === undefined) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.options.tell(this.kept);
  }
}
