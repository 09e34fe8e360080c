/** What the wizards of jobs need once one is opened, loaded as one. */
export { jobDraftOf, newJobDraft } from './firstDraft.ts';
export { JobDraftFiles, subjectOfDraft } from './jobDrafts.ts';
export { parseJobState } from './jobMessages.ts';
export { openJobWizard } from './jobWizard.ts';
