import type { RunState } from '../protocol.ts';

/** Which buttons step two offers. */
export interface RunActions {
  /** What the run's own button does. */
  readonly run: 'configure' | 'cancel' | 'runAgain';
  readonly runIsPrimary: boolean;
  readonly back: boolean;
  readonly copyReport: boolean;
  readonly saveUnverified: boolean;
  readonly finish: boolean;
}

const nothing: Omit<RunActions, 'run' | 'runIsPrimary'> = {
  back: false,
  copyReport: false,
  saveUnverified: false,
  finish: false,
};

export function actionsFor(state: RunState): RunActions {
  switch (state) {
    case 'notStarted':
      return { ...nothing, run: 'configure', runIsPrimary: true, back: true };
    case 'running':
      return { ...nothing, run: 'cancel', runIsPrimary: false };
    case 'passed':
    case 'passedWithWarnings':
      return { ...nothing, run: 'runAgain', runIsPrimary: false, back: true, copyReport: true, finish: true };
    case 'failed':
    case 'cancelled':
      return { ...nothing, run: 'runAgain', runIsPrimary: true, back: true, copyReport: true, saveUnverified: true };
  }
}
