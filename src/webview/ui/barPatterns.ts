import { svg } from './svg.ts';
import type { RunView } from '../detailsProtocol.ts';

type Outcome = RunView['outcome'];

/** The outcomes in the order of the legend. */
export const outcomes: readonly Outcome[] = ['passed', 'warning', 'failed', 'offline', 'throttled'];

/**
 * What fills the bars: whole, striped, crossed, or nothing within a broken line. So an outcome is told without its
 * colour, which the style sheet adds.
 */
export function barPatterns(): SVGElement {
  const striped = pattern('warning', svg('path', { d: 'M-2 2 2 -2M0 8 8 0M6 10 10 6' }));
  const crossed = pattern('failed', svg('path', { d: 'M0 0 8 8M8 0 0 8' }));
  return svg('defs', {}, striped, crossed);
}

export function fillOf(outcome: Outcome): string {
  switch (outcome) {
    case 'passed':
      return 'currentColor';
    case 'warning':
    case 'failed':
      return `url(#${patternId(outcome)})`;
    case 'offline':
    case 'throttled':
      return 'none';
  }
}

const patternId = (outcome: Outcome): string => `bar-${outcome}`;

function pattern(outcome: Outcome, lines: SVGElement): SVGElement {
  const size = { width: 8, height: 8, patternUnits: 'userSpaceOnUse' };
  return svg('pattern', { id: patternId(outcome), class: `bar-lines ${outcome}`, ...size }, lines);
}
