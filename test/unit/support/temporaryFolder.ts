import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'mocha';

/** Gives each test of the suite a folder of its own, which goes with it. @returns its path, while a test runs */
export function useTemporaryFolder(): () => string {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'exmig-unit-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  return () => folder;
}
