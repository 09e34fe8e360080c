import * as l10n from '@vscode/l10n';
import { make, setText, show } from '../dom.ts';
import { makeVirtualList } from '../virtualList.ts';
import type { FaultRow, InputView, ListView } from '../../job/jobProtocol.ts';
import type { RowTakers } from './jobPage.ts';

interface InputResult {
  readonly elements: readonly HTMLElement[];
  readonly take: NonNullable<RowTakers['faults']>;
  update(input: InputView | undefined, faults: ListView): void;
}

/** What was taken of a text or a file, and a row for each part that was not. @param ask for rows */
export function makeInputResult(ask: (offset: number, count: number) => void): InputResult {
  const result = make('p', 'input-result', '');
  result.setAttribute('role', 'status');
  const list = makeVirtualList<FaultRow>({
    label: l10n.t('What was not taken'),
    ...{ height: 6, columns: 'columns-faults', ask },
    empty: () => '',
    cells: ({ text }) => [text],
    onPress: () => undefined, // To be read only.
  });
  return {
    elements: [result, list.element],
    take: (version, offset, rows) => list.take(version, offset, rows),
    update: (input, faults) => {
      setText(result, input?.summary ?? '');
      result.className = `input-result ${input?.severity ?? ''}`;
      list.update(faults);
      show(list.element, faults.count > 0);
    },
  };
}
