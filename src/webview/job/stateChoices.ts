import * as l10n from '@vscode/l10n';
import type { Choice } from '../protocol.ts';

/** What a list can be narrowed to: mailboxes in one state, each with how many are in it. @param total of all states */
export function stateChoices<State extends string>(
  states: readonly State[],
  textOf: (state: State) => string,
  counts: { readonly [state in State]: number },
  total: number,
): readonly Choice<State | 'all'>[] {
  return [
    { id: 'all', label: l10n.t('All ({0})', total.toLocaleString()) },
    ...states.map((id) => ({ id, label: l10n.t('{0} ({1})', textOf(id), counts[id].toLocaleString()) })),
  ];
}
