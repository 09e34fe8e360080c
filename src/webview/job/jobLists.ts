import type { JobDefinition } from '../../migration/jobDefinition.ts';
import { ChosenMailboxes } from './chosenMailboxes.ts';
import { DirectoryPicker } from './directoryPicker.ts';
import type { DirectoryPickerOptions } from './directoryPicker.ts';
import type { JobDraft } from './jobDrafts.ts';
import type { FromJobPage, JobView, ToJobPage } from './jobProtocol.ts';
import { MailboxInput } from './mailboxInput.ts';
import { MatchList } from './matchList.ts';
import type { KnownTargets, MatchListOptions } from './matchList.ts';
import { Readiness } from './readiness.ts';
import type { ReadinessOptions } from './readiness.ts';
import { TargetFile } from './targetFile.ts';

/** What source and target are asked for. */
export interface JobServers {
  readonly directory: Pick<DirectoryPickerOptions, 'open' | 'explain'>;
  /** Domains of a source's tenant; undefined: nobody may tell. Never rejects. */
  readonly domainsOf: (sourceId: string) => Promise<ReadonlySet<string> | undefined>;
  readonly matching: Pick<MatchListOptions, 'lookUp' | 'explain'>;
  readonly scanning: Pick<ReadinessOptions, 'scans' | 'explain'>;
}

export interface JobListsOptions {
  readonly servers: JobServers;
  readonly draft: Pick<JobDraft, 'jobId' | 'byHand'>;
  /** The job that is edited; undefined: a new one. */
  readonly existing: JobDefinition | undefined;
  readonly sourceId: () => string;
  readonly changed: () => void;
}

/** The lists of a job's wizard, which the page sees in windows of some rows. */
export class JobLists {
  readonly chosen: ChosenMailboxes;
  readonly picker: DirectoryPicker;
  readonly input: MailboxInput;
  readonly matches: MatchList;
  readonly targetFile = new TargetFile();
  readonly readiness: Readiness;

  constructor({ servers, draft, existing, sourceId, changed }: JobListsOptions) {
    this.chosen = new ChosenMailboxes(changed);
    this.picker = new DirectoryPicker({ ...servers.directory, chosen: this.chosen, changed });
    const domains = (): Promise<ReadonlySet<string> | undefined> => servers.domainsOf(sourceId());
    this.input = new MailboxInput({ chosen: this.chosen, domains, changed });
    this.matches = new MatchList({ ...servers.matching, changed }, draft.byHand, existing && knownOf(existing));
    this.readiness = new Readiness({ ...servers.scanning, jobId: draft.jobId, changed });
  }

  get view(): Omit<
    JobView,
    | 'heading'
    | 'step'
    | 'errors'
    | 'notice'
    | 'restored'
    | 'busy'
    | 'sources'
    | 'targets'
    | 'folderChoices'
    | 'recoverableChoices'
    | 'facts'
  > {
    return {
      directory: this.picker.view,
      ...this.input.view,
      chosen: { count: this.chosen.list.length, version: this.chosen.version },
      removed: this.chosen.removedCount,
      matches: this.matches.view,
      ...this.targetFile.view,
      readiness: this.readiness.view,
    };
  }

  /** Rows that the page shows now. */
  async rows({ list, offset, count }: Extract<FromJobPage, { type: 'rows' }>): Promise<ToJobPage> {
    switch (list) {
      case 'directory':
        return {
          ...{ type: 'rows', list, version: this.picker.version, offset },
          rows: this.picker.rows(offset, count),
        };
      case 'faults':
        return {
          ...{ type: 'rows', list, version: this.input.report.faults.version, offset },
          rows: this.input.report.rows(offset, count),
        };
      case 'targetFaults':
        return {
          ...{ type: 'rows', list, version: this.targetFile.report.faults.version, offset },
          rows: this.targetFile.report.rows(offset, count),
        };
      case 'chosen':
        return { type: 'rows', list, version: this.chosen.version, offset, rows: this.chosen.rows(offset, count) };
      case 'matches':
        return {
          ...{ type: 'rows', list, version: this.matches.view.version, offset },
          rows: this.matches.rows(offset, count),
        };
      case 'scanned': {
        const { version } = this.readiness.view;
        return { type: 'rows', list, version, offset, rows: await this.readiness.rows(offset, count) };
      }
    }
  }

  /** Ends what is under way but the scan. */
  stop(): void {
    this.picker.stop();
    this.matches.stop();
  }

  /** The wizard ends: so does its scan. */
  dispose(): void {
    this.stop();
    this.readiness.dispose();
  }
}

/** The targets that the job's mailboxes had when it was saved. */
function knownOf({ target, mailboxes }: JobDefinition): KnownTargets {
  const targets = mailboxes.flatMap(({ match }) => (match?.state === 'matched' ? [{ address: match.target }] : []));
  return { targetId: target, targets };
}
