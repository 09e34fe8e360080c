import type { JobDefinition } from '../../../src/migration/jobDefinition.ts';
import { JobController } from '../../../src/webview/job/jobController.ts';
import type { ConnectionChoices } from '../../../src/webview/job/jobController.ts';
import type { JobDraft } from '../../../src/webview/job/jobDrafts.ts';
import type {
  FromJobPage,
  JobForm,
  JobStep,
  JobView,
  ListName,
  RowsOf,
  ToJobPage,
} from '../../../src/webview/job/jobProtocol.ts';
import { jobServers } from '../../../src/webview/job/jobServers.ts';
import type { MailboxFile } from '../../../src/webview/job/mailboxInput.ts';
import type { JobWizardBench } from './jobWizardBench.ts';
import { TestWizardUi } from './testWizardUi.ts';
import { until } from './until.ts';

interface Opening {
  /** What an earlier wizard has left. */
  readonly draft: JobDraft | undefined;
  readonly existing?: JobDefinition;
}

/** The wizard of a job, with a page that remembers what it was told. */
export class TestJobWizard extends TestWizardUi<ToJobPage, JobDefinition> {
  readonly controller: JobController;
  /** What nobody foresaw. */
  readonly failures: unknown[] = [];
  /** What the next dialog for a file of mailboxes gives; undefined: it is cancelled. */
  mailboxFile: MailboxFile | undefined;
  /** The wizard of a new connection: what it ends with. */
  addConnection: () => Promise<string | undefined> = () => Promise.resolve(undefined);
  reveals = 0;
  /** How often the draft was to be kept. */
  kept = 0;

  constructor(bench: JobWizardBench, fresh: JobDraft, { draft, existing }: Opening) {
    super();
    const { jobs, sources, targets, servers, scans } = bench;
    this.controller = new JobController({
      ...{ jobs, existing, fresh, ui: this, heading: 'Test', l10nBundle: undefined },
      ...{ draftId: existing?.id ?? 'new', draft: draft ?? fresh, restored: draft !== undefined },
      sources: this.#choices(sources),
      targets: this.#choices(targets),
      servers: jobServers(servers, scans),
      keepDraft: () => (this.kept += 1),
      onFailure: (error) => this.failures.push(error),
    });
  }

  confirm(): Promise<boolean> {
    throw new Error('Nothing is to be asked.');
  }

  notify(): void {
    throw new Error('Nothing is to be told.');
  }

  override finish(saved: JobDefinition): Promise<void> {
    return super.finish(saved, undefined);
  }

  chooseMailboxFile(): Promise<MailboxFile | undefined> {
    return Promise.resolve(this.mailboxFile);
  }

  reveal(): void {
    this.reveals += 1;
  }

  get view(): JobView {
    const last = this.posted.findLast((message) => message.type === 'view' || message.type === 'open');
    if (last === undefined) throw new Error('The page has been shown nothing.');
    return last.view;
  }

  get form(): JobForm {
    return this.controller.state.form;
  }

  /** The field that got the focus last. */
  get focus(): string | undefined {
    return this.posted.findLast((message) => message.type === 'focus')?.field;
  }

  send(message: FromJobPage): Promise<void> {
    return this.controller.handle(message);
  }

  /** Goes on with these changes of what is filled in. */
  next(changes: Partial<JobForm> = {}): Promise<void> {
    return this.send({ type: 'next', form: { ...this.form, ...changes } });
  }

  back(changes: Partial<JobForm> = {}): Promise<void> {
    return this.send({ type: 'back', form: { ...this.form, ...changes } });
  }

  finishes(changes: Partial<JobForm> = {}): Promise<void> {
    return this.send({ type: 'finish', form: { ...this.form, ...changes } });
  }

  /** Chooses something and leaves its field. */
  chooses(field: keyof JobForm, value: string): Promise<void> {
    return this.send({ type: 'left', field, form: { ...this.form, [field]: value } });
  }

  /** Rows of a list, as the page asks for them. */
  async rows<List extends ListName>(list: List, offset = 0, count = 100): Promise<readonly RowsOf[List][]> {
    await this.send({ type: 'rows', list, offset, count });
    const answer = this.posted.findLast((message) => message.type === 'rows' && message.list === list);
    if (answer?.type !== 'rows') throw new Error(`There are no rows of ${list}.`);
    return answer.rows as readonly RowsOf[List][]; // They are of the list that was asked for.
  }

  /** Reads the directory of the chosen source to its end. */
  async openDirectory(): Promise<void> {
    await this.send({ type: 'openDirectory' });
    await until('the directory is read', () => ['loaded', 'failed', 'stopped'].includes(this.view.directory.state));
  }

  /** The target has been asked for what is shown now. */
  lookedUp(): Promise<void> {
    return until('the target has answered', () => !['none', 'running'].includes(this.view.matches.lookUp));
  }

  /** Goes on to a step over those before it. */
  async goTo(step: JobStep): Promise<void> {
    for (let at = this.view.step; at !== step; at = this.view.step) {
      await this.next();
      if (this.view.step === at) throw new Error(`The wizard stays at ${at}: ${JSON.stringify(this.view.errors)}`);
      if (this.view.step === 'target') await this.lookedUp();
    }
  }

  #choices(store: { list(): Promise<{ connections: readonly { id: string; name: string }[] }> }): ConnectionChoices {
    return {
      list: async () => (await store.list()).connections.map(({ id, name }) => ({ id, label: name })),
      add: () => this.addConnection(),
    };
  }
}
