import type { FromJobPage, JobFieldErrors, JobFieldId, ToJobPage } from './jobProtocol.ts';
import type { JobLists } from './jobLists.ts';
import type { JobUi } from './jobUi.ts';

/** What somebody does with a text or a file of mailboxes. */
export type InputMessage = Extract<
  FromJobPage,
  { type: 'addTyped' | 'chooseFile' | 'readFile' | 'addFile' | 'dropFile' }
>;

interface InputContext {
  readonly lists: Pick<JobLists, 'input' | 'targetFile' | 'matches'>;
  readonly ui: Pick<JobUi, 'chooseMailboxFile'>;
  readonly dialogue: { post(message: ToJobPage): void; whileBusy<T>(work: () => Promise<T>): Promise<T> };
}

/** Takes mailboxes that are typed, or reads a file of them. @returns what is wrong with it; undefined: the user thinks better of it */
export async function takeInput(
  message: InputMessage,
  { lists: { input }, ui, dialogue }: InputContext,
): Promise<JobFieldErrors | undefined> {
  switch (message.type) {
    case 'addTyped': {
      const left = await dialogue.whileBusy(() => input.addTyped(message.text));
      dialogue.post({ type: 'typedTaken', left });
      return {};
    }
    case 'chooseFile': {
      const file = await ui.chooseMailboxFile();
      return file && faultOf('file', await input.open(file));
    }
    case 'readFile':
      return faultOf('file', await input.correct(message));
    case 'addFile':
      return faultOf('file', await dialogue.whileBusy(() => input.addFile()));
    case 'dropFile':
      input.dropFile();
      return {};
  }
}

/** Reads a file of the target's mailboxes. @returns as `takeInput` does */
export async function takeTargetFile({ lists, ui, dialogue }: InputContext): Promise<JobFieldErrors | undefined> {
  const file = await ui.chooseMailboxFile();
  if (file === undefined) return undefined;
  const read = await dialogue.whileBusy(() => lists.targetFile.read(file));
  if (typeof read === 'string') return { matches: read };
  await lists.matches.takeFile(read);
  return {};
}

function faultOf(field: JobFieldId, fault: string | undefined): JobFieldErrors {
  return fault === undefined ? {} : { [field]: fault };
}
