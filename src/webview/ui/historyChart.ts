import * as l10n from '@vscode/l10n';
import { barPatterns, fillOf, outcomes } from './barPatterns.ts';
import { barAfterKey, barHeights, chartHeight } from './chartGeometry.ts';
import { make, setText } from './dom.ts';
import { svg } from './svg.ts';
import type { RunView } from '../detailsProtocol.ts';

/** Each bar has this much room, in units of the picture, of which the bar takes a part. */
const slotWidth = 24;
const barWidth = 16;
/** A chart of two bars would look like a mistake. */
const fewestSlots = 10;
/** Above the highest bar and below all, for the frame of the focus. */
const margin = 4;

export interface HistoryChart {
  readonly element: HTMLElement;
  draw(runs: readonly RunView[]): void;
}

/**
 * A bar for each run, the oldest at the left. A list box to keyboards and screen readers: one stop for Tab, the arrow keys
 * go from run to run, and what the chosen bar stands for is written below.
 */
export function makeHistoryChart(): HistoryChart {
  const picture = svg('svg', { role: 'listbox', 'aria-orientation': 'horizontal', class: 'chart' });
  picture.setAttribute('aria-label', l10n.t('Last runs, the oldest first'));
  const scale = make('div', 'chart-scale');
  const axis = make('div', 'chart-axis');
  const chosenRun = make('p', 'chosen-run');
  const legend = make('ul', 'legend');
  const figure = make('div', 'figure', scale, picture, axis);
  for (const element of [scale, axis, chosenRun]) element.setAttribute('aria-hidden', 'true'); // The options say it.
  let bars: readonly SVGGElement[] = [];
  let shown: readonly RunView[] = [];

  const choose = (index: number): void => {
    bars.forEach((bar, each) => {
      bar.setAttribute('aria-selected', String(each === index));
      bar.setAttribute('tabindex', each === index ? '0' : '-1');
    });
    const run = shown[index];
    setText(chosenRun, run ? describe(run) : '');
  };
  picture.addEventListener('keydown', (event) => {
    const next = barAfterKey(event.key, indexOf(bars, event.target), bars.length);
    if (next === undefined) return;
    event.preventDefault();
    bars[next]?.focus();
  });
  for (const type of ['focusin', 'click']) {
    picture.addEventListener(type, (event) => {
      const index = indexOf(bars, event.target);
      if (index >= 0) choose(index);
    });
  }

  return {
    element: make('div', '', figure, chosenRun, legend),
    draw: (runs) => {
      const focused = indexOf(bars, document.activeElement);
      shown = runs;
      const heights = barHeights(runs.map(({ durationMs }) => durationMs));
      bars = runs.map((run, index) => makeBar(run, index, heights[index] ?? 0));
      const height = chartHeight + 2 * margin;
      const width = Math.max(runs.length, fewestSlots) * slotWidth;
      picture.setAttribute('viewBox', `0 0 ${width} ${height}`);
      picture.setAttribute('width', String(width));
      picture.setAttribute('height', String(height));
      picture.replaceChildren(barPatterns(), ...bars);
      setText(scale, longest(runs));
      setText(axis, [...new Set([runs[0]?.day, runs.at(-1)?.day])].join(' – '));
      legend.replaceChildren(...legendOf(runs));
      choose(focused < 0 ? runs.length - 1 : Math.min(focused, runs.length - 1));
      if (focused >= 0) bars[Math.min(focused, runs.length - 1)]?.focus();
    },
  };
}

function makeBar(run: RunView, index: number, height: number): SVGGElement {
  const x = index * slotWidth;
  const slot = { x: x + 1, y: 1, width: slotWidth - 2, height: chartHeight + 2 * margin - 2 };
  const place = { x: x + (slotWidth - barWidth) / 2, y: margin + chartHeight - height, width: barWidth, height };
  return svg(
    'g',
    { role: 'option', 'aria-label': run.label, class: `bar ${run.outcome}` },
    svg('rect', { ...slot, class: 'slot' }),
    svg('rect', { ...place, class: 'shape', fill: fillOf(run.outcome) }),
  );
}

function describe({ label, startedBy, errors }: RunView): string {
  return [label, startedBy, errors].filter((part) => part !== '').join(' · ');
}

function longest(runs: readonly RunView[]): string {
  const [run] = runs.toSorted((a, b) => b.durationMs - a.durationMs);
  return run?.durationText ?? '';
}

/** The outcomes that occur, each with its pattern and its word. */
function legendOf(runs: readonly RunView[]): HTMLElement[] {
  return outcomes.flatMap((outcome) => {
    const text = runs.find((run) => run.outcome === outcome)?.outcomeText;
    if (text === undefined) return [];
    const shape = svg('rect', { x: 1, y: 1, width: 14, height: 14, class: 'shape', fill: fillOf(outcome) });
    const sample = svg('svg', { width: 16, height: 16, class: `bar ${outcome}`, 'aria-hidden': 'true' }, shape);
    return [make('li', '', sample, text)];
  });
}

function indexOf(bars: readonly SVGGElement[], target: EventTarget | null): number {
  return bars.findIndex((bar) => target instanceof Node && bar.contains(target));
}
