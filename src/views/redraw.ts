import type { CommonSettings, Defined } from '../connections/connectionKind.ts';
import type { TopNode } from './connectionsModel.ts';

/** The rows to draw again; `all` when rows came, went or moved. */
export type Redraw<C extends Defined<CommonSettings>> = readonly TopNode<C>[] | 'all';

/**
 * Brings the rows that VS Code has up to date with what has just been read. While a row is being drawn again its buttons
 * lead nowhere and a key gets lost, so nothing is drawn again that looks as before.
 * @param shown VS Code knows a row by its node, so these stay and take over the models of the others.
 */
export function updateShown<C extends Defined<CommonSettings>>(
  shown: readonly TopNode<C>[],
  loaded: readonly TopNode<C>[],
): Redraw<C> {
  if (shown.length !== loaded.length) return 'all';
  const pairs = shown.map((node, index) => ({ node, now: loaded[index] }));
  const changed: TopNode<C>[] = [];
  for (const { node, now } of pairs) {
    if (now === undefined || rowId(node) !== rowId(now)) return 'all';
    if (!looksLike(node, now)) changed.push(node);
  }
  for (const { node, now } of pairs) {
    if (node.kind === 'connection' && now?.kind === 'connection') node.model = now.model;
    if (node.kind === 'unreadable' && now?.kind === 'unreadable') node.definition = now.definition;
  }
  return changed;
}

/** Of two redraws that follow each other without VS Code having drawn in between. */
export function bothRedraws<C extends Defined<CommonSettings>>(first: Redraw<C>, second: Redraw<C>): Redraw<C> {
  return first === 'all' || second === 'all' ? 'all' : [...new Set([...first, ...second])];
}

function rowId<C extends Defined<CommonSettings>>(node: TopNode<C>): string {
  return node.kind === 'connection' ? node.model.connection.id : node.definition.fileName;
}

/** What was read from a file that has not changed since is the same object: nothing is compared in depth. */
function looksLike<C extends Defined<CommonSettings>>(a: TopNode<C>, b: TopNode<C>): boolean {
  if (a.kind === 'connection' && b.kind === 'connection') {
    return (
      a.model.connection === b.model.connection &&
      a.model.hasSecret === b.model.hasSecret &&
      a.model.verifying === b.model.verifying &&
      a.model.record === b.model.record
    );
  }
  if (a.kind !== 'unreadable' || b.kind !== 'unreadable') return false;
  return a.definition.reason === b.definition.reason && a.definition.place === b.definition.place;
}
