import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'mocha';
import { exportTo, labSettings, migrationApp } from './support/cliBench.ts';
import { jobSecrets } from './support/jobBench.ts';
import { ScanCli, typedSecret } from './support/scanCli.ts';

describe('What dist/cli.js scan is given', () => {
  const cli = new ScanCli();

  describe('takes its secrets', () => {
    const none = { EXCHANGE_MIGRATION_SECRET: '', EXCHANGE_MIGRATION_TARGET_SECRET: '' };
    const secretFile = async (name: 'source' | 'target'): Promise<string> => {
      const target = path.join(cli.folder(), name);
      await writeFile(target, `${jobSecrets(cli.bench)[name]}\n`);
      return target;
    };
    const byCertificate = async (): Promise<string[]> => {
      const { clientId, pfxFile } = migrationApp(cli.bench.lab);
      await cli.export({ source: { signIn: { method: 'appCertificate', clientId } } });
      return ['--secret-file', pfxFile ?? ''];
    };

    it('from files', async () => {
      const args = ['--secret-file', await secretFile('source'), '--target-secret-file', await secretFile('target')];
      assert.equal((await cli.scan(args, { env: none })).code, 0);
    });

    it('from standard input where the other is elsewhere', async () => {
      const { source, target } = jobSecrets(cli.bench);
      const ofSource = await cli.scan([], { input: `${source}\n`, env: { EXCHANGE_MIGRATION_SECRET: '' } });
      assert.equal(ofSource.code, 0);
      for (const args of [[], ['--target-secret-file', '-']]) {
        const ofTarget = await cli.scan(args, { input: `${target}\n`, env: { EXCHANGE_MIGRATION_TARGET_SECRET: '' } });
        assert.equal(ofTarget.code, 0);
      }
    });

    it('as a certificate whose passphrase comes from the environment, or from standard input', async () => {
      const args = await byCertificate();
      const pfxPassphrase = migrationApp(cli.bench.lab).pfxPassphrase ?? '';
      const { target } = jobSecrets(cli.bench);
      const env = { EXCHANGE_MIGRATION_SECRET: pfxPassphrase };
      assert.equal((await cli.scan(args, { env })).code, 0);
      assert.equal((await cli.scan(args, { env: { EXCHANGE_MIGRATION_SECRET: '' }, input: pfxPassphrase })).code, 0);
      const other = await cli.scan(args, { env: { ...env, EXCHANGE_MIGRATION_TARGET_SECRET: '' }, input: target });
      assert.equal(other.code, 0);
    });

    it('and says so when standard input was the passphrase and the password is nowhere', async () => {
      const args = await byCertificate();
      const { code, stderr } = await cli.scan(args, {
        env: none,
        input: migrationApp(cli.bench.lab).pfxPassphrase ?? '',
      });
      assert.equal(code, 2);
      assert.match(stderr, /The target’s password is missing.*EXCHANGE_MIGRATION_TARGET_SECRET.*--target-secret-file/);
    });

    it('and says so at once when both would come from standard input', async () => {
      for (const args of [[], ['--secret-file', '-', '--target-secret-file', '-']]) {
        const { code, stderr, stdout } = await cli.scan(args, { env: none }); // Standard input stays open.
        assert.deepEqual([code, stdout], [2, '']);
        assert.match(
          stderr,
          /one of the two secrets only.*EXCHANGE_MIGRATION_SECRET.*EXCHANGE_MIGRATION_TARGET_SECRET/,
        );
      }
    });

    it('and refuses an empty password, or a file that is not there', async () => {
      const empty = await cli.scan(['--target-secret-file', '-'], { input: '\n' });
      assert.equal(empty.code, 2);
      assert.match(empty.stderr, /The target’s password is empty/);
      const missing = await cli.scan(['--target-secret-file', path.join(cli.folder(), 'none')]);
      assert.equal(missing.code, 2);
      assert.match(missing.stderr, /none cannot be read \(ENOENT\)/);
    });

    it('but not from an account, which signs in with a browser', async () => {
      const { clientId } = migrationApp(cli.bench.lab);
      await cli.export({ source: { signIn: { method: 'account', clientId } } });
      const { code, stderr } = await cli.scan([], { env: none });
      assert.equal(code, 2);
      assert.match(stderr, /needs a person and a browser/);
    });
  });

  describe('given what it cannot use', () => {
    it('says that nothing is matched, and what to do', async () => {
      await cli.export({ isMatched: false });
      const { code, stdout, stderr } = await cli.scan();
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, /job\.json: no mailbox of this job is matched\. Open the job in VS Code, match/);
      assert.match(stderr, /--help/);
    });

    it('tells a job from other files, and names what is wrong with it', async () => {
      const text = await readFile(cli.file, 'utf8');
      for (const [damaged, says] of [
        [text.slice(0, 400), /not valid JSON \(line \d+ column \d+\)/],
        [text.replace('"schemaVersion": 1', '"schemaVersion": 9'), /made by a newer version/],
        [text.replace('"primary"', '"moon"').replace('"both"', '"moon"'), /the value at “rules\.parts” is not valid/],
      ] as const) {
        await writeFile(cli.file, damaged);
        const { code, stderr } = await cli.scan();
        assert.equal(code, 2);
        assert.match(stderr, says);
      }
      cli.file = await exportTo(cli.folder(), [labSettings(cli.bench.lab)]);
      assert.match((await cli.scan()).stderr, /not an export of a migration job/);
      cli.file = path.join(cli.folder(), 'none.json');
      assert.match((await cli.scan()).stderr, /cannot be read \(ENOENT\)/);
    });

    it('refuses a secret as an argument, and an option of verify', async () => {
      const secret = await cli.scan(['--target-password', typedSecret]);
      assert.equal(secret.code, 2);
      assert.match(secret.stderr, /never taken from an argument/);
      const other = await cli.scan(['--timeout', '3']);
      assert.equal(other.code, 2);
      assert.match(other.stderr, /^scan has no option --timeout/);
    });

    it('refuses a proxy that is none', async () => {
      const { code, stderr } = await cli.scan([], { env: { HTTPS_PROXY: `me:${typedSecret}@proxy` } });
      assert.equal(code, 2);
      assert.match(stderr, /HTTPS_PROXY is not an address/);
    });
  });
});
