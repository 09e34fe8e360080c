import * as l10n from '@vscode/l10n';
import { makeButton, makeSpinner } from '../controls.ts';
import { icon, make, newId, setText, show, showOneOf } from '../dom.ts';
import { makeFrame } from '../frame.ts';
import { makeSelect } from '../selectField.ts';
import { makeListHead, makeVirtualList } from '../virtualList.ts';
import type { Field } from '../fields.ts';
import { makeInputResult } from './inputResult.ts';
import { makeTrouble } from './trouble.ts';
import type { JobFieldId, JobView, MatchesView, MatchRow, MatchState } from '../../job/jobProtocol.ts';
import type { JobStepServices, RowTakers } from './jobPage.ts';
import { makeSearch } from './searchBox.ts';

interface MatchSection extends Field<JobFieldId> {
  readonly takers: RowTakers;
  update(view: JobView): void;
}

/** Which mailbox goes to which, and what to decide by hand. */
export function makeMatchSection({ host, ask }: JobStepServices): MatchSection {
  let filter: MatchesView['filter'] = { state: 'all', text: '' };
  const setFilter = (change: Partial<MatchesView['filter']>): void => {
    filter = { ...filter, ...change };
    host.post({ type: 'filterMatches', ...filter });
  };
  const frame = makeFrame('', '');
  const state = makeSelect((id) => setFilter({ state: id as MatchState | 'all' }), l10n.t('State')); // Of its choices.
  const search = makeSearch(l10n.t('Search name or address'), (text) => setFilter({ text }));
  const list = makeVirtualList<MatchRow>({
    label: l10n.t('Matches'),
    ...{ height: 12, columns: 'columns-matches', ask: ask('matches') },
    empty: () => l10n.t('No mailbox is in this state.'),
    cells: (row) => [
      make('span', `cell state-${row.state}`, icon(stateIcon(row.state)), row.stateText),
      ...[row.address, row.target],
    ],
    onPress: () => undefined,
    onMove: (row) => decision.show(row),
  });
  const decision = makeDecision(host);
  const status = make('span', '');
  const spinner = makeSpinner();
  const stop = makeButton(l10n.t('Stop'), 'secondary', () => host.post({ type: 'cancel' }));
  const again = makeButton(l10n.t('Ask the Target Again'), 'secondary', () => host.post({ type: 'lookUp' }));
  const file = makeButton(l10n.t('Use a CSV File of Its Mailboxes…'), 'secondary', () =>
    host.post({ type: 'chooseTargetFile' }),
  );
  const line = make('p', 'list-status', spinner, status, stop.element, again.element, file.element);
  line.setAttribute('role', 'status');
  const trouble = makeTrouble(host);
  const fileResult = makeInputResult(ask('targetFaults'));
  frame.hold(
    ...[line, ...fileResult.elements, trouble.element, make('div', 'filters', state.element, search.element)],
    makeListHead('columns-matches', [l10n.t('State'), l10n.t('Source'), l10n.t('Target')]),
    ...[list.element, decision.element],
  );
  frame.element.classList.add('wide');
  show(frame.label, false);
  return {
    id: 'matches',
    label: () => l10n.t('Matches'),
    element: frame.element,
    setError: (error) => frame.setError(error),
    focus: () => list.focus(),
    takers: {
      matches: (version, offset, rows) => list.take(version, offset, rows),
      targetFaults: fileResult.take,
    },
    update: ({ matches, targetInput, targetFaults, busy }) => {
      fileResult.update(targetInput, targetFaults);
      show(file.element, matches.lookUp !== 'none' && matches.lookUp !== 'running');
      file.setBusy(busy);
      state.update(matches.states, matches.filter.state);
      list.update(matches);
      show(spinner, matches.lookUp === 'running');
      const { lookUp } = matches;
      showOneOf(again.element, stop.element, lookUp === 'none' ? 'none' : lookUp === 'running' ? 'second' : 'first');
      setText(status, statusText(matches));
      if (matches.count === 0) decision.show(undefined);
      trouble.update(matches.finding);
    },
  };
}

/** What can be decided for the row that the list is at. */
function makeDecision(host: JobStepServices['host']): { element: HTMLElement; show(row: MatchRow | undefined): void } {
  let row: MatchRow | undefined;
  const heading = make('h4', '', '');
  const text = make('p', '', '');
  const candidates = make('div', 'button-row');
  const input = make('input', 'search target');
  input.type = 'text';
  input.id = newId();
  const label = make('label', 'field-label', l10n.t('Target mailbox'));
  label.htmlFor = input.id;
  const decide = (): void => {
    if (row && input.value.trim() !== '') host.post({ type: 'decide', row: row.row, target: input.value });
  };
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.isComposing) return;
    event.stopPropagation();
    decide();
  });
  const use = makeButton(l10n.t('Use This Target'), 'secondary', decide);
  const skip = makeButton(l10n.t('Don’t Migrate'), 'secondary', () => {
    if (row) host.post({ type: 'skip', row: row.row });
  });
  const undecide = makeButton(l10n.t('Decide by the Rules'), 'secondary', () => {
    if (row) host.post({ type: 'undecide', row: row.row });
  });
  const buttons = make('div', 'button-row', use.element, skip.element, undecide.element);
  const element = make('div', 'decision', heading, text, candidates, label, input, buttons);
  text.setAttribute('role', 'status');
  show(element, false);
  return {
    element,
    show: (now) => {
      const isSame = now?.row === row?.row;
      row = now;
      show(element, now !== undefined);
      if (now === undefined) return;
      setText(heading, now.displayName === '' ? now.address : `${now.displayName} <${now.address}>`);
      setText(text, now.text);
      if (!isSame || document.activeElement !== input) input.value = now.target;
      candidates.replaceChildren(
        ...now.candidates.map(
          (candidate) =>
            makeButton(candidate, 'secondary', () => host.post({ type: 'decide', row: now.row, target: candidate }))
              .element,
        ),
      );
      show(undecide.element, now.byHand);
      show(skip.element, now.state !== 'excluded');
    },
  };
}

function stateIcon(state: MatchState): string {
  const icons = {
    matched: 'pass',
    ambiguous: 'question',
    missing: 'error',
    duplicate: 'warning',
    excluded: 'circle-slash',
  };
  return icons[state];
}

function statusText({ lookUp, asked, uncertain, counts, total }: MatchesView): string {
  const matched = l10n.t('{0} of {1} have a target.', counts.matched.toLocaleString(), total.toLocaleString());
  switch (lookUp) {
    case 'none':
      return l10n.t('Choose the target server: it is asked which mailboxes it has.');
    case 'running':
      return l10n.t('Asking the target: {0} of {1}…', asked.toLocaleString(), total.toLocaleString());
    case 'done':
      return uncertain === 0
        ? matched
        : `${matched} ${l10n.t('For {0} of them the target may have more mailboxes than it tells.', uncertain.toLocaleString())}`;
    case 'file':
      return matched;
    case 'stopped':
    case 'failed':
      return `${matched} ${l10n.t('The target was not asked for all: whether these are there is not certain.')}`;
  }
}
