import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach } from 'mocha';
import { ScanBench } from '../../unit/support/scanBench.ts';
import { useTemporaryFolder } from '../../unit/support/temporaryFolder.ts';
import { runCli } from './cli.ts';
import type { CliOptions, CliResult } from './cli.ts';
import { exportJobTo, jobSecrets } from './jobBench.ts';
import type { JobChanges } from './jobBench.ts';

/** What nobody may find in anything that the program writes. */
export const typedSecret = 'hunter2-hunter2';

/** Scans of exported jobs by the built program, of both labs as they were at the start. */
export class ScanCli {
  readonly folder: () => string;
  /** The job; its own before each test. */
  file = '';
  #bench: ScanBench | undefined;
  #results: CliResult[] = [];

  constructor() {
    this.folder = useTemporaryFolder();
    before(async () => (this.#bench = await ScanBench.open()));
    beforeEach(async () => {
      this.bench.reset();
      this.#results = [];
      await this.export();
    });
    afterEach(() => this.#findNoSecret());
    after(() => this.#bench?.close());
  }

  get bench(): ScanBench {
    return this.#bench ?? assert.fail('the labs do not run');
  }

  async export(changes: JobChanges = {}): Promise<void> {
    this.file = await exportJobTo(this.folder(), this.bench, changes);
  }

  /** With both secrets in the environment, unless told otherwise. */
  async scan(args: readonly string[] = [], options: CliOptions = {}): Promise<CliResult> {
    const { source, target } = jobSecrets(this.bench);
    const env = { EXCHANGE_MIGRATION_SECRET: source, EXCHANGE_MIGRATION_TARGET_SECRET: target, ...options.env };
    const result = await runCli(['scan', '--job', this.file, ...args], { ...options, env });
    this.#results.push(result);
    return result;
  }

  #findNoSecret(): void {
    const { source, target } = jobSecrets(this.bench);
    for (const { stdout, stderr, commandLine } of this.#results) {
      for (const secret of [source, target]) {
        assert.ok(secret);
        assert.equal([stdout, stderr, commandLine].join('\n').includes(secret), false);
      }
      assert.equal((stdout + stderr).includes(typedSecret), false);
    }
  }
}
