import { appendFileSync } from 'node:fs';
import mocha from 'mocha';

/** Where the reporter writes, one line of JSON a finished test run: see `TestCounts`. */
export const countsFileVariable = 'EXCHANGE_MIGRATION_TEST_COUNTS';

export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  /** Of each failed test its name, and below it what went wrong. */
  readonly failures: readonly string[];
}

/** Mocha's own output for people, and the numbers in a file for the program that started the run. */
export default class CountingReporter extends mocha.reporters.Spec {
  constructor(runner: mocha.Runner, options?: mocha.MochaOptions) {
    super(runner, options);
    const file = process.env[countsFileVariable];
    if (file === undefined) return;
    runner.once(mocha.Runner.constants.EVENT_RUN_END, () => {
      const failures = this.failures.map(
        (test) => `${test.fullTitle()}\n${test.err?.stack ?? test.err?.message ?? ''}`,
      );
      const counts: TestCounts = { passed: this.stats.passes, failed: this.stats.failures, failures };
      appendFileSync(file, `${JSON.stringify(counts)}\n`);
    });
  }
}
