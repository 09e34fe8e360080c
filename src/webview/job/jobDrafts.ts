import { randomUUID } from 'node:crypto';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
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
    basedOn: z.exactOptional(z.guid()),
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

/** What a draft is of: `new`, a job's id, or a copy. */
export function subjectOfDraft(draftId: string): string {
  return draftId.split('.')[0] ?? '';
}

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

  /**
   * Takes a draft that was left of what is edited, such as `new` or a job's id, for a wizard of its own: two windows
   * would write over each other. @param draftId of the wizard that takes it; one of its own unless told
   */
  async claim(subject: string, draftId = `${subject}.${randomUUID()}`): Promise<string> {
    await this.#move(subject, draftId);
    return draftId;
  }

  /** Leaves a wizard's draft for the next one. */
  async release(draftId: string): Promise<void> {
    await this.#move(draftId, subjectOfDraft(draftId));
  }

  /** Whatever was left of this. */
  async removeAll(subject: string): Promise<void> {
    const names = await readdir(this.#folder).catch(() => []);
    const ours = names.filter((name) => subjectOfDraft(name.replace(/\.json$/, '')) === subject);
    await Promise.all(ours.map((name) => rm(join(this.#folder, name), { force: true })));
  }

  async remove(draftId: string): Promise<void> {
    await rm(this.#pathOf(draftId), { force: true }).catch((error: unknown) => {
      if (errorCode(error) === undefined) throw error; // A draft that stays does no harm.
    });
  }

  async #move(from: string, to: string): Promise<void> {
    await rename(this.#pathOf(from), this.#pathOf(to)).catch((error: unknown) => {
      if (errorCode(error) === undefined) throw error; // There is none; or it stays where it is, and is found there.
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
