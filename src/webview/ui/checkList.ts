import * as l10n from '@vscode/l10n';
import { makeCheckRow } from './checkRow.ts';
import { make } from './dom.ts';
import type { CheckRow } from './checkRow.ts';
import type { SharedHost } from './host.ts';
import type { CheckView } from '../protocol.ts';

export interface CheckList {
  readonly element: HTMLElement;
  update(checks: readonly CheckView[]): void;
}

/** The checks of a run. Rows are kept by the id of their check and moved only when the order has changed. */
export function makeCheckList(host: SharedHost): CheckList {
  const list = make('ol', 'checks');
  list.setAttribute('aria-label', l10n.t('Checks'));
  const rows = new Map<string, CheckRow>();
  return {
    element: list,
    update: (checks) => {
      const ids = new Set(checks.map(({ id }) => id));
      for (const [id, row] of rows) {
        if (ids.has(id)) continue;
        row.element.remove();
        rows.delete(id);
      }
      checks.forEach((check, index) => {
        const row = rows.get(check.id) ?? makeCheckRow(host, check);
        rows.set(check.id, row);
        if (list.children[index] !== row.element) list.insertBefore(row.element, list.children[index] ?? null);
        row.update(check);
      });
    },
  };
}
