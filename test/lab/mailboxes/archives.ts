import type { Contents } from './contents.ts';
import { usualContents } from './contents.ts';
import { Mailbox } from './mailbox.ts';
import { archiveFolders } from './tree.ts';

interface ArchiveState extends Pick<Contents, 'language'> {
  readonly archive: (Pick<Contents, 'moreItems'> & { readonly items: number }) | null;
}

/** Mailboxes, and behind them their archives, which can be opened while the state says that there are any. */
export function withArchives(
  mailboxes: readonly Mailbox[],
  state: () => { readonly mailboxes: Readonly<Record<string, ArchiveState>> },
): readonly Mailbox[] {
  const archives = mailboxes.map(({ owner }) => {
    const own = (): ArchiveState | undefined => state().mailboxes[owner.email];
    return new Mailbox(owner, {
      isArchive: true,
      items: () => own()?.archive?.items ?? 0,
      folders: archiveFolders,
      contents: () => ({
        ...usualContents,
        language: own()?.language ?? 'en',
        moreItems: own()?.archive?.moreItems ?? [],
      }),
    });
  });
  return [...mailboxes, ...archives];
}
