import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { TestCounts } from './mochaReporter.ts';
import { countsFileVariable } from './mochaReporter.ts';
import { projectRoot } from './paths.ts';
import type { SupervisedProcess } from './supervised.ts';
import { startSupervised } from './supervised.ts';
import type { TestStep } from './testSteps.ts';

export interface StepOutcome extends TestCounts {
  readonly name: string;
  /** In milliseconds. */
  readonly took: number;
}

/** The commands that run now, for Ctrl+C. */
export const running = new Set<SupervisedProcess>();

/** Runs one step and shows its output line by line under its name. */
export async function runStep(step: TestStep): Promise<StepOutcome> {
  const started = performance.now();
  const say = (line: string): void => console.log(`${step.name} │ ${line}`);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'exchange-migration-test-'));
  const countsFile = path.join(folder, 'counts');
  try {
    const exitCode = await runCommand(step.command, { ...process.env, [countsFileVariable]: countsFile }, say);
    const counts =
      step.countsTests === true ? await readCounts(countsFile) : { passed: exitCode === 0 ? 1 : 0, failed: 0 };
    const failed = Math.max(counts.failed, exitCode === 0 ? 0 : 1);
    if (counts.passed + failed > 0) return { name: step.name, took: performance.now() - started, ...counts, failed };
    say('No test ran.');
    return { name: step.name, took: performance.now() - started, passed: 0, failed: 1 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runCommand(
  command: readonly string[],
  env: NodeJS.ProcessEnv,
  say: (line: string) => void,
): Promise<number> {
  let rest = '';
  const child = startSupervised(process.execPath, command, {
    cwd: projectRoot,
    env,
    onOutput: (text) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      lines.forEach(say);
    },
  });
  running.add(child);
  const exitCode = await child.ended;
  running.delete(child);
  if (rest !== '') say(rest);
  return exitCode;
}

/** The sum of what the test runs of one step wrote; nothing when none came to its end. */
async function readCounts(file: string): Promise<TestCounts> {
  const text = await readFile(file, 'utf8').catch(() => '');
  // Written by mochaReporter.ts in our own child process.
  const runs = text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as TestCounts);
  return {
    passed: runs.reduce((sum, run) => sum + run.passed, 0),
    failed: runs.reduce((sum, run) => sum + run.failed, 0),
  };
}
