import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
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

/** Of a failed command this many of its last lines are kept. */
const lastLines = 20;

/** The commands that run now, for Ctrl+C. */
export const running = new Set<SupervisedProcess>();

/** Runs one step and shows its output line by line under its name. */
export async function runStep(step: TestStep): Promise<StepOutcome> {
  const started = performance.now();
  const last: string[] = [];
  const say = (line: string): void => {
    console.log(`${step.name} │ ${line}`);
    last.push(line);
    if (last.length > lastLines) last.shift();
  };
  const countsFile = path.join(projectRoot, 'out', 'test-counts', step.name);
  await mkdir(path.dirname(countsFile), { recursive: true });
  await rm(countsFile, { force: true });

  const exitCode = await runCommand(step.command, { [countsFileVariable]: countsFile }, say);
  const counts =
    step.countsTests === true
      ? await readCounts(countsFile)
      : { passed: exitCode === 0 ? 1 : 0, failed: 0, failures: [] };
  const nothingRan = exitCode === 0 && counts.passed + counts.failed === 0;
  if (nothingRan) say('No test ran.');
  const failed = Math.max(counts.failed, exitCode !== 0 || nothingRan ? 1 : 0);
  // A command that failed as no test of its own did says why in its last lines.
  const failures = failed > counts.failures.length ? [...counts.failures, last.join('\n')] : counts.failures;
  return { name: step.name, took: performance.now() - started, passed: counts.passed, failed, failures };
}

async function runCommand(
  command: readonly string[],
  env: NodeJS.ProcessEnv,
  say: (line: string) => void,
): Promise<number> {
  // A temporary folder of its own, so that whatever is ended half-way leaves nothing behind. Its name is short because
  // VS Code makes sockets deep inside, whose paths may have 107 characters.
  const temporary = await mkdtemp(path.join(os.tmpdir(), 'exmig-'));
  let rest = '';
  const child = startSupervised(process.execPath, command, {
    cwd: projectRoot,
    env: { ...process.env, ...env, TMPDIR: temporary, TEMP: temporary, TMP: temporary },
    removeAfterwards: [temporary],
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
    failures: runs.flatMap((run) => run.failures),
  };
}
