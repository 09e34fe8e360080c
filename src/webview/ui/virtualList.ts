import * as l10n from '@vscode/l10n';
import { make, newId } from './dom.ts';

/** Pixels. */
const rowHeight = 26;
/** Rows asked for above and below those in sight, so that scrolling meets them. */
const margin = 20;
/** Chromium draws no taller element; the rows behind are reached by a filter. */
const tallest = 30_000_000;

interface ListState {
  readonly count: number;
  readonly version: number;
}

export interface VirtualListOptions<Row> {
  /** What the list is, for a screen reader. */
  readonly label: string;
  /** Several rows can be selected: each is ticked or not. */
  readonly multiple?: boolean;
  /** A row means the same whatever the version, so that keys work also while new rows are on their way. */
  readonly stable?: boolean;
  /** Rows in sight at most. */
  readonly height: number;
  /** Said in place of rows when there are none. */
  readonly empty: () => string;
  /** The cells of a row, in the columns of the class `columns-…` given here. */
  readonly columns: string;
  readonly cells: (row: Row) => readonly (Node | string)[];
  readonly isSelected?: (row: Row) => boolean;
  /** The row was pressed, or Enter or the space bar on it. */
  readonly onPress: (row: Row) => void;
  /** Another row is the one that keys act on. */
  readonly onMove?: (row: Row | undefined) => void;
  readonly onDelete?: (row: Row) => void;
  /** Asks the host for rows. */
  readonly ask: (offset: number, count: number) => void;
}

export interface VirtualList<Row> {
  readonly element: HTMLElement;
  /** There are other rows now, or as many as before that have changed. @param first rows from the top that came with the news */
  update(state: ListState, first?: readonly Row[]): void;
  /** Rows that the host sent. */
  take(version: number, offset: number, rows: readonly Row[]): void;
  /** The row that keys act on. */
  active(): Row | undefined;
  focus(): void;
}

/**
 * A list of any length of which only the rows in sight are in the page. The host has the rows; those that are needed are
 * asked for. It is a listbox: one stop of the Tab key, arrows move within it.
 */
export function makeVirtualList<Row>(options: VirtualListOptions<Row>): VirtualList<Row> {
  const { cells, isSelected = () => false, onPress, onMove, onDelete, ask } = options;
  const space = make('div', 'list-space');
  space.setAttribute('role', 'presentation');
  const empty = make('p', 'list-empty', options.empty());
  empty.tabIndex = -1; // Takes the focus in place of rows.
  const box = make('div', 'list-box', space);
  box.tabIndex = 0;
  box.setAttribute('role', 'listbox');
  box.setAttribute('aria-label', options.label);
  if (options.multiple === true) box.setAttribute('aria-multiselectable', 'true');
  const element = make('div', `list ${options.columns}`, box, empty);

  let state: ListState = { count: 0, version: -1 };
  let rows = new Map<number, Row>();
  /** Of the version before, where rows stay the same ones: a key need not wait for the new ones. */
  let former = new Map<number, Row>();
  let drawn = new Map<number, HTMLElement>();
  let active = 0;
  let asked = '';

  const windowNow = (): readonly [first: number, last: number] => {
    const first = Math.max(0, Math.floor(box.scrollTop / rowHeight) - margin);
    const last = Math.ceil((box.scrollTop + box.clientHeight) / rowHeight) + margin;
    return [first, Math.min(last, state.count)];
  };
  const askFor = (): void => {
    const [first, last] = windowNow();
    let [from, to] = [last, first];
    for (let at = first; at < last; at++) {
      if (rows.has(at)) continue;
      from = Math.min(from, at);
      to = at + 1;
    }
    const question = `${state.version} ${from} ${to}`;
    if (from >= to || question === asked) return;
    asked = question;
    ask(from, Math.min(to - from, 500));
  };
  const draw = (): void => {
    const [first, last] = windowNow();
    const kept = new Map<number, HTMLElement>();
    for (let at = first; at < last; at++) {
      const row = rows.get(at);
      const before = drawn.get(at);
      if (row === undefined) {
        if (before) kept.set(at, before); // Until its row has come: better than none.
        continue;
      }
      const item = before ?? make('div', 'list-row');
      if (!before) {
        item.id = newId();
        item.setAttribute('role', 'option');
        item.style.top = `${at * rowHeight}px`;
        item.dataset.at = String(at);
        item.setAttribute('aria-posinset', String(at + 1));
        item.append(...cells(row).map((cell) => (typeof cell === 'string' ? make('span', 'cell', cell) : cell)));
        space.append(item);
      }
      item.setAttribute('aria-setsize', String(state.count));
      item.setAttribute('aria-selected', String(isSelected(row)));
      item.classList.toggle('active', at === active);
      kept.set(at, item);
    }
    for (const [at, item] of drawn) if (!kept.has(at)) item.remove();
    drawn = kept;
    const now = kept.get(active);
    if (now) box.setAttribute('aria-activedescendant', now.id);
    else box.removeAttribute('aria-activedescendant');
  };
  const refresh = (): void => {
    askFor();
    draw();
  };
  const moveTo = (at: number): void => {
    active = Math.max(0, Math.min(at, state.count - 1));
    const [top, bottom] = [active * rowHeight, (active + 1) * rowHeight];
    if (top < box.scrollTop) box.scrollTop = top;
    else if (bottom > box.scrollTop + box.clientHeight) box.scrollTop = bottom - box.clientHeight;
    refresh();
    onMove?.(rows.get(active));
  };
  const page = (): number => Math.max(1, Math.floor(box.clientHeight / rowHeight) - 1);
  const moves: { readonly [key: string]: () => number } = {
    ArrowDown: () => active + 1,
    ArrowUp: () => active - 1,
    PageDown: () => active + page(),
    PageUp: () => active - page(),
    Home: () => 0,
    End: () => state.count - 1,
  };
  box.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const move = moves[event.key];
    const row = rows.get(active) ?? former.get(active);
    if (move) moveTo(move());
    else if (row !== undefined && (event.key === 'Enter' || event.key === ' ')) onPress(row);
    else if (row !== undefined && event.key === 'Delete') onDelete?.(row);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  box.addEventListener('scroll', refresh);
  box.addEventListener('click', (event) => {
    const item = event.target instanceof Element ? event.target.closest<HTMLElement>('.list-row') : null;
    if (item === null) return;
    const row = rows.get(Number(item.dataset.at));
    moveTo(Number(item.dataset.at));
    if (row !== undefined) onPress(row);
  });
  new ResizeObserver(refresh).observe(box);
  const put = (offset: number, taken: readonly Row[]): void => {
    for (const [index, row] of taken.entries()) {
      rows.set(offset + index, row);
      const item = drawn.get(offset + index);
      item?.remove();
      drawn.delete(offset + index);
    }
    refresh();
    if (offset <= active && active < offset + taken.length) onMove?.(rows.get(active));
  };

  return {
    element,
    update: (next, first = []) => {
      if (next.version === state.version && next.count === state.count) return;
      former = options.stable === true && next.count === state.count ? rows : new Map<number, Row>();
      state = next;
      rows = new Map();
      asked = '';
      for (const item of drawn.values()) item.classList.add('stale'); // For who waits for the new ones, such as a test.
      space.style.height = `${Math.min(state.count * rowHeight, tallest)}px`;
      box.style.height = `${Math.min(Math.max(state.count, 1), options.height) * rowHeight}px`;
      const hadFocus = document.activeElement === box;
      box.hidden = state.count === 0;
      empty.hidden = state.count > 0;
      empty.textContent = options.empty();
      if (hadFocus && box.hidden) empty.focus();
      active = Math.max(0, Math.min(active, state.count - 1));
      if (first.length > 0) put(0, first);
      else askFor();
    },
    take: (version, offset, taken) => {
      if (version !== state.version) return; // Of before the last change.
      put(offset, taken);
    },
    active: () => rows.get(active),
    focus: () => (box.hidden ? empty : box).focus(),
  };
}

/** The names above the columns of a list. @param names hidden from screen readers, which read each row whole */
export function makeListHead(columns: string, names: readonly (Node | string)[]): HTMLElement {
  const head = make(
    'div',
    `list-head ${columns}`,
    ...names.map((name) => (typeof name === 'string' ? make('span', 'cell', name) : name)),
  );
  return head;
}

/** How many rows there are, for a line above a list. */
export function countText(count: number): string {
  return count === 1 ? l10n.t('1 mailbox') : l10n.t('{0} mailboxes', count.toLocaleString());
}
