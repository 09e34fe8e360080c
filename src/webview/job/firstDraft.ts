import { randomUUID } from 'node:crypto';
import type { JobDefinition } from '../../migration/jobDefinition.ts';
import type { JobDraft } from './jobDrafts.ts';
import { emptyJobForm, jobFormOf } from './jobForm.ts';

/** What the wizard of a new job begins with. @param timeZone of the machine, such as Europe/Berlin */
export function newJobDraft(timeZone: string): JobDraft {
  return { jobId: randomUUID(), step: 'name', form: emptyJobForm(timeZone), byHand: [], mailboxes: [] };
}

/** What the settings of a job begin with: its mailboxes without what matching had decided then. */
export function jobDraftOf(job: JobDefinition, timeZone: string): JobDraft {
  return {
    ...{ jobId: job.id, basedOn: job.revision, step: 'name' },
    ...{ form: jobFormOf(job, timeZone), byHand: job.matching.byHand },
    mailboxes: job.mailboxes.map(({ match: _, ...mailbox }) => mailbox),
  };
}
