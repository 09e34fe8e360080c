import * as l10n from '@vscode/l10n';
import type { DirectoryPage, MailboxDetails, SourceDirectory } from '../../migration/directory/sourceDirectory.ts';
import { mailboxTypes } from '../../migration/mailbox.ts';
import type { DirectoryMailbox, MailboxType } from '../../migration/mailbox.ts';
import { MailboxIndex } from '../../migration/mailboxIndex.ts';
import type { MailboxFilter } from '../../migration/mailboxIndex.ts';
import type { Finding } from '../../verification/verification.ts';
import type { ChosenMailboxes } from './chosenMailboxes.ts';
import { numberOf } from './jobForm.ts';
import type { DirectoryFilter, DirectoryRow, DirectorySort, DirectoryView } from './jobProtocol.ts';
import { sizeText } from '../../migration/sizeText.ts';

/** As many as the page's list asks for at its top, or a few more. */
const firstRows = 40;

/** Bytes. */
const megabyte = 1_000_000;

/** A tenant's directory while it is read. */
export type Directory = Pick<SourceDirectory, 'pages' | 'details'>;

export interface DirectoryPickerOptions {
  readonly chosen: ChosenMailboxes;
  /** Opens the directory of a source connection until the signal is aborted. */
  readonly open: (sourceId: string, signal: AbortSignal) => Promise<Directory>;
  /** Why it could not be read. */
  readonly explain: (error: unknown, sourceId: string) => Promise<Finding>;
  readonly changed: () => void;
}

/** The source's directory to pick mailboxes from. What is picked is chosen at once. */
export class DirectoryPicker {
  readonly #options: DirectoryPickerOptions;
  #index = new MailboxIndex();
  /** Sorted, which is too slow to be done at each look. */
  #departments: readonly string[] = [];
  #connectionId = '';
  #stop: AbortController | undefined;
  #state: DirectoryView['state'] = 'closed';
  #finding: Finding | undefined;
  #note: string | undefined;
  #filter: DirectoryFilter = { text: '', type: '', minSize: '', maxSize: '' };
  #sort: DirectoryView['sort'] = { key: 'displayName', descending: false };
  #version = 0;

  constructor(options: DirectoryPickerOptions) {
    this.#options = options;
  }

  get view(): DirectoryView {
    const index = this.#index;
    const picked = index.chosenShownCount;
    return {
      state: this.#state,
      ...(this.#finding && { finding: this.#finding }),
      ...(this.#note !== undefined && { note: this.#note }),
      total: index.count,
      count: index.shownCount,
      version: this.#version,
      departments: this.#departments,
      sort: this.#sort,
      picked: picked === 0 ? 'none' : picked === index.shownCount ? 'all' : 'some',
      firstRows: this.rows(0, firstRows),
    };
  }

  get version(): number {
    return this.#version;
  }

  rows(offset: number, count: number): readonly DirectoryRow[] {
    return this.#index.window(offset, count).map(({ row, mailbox, isChosen }) => ({
      row,
      picked: isChosen,
      displayName: mailbox.displayName,
      address: mailbox.address,
      type: typeText(mailbox.type),
      department: mailbox.department ?? '',
      size: mailbox.size === undefined ? '' : sizeText(mailbox.size),
    }));
  }

  /** Reads the directory of this connection, anew if it is read already; done when all of it is there. */
  async open(connectionId: string): Promise<void> {
    this.stop();
    const stop = new AbortController();
    this.#stop = stop;
    this.#connectionId = connectionId;
    this.#clear();
    this.#index.show(filterOf(this.#filter));
    this.#show({ state: 'loading' });
    const isOurs = (): boolean => this.#stop === stop;
    try {
      const directory = await this.#options.open(connectionId, stop.signal);
      let leftOut = '';
      for await (const { mailboxes, soFar } of directory.pages()) {
        if (!isOurs()) return;
        this.#take(mailboxes);
        leftOut = leftOutText(soFar);
      }
      if (!isOurs()) return;
      await this.#sortAgain();
      if (!isOurs()) return;
      this.#show({ state: 'loaded', note: leftOut });
      await this.#learn(directory, leftOut, stop.signal);
    } catch (error) {
      if (!isOurs()) return;
      if (stop.signal.aborted) {
        this.#show({ state: 'stopped' });
        return;
      }
      const finding = await this.#options.explain(error, connectionId);
      if (isOurs()) this.#show({ state: 'failed', finding });
    } finally {
      stop.abort(); // Closes the directory.
      if (isOurs()) this.#stop = undefined;
    }
  }

  /** What has come until now stays. */
  stop(): void {
    this.#stop?.abort();
  }

  /** The source is another now: its directory is another, too. */
  forgetUnless(connectionId: string): void {
    if (this.#connectionId === '' || this.#connectionId === connectionId) return;
    this.stop();
    this.#stop = undefined;
    this.#connectionId = '';
    this.#clear();
    this.#show({ state: 'closed' });
  }

  filter(filter: DirectoryFilter): void {
    this.#filter = filter;
    this.#index.show(filterOf(filter));
    this.#touch();
  }

  async sort(key: DirectorySort, descending: boolean): Promise<void> {
    this.#sort = { key, descending };
    await this.#index.sortBy(key, descending);
    this.#touch();
  }

  async pick(row: number, picked: boolean): Promise<void> {
    const index = this.#index;
    const mailbox = index.mailbox(row);
    if (mailbox === undefined) return; // The directory is read anew since the page was told of this row.
    index.choose(row, picked);
    if (picked) await this.#options.chosen.add([chosenOf(mailbox)]);
    else await this.#options.chosen.remove([mailbox.address]);
    this.#touch();
  }

  async pickShown(picked: boolean): Promise<void> {
    const index = this.#index;
    const shown = index.shown();
    index.chooseShown(picked);
    if (picked) await this.#options.chosen.add(mapped(shown, chosenOf));
    else await this.#options.chosen.remove(mapped(shown, ({ address }) => address));
    this.#touch();
  }

  /** Others have been chosen or removed by another way: ticks what is chosen. */
  async adjust(): Promise<void> {
    const { chosen } = this.#options;
    this.#index.chooseAll(false);
    await this.#index.chooseAddresses(chosen.list.map(({ address }) => address));
    this.#touch();
  }

  /** Sizes and types come in one report, which takes a while and may not be permitted: the list is there without it. */
  async #learn(directory: Directory, leftOut: string, signal: AbortSignal): Promise<void> {
    const details = await directory.details();
    signal.throwIfAborted();
    if (details.state === 'known') {
      await this.#index.learn(details.get, { signal });
      if (this.#sort.key === 'size' || this.#sort.key === 'type') await this.#sortAgain();
      signal.throwIfAborted();
    }
    const why = details.state === 'known' ? '' : noDetailsText(details.reason);
    this.#show({ state: 'loaded', note: [leftOut, why].filter((part) => part !== '').join(' ') });
  }

  #clear(): void {
    this.#index = new MailboxIndex();
    this.#departments = [];
  }

  #sortAgain(): Promise<void> {
    return this.sort(this.#sort.key, this.#sort.descending);
  }

  #take(page: readonly DirectoryMailbox[]): void {
    const index = this.#index;
    const first = index.count;
    index.add(page);
    for (const [at, { address }] of page.entries()) {
      if (this.#options.chosen.has(address)) index.choose(first + at, true);
    }
    const { departments } = index;
    if (departments.length > this.#departments.length)
      this.#departments = departments.toSorted((a, b) => a.localeCompare(b));
    // No other version: pages come faster than the page gets its rows, and those that it has asked for are still right.
    this.#options.changed();
  }

  #show({
    state,
    finding,
    note,
  }: Pick<DirectoryView, 'state'> & { finding?: Finding; note?: string | undefined }): void {
    this.#state = state;
    this.#finding = finding;
    this.#note = note;
    this.#touch();
  }

  #touch(): void {
    this.#version += 1;
    this.#options.changed();
  }
}

function chosenOf({ address, displayName }: DirectoryMailbox): { address: string; displayName?: string } {
  return { address, ...(displayName !== '' && displayName !== address && { displayName }) };
}

function* mapped<From, To>(values: Iterable<From>, to: (value: From) => To): Generator<To> {
  for (const value of values) yield to(value);
}

function filterOf({ text, type, department, minSize, maxSize }: DirectoryFilter): MailboxFilter {
  const [least, most] = [numberOf(minSize) * megabyte, numberOf(maxSize) * megabyte];
  const types = mailboxTypes.filter((each) => each === type);
  return {
    text,
    ...(types.length > 0 && { types }),
    ...(department !== undefined && { departments: [department] }),
    ...(!Number.isNaN(least) && { minSize: least }),
    ...(!Number.isNaN(most) && { maxSize: most }),
  };
}

function typeText(type: MailboxType): string {
  switch (type) {
    case 'user':
      return l10n.t('User');
    case 'shared':
      return l10n.t('Shared');
    case 'room':
      return l10n.t('Room');
    case 'equipment':
      return l10n.t('Equipment');
    case 'other':
      return l10n.t('Other');
    case 'unknown':
      return '';
  }
}

function leftOutText({ guests, withoutAddress }: DirectoryPage['soFar']): string {
  const count = guests + withoutAddress;
  return count === 0 ? '' : l10n.t('Left out: {0} guests and users without an address.', count.toLocaleString());
}

function noDetailsText(reason: Extract<MailboxDetails, { state: 'unknown' }>['reason']): string {
  switch (reason) {
    case 'noPermission':
      return l10n.t('Sizes and types need the Graph permission Reports.Read.All.');
    case 'concealed':
      return l10n.t('Sizes and types are not known: this tenant’s reports conceal names.');
    case 'failed':
      return l10n.t('Sizes and types are not known: the tenant’s report could not be read.');
  }
}
