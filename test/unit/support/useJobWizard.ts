import { after, before, beforeEach } from 'mocha';
import type { SourceConnection } from '../../../src/connections/sourceConnection.ts';
import type { TargetConnection } from '../../../src/connections/targetConnection.ts';
import type { JobDefinition } from '../../../src/migration/jobDefinition.ts';
import type { JobDraft } from '../../../src/webview/job/jobDrafts.ts';
import type { JobState } from '../../../src/webview/job/jobProtocol.ts';
import { JobLabs, JobWizardBench } from './jobWizardBench.ts';
import { useTemporaryFolder } from './temporaryFolder.ts';
import type { TestJobWizard } from './testJobWizard.ts';

/** A wizard on both labs, and what it works with. */
interface JobWizardStage {
  /** Where all is kept. */
  readonly folder: string;
  readonly labs: JobLabs;
  readonly bench: JobWizardBench;
  /** Both are saved before the wizard opens. */
  readonly source: SourceConnection;
  readonly target: TargetConnection;
  /** The one opened last. */
  readonly wizard: TestJobWizard;
  /** @param draft what an earlier wizard has left. @param restored what its page has kept */
  openNew(draft?: JobDraft, restored?: JobState): Promise<TestJobWizard>;
  openSettings(job: JobDefinition, draft?: JobDraft): Promise<TestJobWizard>;
  /** Goes through all steps with the first mailboxes of the tenant. */
  fillIn(options?: { readonly name?: string; readonly count?: number }): Promise<void>;
}

/** Registers hooks that open a wizard of a new job before each test of a `describe`. */
export function useJobWizard(): JobWizardStage {
  const folder = useTemporaryFolder();
  let labs: JobLabs | undefined;
  let opened: Pick<JobWizardStage, 'bench' | 'source' | 'target' | 'wizard'> | undefined;
  const open = async (wizard: TestJobWizard, restored?: JobState): Promise<TestJobWizard> => {
    opened = { ...there(opened), wizard };
    await wizard.send({ type: 'ready', ...(restored && { restored }) });
    return wizard;
  };
  before(async () => {
    labs = await JobLabs.start();
  });
  beforeEach(async () => {
    await there(labs).reset();
    const bench = new JobWizardBench(folder(), there(labs));
    const [source, target] = await Promise.all([bench.saveSource(), bench.saveTarget()]);
    opened = { bench, source, target, wizard: bench.openNew() };
    await opened.wizard.send({ type: 'ready' });
  });
  after(() => labs?.close());
  return {
    get folder() {
      return folder();
    },
    get labs() {
      return there(labs);
    },
    get bench() {
      return there(opened).bench;
    },
    get source() {
      return there(opened).source;
    },
    get target() {
      return there(opened).target;
    },
    get wizard() {
      return there(opened).wizard;
    },
    openNew: (draft, restored) => open(there(opened).bench.openNew(draft), restored),
    openSettings: (job, draft) => open(there(opened).bench.openSettings(job, draft)),
    fillIn: async ({ name = 'Wave 1', count = 3 } = {}) => {
      const { wizard, source, target } = there(opened);
      await wizard.next({ name });
      await wizard.chooses('source', source.id);
      await wizard.send({ type: 'addTyped', text: there(labs).mailboxes.slice(0, count).join('\n') });
      await wizard.next();
      await wizard.chooses('target', target.id);
      await wizard.lookedUp();
      await wizard.goTo('summary');
    },
  };
}

function there<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('The wizard is there while tests run.');
  return part;
}
