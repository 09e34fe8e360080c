import type { CredentialsForm, FromPage, PageState, SecretInputs, WizardStep } from '../protocol.ts';
import type { Host } from './host.ts';

/** How long the user may pause in typing before the host is told, in milliseconds. */
const typingPauseMs = 150;

/** What the user has filled in. Keeps itself in the webview's state, without the secrets, and tells the host. */
export class Draft {
  private readonly host: Host;
  private kept: PageState;
  private typed: SecretInputs = { clientSecret: '', password: '', passphrase: '' };
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host, state: PageState) {
    this.host = host;
    this.kept = state;
    host.keep(state);
  }

  get form(): CredentialsForm {
    return this.kept.form;
  }

  get secrets(): SecretInputs {
    return this.typed;
  }

  get advancedOpen(): boolean {
    return this.kept.advancedOpen;
  }

  set<K extends keyof CredentialsForm>(field: K, value: CredentialsForm[K]): void {
    this.change({ ...this.kept, form: { ...this.kept.form, [field]: value } });
  }

  setSecret(field: keyof SecretInputs, value: string): void {
    this.typed = { ...this.typed, [field]: value };
  }

  setAdvancedOpen(advancedOpen: boolean): void {
    if (advancedOpen !== this.kept.advancedOpen) this.change({ ...this.kept, advancedOpen });
  }

  setStep(step: WizardStep): void {
    if (step === this.kept.step) return;
    this.kept = { ...this.kept, step };
    this.host.keep(this.kept);
  }

  /** Tells the host at once what it has not heard yet, for example because the page is about to go. */
  flush(): void {
    if (this.timer === undefined) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    const message: FromPage = { type: 'changed', form: this.form, advancedOpen: this.advancedOpen };
    this.host.post(message);
  }

  private change(state: PageState): void {
    this.kept = state;
    this.host.keep(state);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), typingPauseMs);
  }
}
