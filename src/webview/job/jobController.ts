import * as l10n from '@vscode/l10n';
import type { DefinitionStore } from '../../connections/definitionStore.ts';
import { StoreError } from '../../connections/storeError.ts';
import { storeErrorText } from '../../connections/storeErrorText.ts';
import { defineJob } from '../../migration/jobDefinition.ts';
import type { JobDefinition, JobSettings } from '../../migration/jobDefinition.ts';
import { subjectOf } from '../../migration/jobSubject.ts';
import type { Choice } from '../protocol.ts';
import { passOn, WizardDialogue } from '../wizardDialogue.ts';
import type { JobDraft } from './jobDrafts.ts';
import { changedElsewhere } from './jobChange.ts';
import { jobSettingsOf, matchRulesOf, rulesOf } from './jobForm.ts';
import { folderChoices, recoverableChoices } from './folderChoices.ts';
import { takeInput, takeTargetFile } from './jobInput.ts';
import type { InputMessage } from './jobInput.ts';
import { jobSteps } from './jobMessages.ts';
import type {
  FromJobPage,
  JobFieldErrors,
  JobFieldId,
  JobForm,
  JobState,
  JobStep,
  JobView,
  ToJobPage,
} from './jobProtocol.ts';
import { jobFacts } from './jobFacts.ts';
import type { JobUi } from './jobUi.ts';
import { JobLists } from './jobLists.ts';
import type { JobServers } from './jobLists.ts';
import { fieldsOfStep, jobFaults } from './validateJob.ts';
import type { JobFacts } from './validateJob.ts';

/** The connections of one kind, to choose from. */
export interface ConnectionChoices {
  list(): Promise<readonly Choice<string>[]>;
  /** Opens the wizard for a new one. @returns its id; undefined: nothing was saved */
  add(): Promise<string | undefined>;
}

export interface JobControllerOptions {
  readonly jobs: DefinitionStore<JobDefinition>;
  readonly sources: ConnectionChoices;
  readonly targets: ConnectionChoices;
  readonly servers: JobServers;
  /** Keeps what is not saved yet, in a while. */
  readonly keepDraft: () => void;
  readonly ui: JobUi;
  readonly l10nBundle: { readonly [key: string]: string } | undefined;
  readonly existing: JobDefinition | undefined;
  readonly heading: string;
  readonly draftId: string;
  readonly draft: JobDraft;
  /** The draft was left by an earlier wizard; `fresh` is what it would have begun with. */
  readonly restored: boolean;
  readonly fresh: JobDraft;
  /** Reports what nobody foresaw. */
  readonly onFailure: (error: unknown) => void;
}

/** Decides what the wizard of a migration job shows: it owns the truth, the page draws it. */
export class JobController {
  /** A job registers nothing. */
  readonly hasRegistered = false;
  readonly #options: JobControllerOptions;
  readonly #dialogue: WizardDialogue<JobView, JobState, ToJobPage>;
  #lists: JobLists;
  #form: JobForm;
  #step: JobStep;
  #errors: JobFieldErrors = {};
  #choices: { sources: readonly Choice<string>[]; targets: readonly Choice<string>[] } = { sources: [], targets: [] };
  #basedOn: string | undefined;
  #restored: boolean;
  #opened = false;

  constructor(options: JobControllerOptions) {
    this.#options = options;
    const { draft } = options;
    this.#form = draft.form;
    this.#step = draft.step;
    this.#basedOn = draft.basedOn;
    this.#restored = options.restored;
    this.#dialogue = new WizardDialogue({ post: (message) => options.ui.post(message), view: () => this.#view() });
    this.#lists = this.#listsOf(draft);
  }

  /** What the page keeps; the rest is in the draft. */
  get state(): JobState {
    return { draftId: this.#options.draftId, step: this.#step, form: this.#form };
  }

  /** What is worth keeping when the page is closed. */
  get draft(): JobDraft {
    return {
      jobId: this.#options.draft.jobId,
      ...(this.#basedOn !== undefined && { basedOn: this.#basedOn }),
      ...{ step: this.#step, form: this.#form, byHand: this.#lists.matches.byHand, mailboxes: this.#lists.chosen.list },
    };
  }

  /** Handles a message once those before it have been handled. Rejects with what nobody foresaw. */
  handle(message: FromJobPage): Promise<void> {
    switch (message.type) {
      case 'cancel': // Not behind what is being waited for.
        this.#lists.stop();
        this.#lists.readiness.stop();
        return Promise.resolve();
      case 'rows':
        return this.#lists.rows(message).then((rows) => this.#dialogue.post(rows));
      default:
        return this.#inTurn(() => this.#handle(message));
    }
  }

  /** The page is gone: nothing is posted to it from now on. */
  dispose(): void {
    this.#dialogue.dispose();
    this.#lists.dispose();
  }

  /** Jobs or connections changed, maybe in another window. */
  async noticeChange(): Promise<void> {
    await this.#readChoices();
    this.#dialogue.noteChange(await this.#changedElsewhere());
    this.#dialogue.show();
  }

  async #handle(message: Exclude<FromJobPage, { type: 'cancel' | 'rows' }>): Promise<void> {
    const { ui } = this.#options;
    switch (message.type) {
      case 'ready':
        return this.#open(message.restored);
      case 'changed':
        this.#form = message.form;
        this.#options.keepDraft();
        return;
      case 'left':
        this.#form = message.form;
        return this.#left(message.field);
      case 'next':
        this.#form = message.form;
        return this.#next();
      case 'back':
        this.#form = message.form;
        return this.#goTo(jobSteps[jobSteps.indexOf(this.#step) - 1] ?? 'name');
      case 'finish':
        this.#form = message.form;
        return this.#finish();
      case 'addSource':
      case 'addTarget':
        this.#detach(this.#addConnection(message.type === 'addSource' ? 'source' : 'target'));
        return;
      case 'openDirectory':
        if (!this.#hasFault(['source'], await this.#facts())) this.#detach(this.#lists.picker.open(this.#form.source));
        return;
      case 'stopDirectory':
        this.#lists.picker.stop();
        return;
      case 'filterDirectory':
        this.#lists.picker.filter(message.filter);
        return;
      case 'sortDirectory':
        return this.#lists.picker.sort(message.key, message.descending);
      case 'pick':
        return this.#chose(this.#lists.picker.pick(message.row, message.picked));
      case 'pickShown':
        return this.#chose(this.#lists.picker.pickShown(message.picked));
      case 'addTyped':
      case 'chooseFile':
      case 'readFile':
      case 'addFile':
      case 'dropFile':
        return this.#takeInput(message);
      case 'removeChosen': {
        const { address = '' } = this.#lists.chosen.list[message.row] ?? {};
        return this.#choseElsewhere(this.#lists.chosen.remove([address]));
      }
      case 'removeAll':
        this.#lists.chosen.removeAll();
        return this.#choseElsewhere();
      case 'undoRemove':
        return this.#choseElsewhere(this.#lists.chosen.undo());
      case 'lookUp':
        this.#lists.targetFile.forget();
        this.#detach(this.#lists.matches.lookUp());
        return;
      case 'chooseTargetFile':
        return this.#chooseTargetFile();
      case 'filterMatches':
        this.#lists.matches.filter({ state: message.state, text: message.text });
        return;
      case 'decide':
        this.#decide(message.row, message.target);
        return;
      case 'skip':
      case 'undecide':
        this.#lists.matches.decide(message.row, message.type === 'skip' ? 'skip' : undefined);
        this.#options.keepDraft();
        return;
      case 'scan':
        await this.#dialogue.whileBusy(() => this.#lists.matches.settled());
        if (await this.#isFaultless()) this.#detach(this.#scan());
        return;
      case 'filterScanned':
        return this.#lists.readiness.filter(message.state);
      case 'startOver':
        return this.#startOver();
      case 'act': // No finding of a job has a button: see withoutButtons.ts.
        return;
      default:
        return passOn(message, ui);
    }
  }

  async #open(restored: JobState | undefined): Promise<void> {
    if (restored !== undefined) {
      // What was typed a moment before the window was reloaded.
      this.#form = restored.form;
      this.#step = restored.step;
    }
    await this.#readChoices();
    // A page that was only moved to another window finds here what has been chosen since.
    if (!this.#opened) await this.#fill(this.#options.draft);
    if (!this.#opened && this.#restored && restored === undefined) {
      const text = l10n.t('This is what you filled in before. Start Over begins anew.');
      this.#dialogue.notice = { severity: 'info', text };
    }
    this.#opened = true;
    this.#dialogue.noteChange(await this.#changedElsewhere());
    this.#dialogue.open(this.state, this.#options.l10nBundle);
    await this.#entered();
  }

  #listsOf(draft: JobDraft): JobLists {
    return new JobLists({
      ...{ servers: this.#options.servers, draft: { jobId: this.#options.draft.jobId, byHand: draft.byHand } },
      existing: this.#options.existing,
      sourceId: () => this.#form.source,
      changed: () => this.#dialogue.show(),
    });
  }

  async #fill({ mailboxes }: JobDraft): Promise<void> {
    await this.#lists.chosen.adopt(mailboxes);
    await this.#lists.readiness.open();
  }

  async #startOver(): Promise<void> {
    const { fresh, l10nBundle } = this.#options;
    this.#lists.dispose();
    this.#restored = false;
    this.#form = fresh.form;
    this.#basedOn = fresh.basedOn;
    this.#lists = this.#listsOf(fresh);
    await this.#fill(fresh);
    await this.#goTo('name');
    this.#dialogue.open(this.state, l10nBundle);
  }

  async #readChoices(): Promise<void> {
    const { sources, targets } = this.#options;
    try {
      this.#choices = { sources: await sources.list(), targets: await targets.list() };
    } catch (error) {
      this.#dialogue.noteFailure(error);
    }
  }

  async #next(): Promise<void> {
    const facts = await this.#facts();
    if (this.#hasFault(fieldsOfStep[this.#step], facts)) return;
    await this.#goTo(jobSteps[jobSteps.indexOf(this.#step) + 1] ?? 'summary');
  }

  async #goTo(step: JobStep): Promise<void> {
    this.#step = step;
    this.#errors = {};
    this.#dialogue.notice = undefined;
    this.#dialogue.noteChange(await this.#changedElsewhere()); // True until it is saved, or closed.
    this.#dialogue.show();
    await this.#entered();
    this.#options.keepDraft();
  }

  /** What a step needs when somebody comes to it. */
  async #entered(): Promise<void> {
    if (this.#step === 'target') await this.#matchAndAsk();
    if (this.#step === 'summary') await this.#sumUp();
    this.#dialogue.show();
  }

  /** Who comes here past the step of the targets – by a scan's results, by a reload – has not had the target asked. */
  async #sumUp(): Promise<void> {
    await this.#match();
    const compare = async (): Promise<void> => this.#lists.readiness.compare(await this.#subject());
    if (this.#lists.matches.view.lookUp === 'none') this.#detach(this.#lists.matches.lookUp().then(compare));
    else await compare();
  }

  async #match(): Promise<void> {
    const form = this.#form;
    const basis = {
      ...{ sources: this.#lists.chosen.list, targetId: form.target },
      ...{ rules: matchRulesOf(form), filter: rulesOf(form) },
    };
    const faults = jobFaults(['include', 'exclude', 'byPattern'], this.#form, await this.#facts());
    if (Object.keys(faults).length === 0) await this.#lists.matches.match(basis); // Else said where they are.
  }

  async #matchAndAsk(): Promise<void> {
    await this.#match();
    const { matches, targetFile } = this.#lists;
    if (matches.view.lookUp === 'none') targetFile.forget(); // It was another target's.
    if (this.#form.target !== '' && matches.view.lookUp !== 'file') this.#detach(matches.lookUp());
  }

  async #left(field: JobFieldId): Promise<void> {
    if (field === 'source') this.#lists.picker.forgetUnless(this.#form.source);
    const judged: readonly JobFieldId[] = [field, ...(Object.keys(this.#errors) as JobFieldId[])]; // Its keys are such.
    this.#errors = jobFaults(
      judged.filter((each) => fieldsOfStep[this.#step].includes(each)),
      this.#form,
      await this.#facts(),
    );
    this.#dialogue.show();
    const matters: readonly JobFieldId[] = ['target', 'byFile', 'bySameAddress', 'bySameLocalPart', 'byPattern'];
    if (matters.includes(field)) await this.#matchAndAsk();
    this.#options.keepDraft();
  }

  async #takeInput(message: InputMessage): Promise<void> {
    const faults = await takeInput(message, this.#inputContext());
    if (faults === undefined) return;
    this.#errors = faults;
    await this.#choseElsewhere();
  }

  async #chooseTargetFile(): Promise<void> {
    const faults = await takeTargetFile(this.#inputContext());
    if (faults === undefined) return;
    this.#errors = faults;
    this.#dialogue.show();
  }

  #inputContext(): Parameters<typeof takeTargetFile>[0] {
    return { lists: this.#lists, ui: this.#options.ui, dialogue: this.#dialogue };
  }

  async #choseElsewhere(work?: Promise<void>): Promise<void> {
    await work;
    await this.#lists.picker.adjust();
    await this.#chose();
  }

  async #chose(work?: Promise<void>): Promise<void> {
    await work;
    if (this.#errors.mailboxes !== undefined && this.#lists.chosen.list.length > 0) this.#errors = {};
    this.#dialogue.show();
    this.#options.keepDraft();
  }

  #decide(row: number, target: string): void {
    const fault = this.#lists.matches.targetFault(target);
    this.#errors = fault === undefined ? {} : { matches: fault };
    if (fault === undefined) {
      this.#lists.matches.decide(row, { target: target.trim() });
      if (this.#lists.matches.view.lookUp !== 'file') this.#detach(this.#lists.matches.lookUp());
    }
    this.#dialogue.show();
    this.#options.keepDraft();
  }

  async #addConnection(kind: 'source' | 'target'): Promise<void> {
    const id = await (kind === 'source' ? this.#options.sources : this.#options.targets).add();
    if (this.#dialogue.disposed) return;
    this.#options.ui.reveal();
    if (id === undefined) return;
    await this.#inTurn(async () => {
      this.#form = { ...this.#form, [kind]: id };
      await this.#readChoices();
      this.#dialogue.post({ type: 'fill', form: { [kind]: id } });
      await this.#left(kind);
    });
  }

  async #scan(): Promise<void> {
    await this.#lists.readiness.start(this.#settings(), await this.#subject());
  }

  async #finish(): Promise<void> {
    const { jobs, existing, draft, ui } = this.#options;
    try {
      await this.#dialogue.whileBusy(() => this.#lists.matches.settled());
      if (!(await this.#isFaultless())) return;
      await this.#dialogue.whileBusy(async () => {
        const settings = this.#settings();
        const subject = await subjectOf(settings);
        const saved = await jobs.save({
          name: settings.name,
          id: existing?.id ?? draft.jobId,
          ...(this.#basedOn !== undefined && { basedOn: this.#basedOn }),
          define: (parts) => defineJob(settings, subject, parts),
        });
        this.#basedOn = saved.revision;
        await ui.finish(saved);
      });
    } catch (error) {
      if (error instanceof StoreError && error.reason === 'nameTaken')
        await this.#backTo('name', storeErrorText(error));
      else this.#dialogue.noteFailure(error);
      this.#dialogue.show();
    }
  }

  /** Back to a faulty field: names and connections may have gone meanwhile. */
  async #isFaultless(): Promise<boolean> {
    await this.#match();
    const facts = await this.#facts();
    for (const step of jobSteps) {
      const faults = jobFaults(fieldsOfStep[step], this.#form, facts);
      const first = fieldsOfStep[step].find((field) => faults[field] !== undefined);
      if (first === undefined) continue;
      await this.#backTo(first, faults[first] ?? '');
      return false;
    }
    return true;
  }

  async #backTo(field: JobFieldId, error: string): Promise<void> {
    await this.#goTo(jobSteps.find((step) => fieldsOfStep[step].includes(field)) ?? 'name');
    this.#errors = { [field]: error };
    this.#dialogue.show();
    this.#dialogue.post({ type: 'focus', field });
  }

  /** Shows the faults of these fields, and sends the user to the first. */
  #hasFault(fields: readonly JobFieldId[], facts: JobFacts): boolean {
    this.#errors = jobFaults(fields, this.#form, facts);
    this.#dialogue.show();
    const first = fields.find((field) => this.#errors[field] !== undefined);
    if (first !== undefined) this.#dialogue.post({ type: 'focus', field: first });
    return first !== undefined;
  }

  async #facts(): Promise<JobFacts> {
    const { jobs, existing } = this.#options;
    const { definitions } = await jobs.list();
    return {
      otherNames: definitions.filter(({ id }) => id !== existing?.id).map(({ name }) => name),
      sources: new Set(this.#choices.sources.map(({ id }) => id)),
      targets: new Set(this.#choices.targets.map(({ id }) => id)),
      chosenCount: this.#lists.chosen.list.length,
      fileIsOpen: this.#lists.input.view.file !== undefined,
      matchedCount: this.#lists.matches.matchedCount,
    };
  }

  /** Sound only if the form has no faults. */
  #settings(): JobSettings {
    const { matches } = this.#lists;
    return jobSettingsOf(this.#form, matches.mailboxes(), matches.byHand);
  }

  #subject(): Promise<string> {
    return subjectOf(this.#settings());
  }

  #changedElsewhere(): Promise<string | undefined> {
    return changedElsewhere(this.#options.jobs, this.#options.existing, this.#basedOn);
  }

  /** Nothing once the page is gone: what waited behind Finish would leave a draft of the saved job. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    return this.#dialogue.inTurn(async () => {
      if (!this.#dialogue.disposed) await work();
    });
  }

  /** What takes long goes on beside the other messages. */
  #detach(work: Promise<void>): void {
    work.catch(this.#options.onFailure);
  }

  #view(): JobView {
    return {
      heading: this.#options.heading,
      ...{ step: this.#step, errors: this.#errors, restored: this.#restored },
      ...(this.#dialogue.notice && { notice: this.#dialogue.notice }),
      busy: this.#dialogue.busy,
      ...this.#choices,
      ...{ folderChoices: folderChoices(), recoverableChoices: recoverableChoices() },
      facts: this.#step === 'summary' ? jobFacts(this.#form, this.#choices, this.#lists.matches.view) : [],
      ...this.#lists.view,
    };
  }
}
