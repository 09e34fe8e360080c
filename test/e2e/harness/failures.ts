import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { projectRoot } from '../../../scripts/paths.ts';
import type { Workbench } from './workbench.ts';

/** The workbenches that are open in this process, and the test that runs: what a failure's evidence is made of. */
const open = new Set<Workbench>();
let current: Mocha.Test | undefined;

export function noteOpened(workbench: Workbench): void {
  open.add(workbench);
}

/** To be called before a workbench closes: a test's own `afterEach` comes before the hook below. */
export async function noteClosing(workbench: Workbench): Promise<void> {
  if (!open.delete(workbench)) return;
  if (current?.state === 'failed') await saveEvidence(workbench, current);
}

/** Root hooks for mocha's `--require`: a failed test leaves pictures and a trace in `out/e2e-failures`. */
export const mochaHooks = {
  beforeEach(this: Mocha.Context) {
    current = this.currentTest;
  },
  async afterEach(this: Mocha.Context) {
    if (this.currentTest?.state !== 'failed') return;
    for (const workbench of open) await saveEvidence(workbench, this.currentTest);
  },
};

async function saveEvidence(workbench: Workbench, test: Mocha.Test): Promise<void> {
  const folder = path.join(projectRoot, 'out', 'e2e-failures');
  await mkdir(folder, { recursive: true });
  const name = test
    .fullTitle()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, 120);
  try {
    await workbench.saveEvidence(path.join(folder, name));
  } catch (error) {
    // The evidence is a help; a page that is too broken to be pictured must not hide the test's own failure.
    console.error(`No evidence could be saved for "${test.fullTitle()}":`, error);
  }
}
