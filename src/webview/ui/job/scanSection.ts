import * as l10n from '@vscode/l10n';
import { makeButton } from '../controls.ts';
import { icon, make, setText, show, showOneOf } from '../dom.ts';
import { makeDisclosure } from '../disclosure.ts';
import { makeFinding } from '../finding.ts';
import type { SharedHost } from '../host.ts';
import { makeSelect } from '../selectField.ts';
import { makeListHead, makeVirtualList } from '../virtualList.ts';
import { makeTrouble } from './trouble.ts';
import type { JobView, ReadinessView, ScannedRow, ScanState } from '../../job/jobProtocol.ts';
import type { JobStepServices, RowTakers } from './jobPage.ts';

interface ScanSection {
  readonly element: HTMLElement;
  readonly takers: RowTakers;
  update(view: JobView): void;
}

/** The readiness scan: every mailbox opened at both ends, before anything is moved. */
export function makeScanSection({ host, ask, announce }: JobStepServices): ScanSection {
  const start = makeButton(l10n.t('Scan'), 'secondary', () => host.post({ type: 'scan' }));
  const stop = makeButton(l10n.t('Stop'), 'secondary', () => host.post({ type: 'cancel' }));
  const bar = make('progress', 'scan-progress');
  bar.setAttribute('aria-label', l10n.t('Readiness scan'));
  const status = make('p', 'list-status', '');
  status.setAttribute('role', 'status');
  const summary = make('ul', 'scan-summary');
  const assumptions = makeDisclosure(l10n.t('How it is estimated'), () => undefined);
  const assumed = make('ul', 'scan-summary');
  assumptions.content.append(assumed);
  const estimate = make('div', 'field wide', assumptions.button, assumptions.content);
  const trouble = makeTrouble(host);
  const filter = (id: string): void => host.post({ type: 'filterScanned', state: id as ScanState | 'all' }); // Of its choices.
  const state = makeSelect(filter, l10n.t('State'));
  const detail = make('div', 'decision');
  const list = makeVirtualList<ScannedRow>({
    label: l10n.t('Scanned mailboxes'),
    ...{ height: 10, columns: 'columns-scanned', ask: ask('scanned') },
    empty: () => l10n.t('No mailbox is in this state.'),
    cells: (row) => [
      make('span', `cell state-${row.state}`, icon(stateIcon(row.state)), row.stateText),
      ...[row.source, row.items, row.size],
    ],
    onPress: () => undefined,
    onMove: (row) => drawDetail(detail, row, host),
  });
  const result = make(
    'div',
    '',
    make('div', 'filters', state.element),
    makeListHead('columns-scanned', [l10n.t('State'), l10n.t('Mailbox'), l10n.t('Items'), l10n.t('Size')]),
    ...[list.element, detail],
  );
  let before: ReadinessView['state'] | undefined;
  return {
    element: make(
      'section',
      'group scan',
      make('h3', '', l10n.t('Readiness scan')),
      make(
        'p',
        'field-hint',
        l10n.t(
          'Opens every mailbox at both ends, counts what there is, looks for items that are too large, and estimates how long the migration takes. It only reads.',
        ),
      ),
      make('div', 'button-row', start.element, stop.element),
      ...[bar, status, trouble.element, summary, estimate, result],
    ),
    takers: { scanned: (version, offset, rows) => list.take(version, offset, rows) },
    update: ({ readiness, busy }) => {
      const isRunning = readiness.state === 'running';
      start.setLabel(readiness.state === 'none' ? l10n.t('Scan') : l10n.t('Scan Again'));
      start.setBusy(busy);
      showOneOf(start.element, stop.element, isRunning ? 'second' : 'first');
      show(bar, isRunning);
      bar.max = Math.max(1, readiness.total);
      bar.value = readiness.done;
      setText(status, statusText(readiness));
      show(result, readiness.done > 0);
      state.update(readiness.states, readiness.filter);
      list.update(readiness);
      if (readiness.count === 0) drawDetail(detail, undefined, host);
      drawSentences(summary, readiness.summary);
      drawSentences(assumed, readiness.assumptions);
      show(estimate, readiness.assumptions.length > 0);
      if (before === 'running' && !isRunning) announce(statusText(readiness));
      before = readiness.state;
      trouble.update(readiness.finding);
    },
  };
}

/** Drawn anew only when they are others: somebody may be selecting text. */
function drawSentences(list: HTMLElement, sentences: readonly string[]): void {
  const drawn = [...list.children].map(({ textContent }) => textContent);
  if (JSON.stringify(drawn) === JSON.stringify(sentences)) return;
  list.replaceChildren(...sentences.map((sentence) => make('li', '', sentence)));
}

function drawDetail(detail: HTMLElement, row: ScannedRow | undefined, host: SharedHost): void {
  show(detail, row !== undefined);
  if (row === undefined) return;
  detail.replaceChildren(
    make('h4', '', row.target === '' ? row.source : `${row.source} → ${row.target}`),
    ...row.findings.map((finding) => makeFinding(finding, host)),
    make('ul', '', ...row.contents.map((sentence) => make('li', '', sentence))),
  );
}

function stateIcon(state: ScanState): string {
  return { ready: 'pass', attention: 'warning', failed: 'error' }[state];
}

function statusText({ state, done, total, counts }: ReadinessView): string {
  const attention = counts.attention + counts.failed;
  switch (state) {
    case 'none':
      return l10n.t('Not scanned yet.');
    case 'running':
      return l10n.t('{0} of {1} mailboxes…', done.toLocaleString(), total.toLocaleString());
    case 'finished':
      return attention === 0
        ? done === 1
          ? l10n.t('The mailbox is ready.')
          : l10n.t('All {0} mailboxes are ready.', done.toLocaleString())
        : attention === 1
          ? l10n.t('1 of {0} mailboxes needs attention.', done.toLocaleString())
          : l10n.t('{0} of {1} mailboxes need attention.', attention.toLocaleString(), done.toLocaleString());
    case 'cancelled':
      return l10n.t('Stopped after {0} of {1} mailboxes.', done.toLocaleString(), total.toLocaleString());
    case 'outdated':
      return l10n.t('The job has changed since this scan of {0} mailboxes. Scan again.', done.toLocaleString());
  }
}
