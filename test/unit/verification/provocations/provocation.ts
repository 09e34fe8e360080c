import type { LabStatePatch } from '../../../lab/state.ts';
import type { AnyCheckId, CheckId } from '../../../../src/verification/verification.ts';
import type { ProvocationBench, Provoked } from '../../support/provocationBench.ts';
import type { RunOptions } from '../../support/verificationBench.ts';

/** A way to make one kind of finding happen. */
export interface Provocation {
  /** Of the finding, as the catalogue has it. */
  readonly code: string;
  /** What is wrong, for the test's title. */
  readonly what: string;
  /** Of a verification: the one check that fails for it, and by nothing else. */
  readonly check?: AnyCheckId;
  /** Makes it happen on real sockets. */
  readonly provoke: (bench: ProvocationBench) => Promise<Provoked>;
}

type State = LabStatePatch | ((bench: ProvocationBench) => LabStatePatch);

/** The tenant or the way to it is broken so that one check fails. */
export function failing(
  code: string,
  check: CheckId,
  what: string,
  state: State,
  run: (bench: ProvocationBench) => RunOptions = () => ({}),
): Provocation {
  return { code, check, what, provoke: (bench) => bench.verify(stateOf(state, bench), run(bench)) };
}

/** Something is worth a word, and no check fails for it alone. */
export function noticed(
  code: string,
  what: string,
  state: State,
  run: (bench: ProvocationBench) => RunOptions = () => ({}),
): Provocation {
  return { code, what, provoke: (bench) => bench.verify(stateOf(state, bench), run(bench)) };
}

function stateOf(state: State, bench: ProvocationBench): LabStatePatch {
  return typeof state === 'function' ? state(bench) : state;
}
