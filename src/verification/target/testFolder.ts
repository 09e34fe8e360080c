import { randomBytes } from 'node:crypto';
import { ewsCode } from '../../ews/ewsError.ts';
import type { EwsSession } from '../../ews/ewsSession.ts';
import { deleteFolder } from '../../ews/writeOperations.ts';
import type { CheckScope } from '../checkRunner.ts';
import { TargetError } from './targetError.ts';
import type { TargetInput } from './targetInput.ts';

const prefix = 'Exchange Migration test';

/** A test takes seconds; another window's may be under way. In milliseconds. */
const staleMs = 60 * 60_000;

/** For taking the folder away again, in milliseconds. */
const removalMs = 10_000;

/** Exchange's ways to say that it is gone already. */
const gone = ['ErrorItemNotFound', 'ErrorFolderNotFound'];

/** A name that says whose the folder is and since when, and that no other run has. */
export function newTestFolderName(now: Date): string {
  return `${prefix} ${now.toISOString()} ${randomBytes(4).toString('hex')}`;
}

/** Whether a folder is of a test that cannot be under way any more. */
export function isLeftOver(displayName: string, now: Date): boolean {
  if (!displayName.startsWith(`${prefix} `)) return false;
  const since = Date.parse(displayName.slice(prefix.length + 1).split(' ')[0] ?? '');
  return now.getTime() - since > staleMs; // Not true of what is no date.
}

/**
 * Takes a test's folder away with all that is in it.
 * @param folder `id` is undefined when it is not known whether it was created: then it is looked for by its name
 * @throws TargetError `leftBehind`
 */
export async function removeTestFolder(
  scope: CheckScope,
  input: TargetInput,
  session: EwsSession,
  folder: { readonly name: string; readonly id: string | undefined },
): Promise<void> {
  const { http, signal } = scope.afterwards(removalMs);
  const impersonate = session.mailbox;
  try {
    const id = folder.id ?? (await idOf(folder.name));
    if (id !== undefined) await deleteFolder({ http, session, impersonate }, id);
  } catch (cause) {
    if (!gone.includes(ewsCode(cause))) throw new TargetError({ kind: 'leftBehind', folder: folder.name, cause });
  }

  /** Whichever page of the folders it is on. */
  async function idOf(name: string): Promise<string | undefined> {
    for (let offset = 0; ;) {
      const request = { offset, pageSize: 1000 };
      const { folders, last } = await input.library.run('findFolders', request, { http, signal, session, impersonate });
      const found = folders.find(({ displayName }) => displayName === name);
      if (found || last || folders.length === 0) return found?.id;
      offset += folders.length;
    }
  }
}
