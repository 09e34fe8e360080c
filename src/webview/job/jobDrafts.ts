import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { writeFileAtomically } from '../../connections/atomicFile.ts';
import { errorCode } from '../../connections/storeError.ts';
import { linedJson, parseLinedJson } from '../../migration/linedJson.ts';
import { parseMailboxes } from '../../migration/jobDefinition.ts';
import type { SourceMailbox } from '../../migration/mailbox.ts';
import type { HandMatch } from '../../migration/matching/matchRule.ts';
import type { JobForm, JobStep } from './jobProtocol.ts';
import { jobForm, jobSteps } from './jobMessages.ts';

/** What a wizard holds that nobody has saved. The mailboxes may be too many for a page's state. */
export interface JobDraft {
  /** Of the job that will be saved: its scan is kept under it. */
  readonly jobId: string;
  /** Revision of the job that is edited; absent for a new one. */
  readonly basedOn?: string;
  readonly step: JobStep;
  readonly form: JobForm;
  readonly byHand: readonly HandMatch[];
  readonly mailboxes: readonly SourceMailbox[];
}

const draft = z.lazy(() =>
  z.object({
    draftVersion: z.literal(1),
    jobId: z.guid(),
    basedOn: z.guid().exactOptional(),
    step: z.enum(jobSteps),
    form: jobForm,
    byHand: z.array(
      z.discriminatedUnion('action', [
        z.object({ source: z.string(), action: z.literal('use'), target: z.string() }),
        z.object({ source: z.string(), action: z.literal('skip') }),
      ]),
    ),
    mailboxes: z.array(z.unknown()),
  }),
);

/** Drafts of job wizards, one file each: over a reload of the window, and a wizard that was closed by mistake. */
export class JobDraftFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Undefined when there is none, or it is not of this version: a draft is no definition. */
  async read(draftId: string): Promise<JobDraft | undefined> {
    let text: string;
    try {
      text = await readFile(this.#pathOf(draftId), 'utf8');
    } catch {
      return undefined;
    }
    const parsed = draft.safeParse((await parseLinedJson(text, 'mailboxes')) ?? jsonOf(text));
    if (!parsed.success) return undefined;
    const mailboxes = await parseMailboxes(parsed.data.mailboxes);
    if ('reason' in mailboxes) return undefined;
    const { jobId, basedOn, step, form, byHand } = parsed.data;
    return { jobId, ...(basedOn !== undefined && { basedOn }), step, form, byHand, mailboxes };
  }

  /** @throws StoreError */
  async write(draftId: string, { mailboxes, ...head }: JobDraft): Promise<void> {
    await writeFileAtomically(
      this.#pathOf(draftId),
      await linedJson({ draftVersion: 1, ...head }, 'mailboxes', mailboxes),
    );
  }

  async remove(draftId: string): Promise<void> {
    await rm(this.#pathOf(draftId), { force: true }).catch((error: unknown) => {
      if (errorCode(error) === undefined) throw error; // A draft that stays does no harm.
    });
  }

  #pathOf(draftId: string): string {
    return join(this.#folder, `${draftId}.json`);
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
