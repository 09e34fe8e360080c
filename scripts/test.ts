/** `npm test`: every check and test, closed by one line `N passed, N failed`. Names of steps run just those. */
import { onStopRequest } from './onStopRequest.ts';
import type { StepOutcome } from './testStepRunner.ts';
import { running, runStep } from './testStepRunner.ts';
import type { TestStage } from './testSteps.ts';
import { testStages } from './testSteps.ts';

const wanted = process.argv.slice(2);
onStopRequest(() => void stopAll());

const outcomes: StepOutcome[] = [];
for (const stage of testStages) outcomes.push(...(await runStage(stage)));

// Again at the end: the output of a whole run is long.
for (const { name, failures } of outcomes) {
  for (const failure of failures) console.log(`\n${name} failed: ${failure}`);
}
console.log('');
for (const { name, took, passed, failed } of outcomes) {
  console.log(`${name.padEnd(14)} ${(took / 1000).toFixed(1).padStart(6)} s  ${passed} passed, ${failed} failed`);
}
const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

async function runStage({ steps, atOnce }: TestStage): Promise<StepOutcome[]> {
  const waiting = steps.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  const results: StepOutcome[] = [];
  const lane = async (): Promise<void> => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) results.push(await runStep(step));
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return results;
}

async function stopAll(): Promise<never> {
  await Promise.all([...running].map(async (child) => child.stop()));
  process.exit(130);
}
