import { format } from 'node:util';
import mocha from 'mocha';
import CountingReporter from '../../../scripts/mochaReporter.ts';
import { reportMark } from '../harness/reportMark.ts';

/**
 * Runs the given test files with mocha inside VS Code's extension host.
 * @param loaders load one test file each, so that it registers its tests.
 * @throws Error when a test failed; VS Code then ends with an exit code of its own.
 */
export async function runSuite(loaders: readonly (() => void)[]): Promise<void> {
  mocha.reporters.Base.consoleLog = (...args: unknown[]) => {
    for (const line of format(...args).split('\n')) console.log(reportMark + line);
  };
  // An extension host on a busy machine is slow to start others: 30 seconds a test.
  const runner = new mocha({ ui: 'bdd', timeout: 30_000, color: false, reporter: CountingReporter });
  for (const load of loaders) {
    runner.suite.emit('pre-require', globalThis, 'suite', runner);
    load();
  }
  const failures = await new Promise<number>((resolve) => runner.run(resolve));
  if (failures > 0) throw new Error(`${failures} test(s) failed.`);
}
