import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import type { Lab } from '../lab/lab.ts';
import { startLab } from '../lab/lab.ts';
import { useTemporaryFolder } from '../unit/support/temporaryFolder.ts';
import { runCli } from './support/cli.ts';
import type { CliOptions, CliResult } from './support/cli.ts';
import { exportTo, labSettings, migrationApp } from './support/cliBench.ts';

describe('The secret of dist/cli.js', () => {
  const folder = useTemporaryFolder();
  let lab: Lab;
  let results: CliResult[] = [];
  before(async () => {
    lab = await startLab();
  });
  beforeEach(() => (results = []));
  afterEach(() => {
    const { secret, pfxPassphrase } = migrationApp(lab);
    for (const { stdout, stderr, commandLine } of results) {
      for (const value of [secret, pfxPassphrase, lab.description.users[0]?.password]) {
        assert.ok(value);
        assert.equal([stdout, stderr, commandLine].join('\n').includes(value), false);
      }
      if (process.platform === 'linux') assert.match(commandLine, /cli\.js/);
    }
  });
  after(() => lab.close());

  const secret = (): string => migrationApp(lab).secret ?? '';
  const run = async (args: readonly string[], options: CliOptions = {}): Promise<CliResult> => {
    const result = await runCli(args, { ...options, env: { NODE_EXTRA_CA_CERTS: lab.description.ca, ...options.env } });
    results.push(result);
    return result;
  };
  const byCertificate = async (): Promise<string> =>
    exportTo(folder(), [
      labSettings(lab, { signIn: { method: 'appCertificate', clientId: migrationApp(lab).clientId } }),
    ]);

  describe('a client secret', () => {
    let file: string;
    beforeEach(async () => {
      file = await exportTo(folder(), [labSettings(lab)]);
    });
    const verify = (more: readonly string[], options: CliOptions = {}): Promise<CliResult> =>
      run(['verify', '--connection', file, '--check', 'sign-in', ...more], options);

    it('comes from the environment', async () => {
      assert.equal((await verify([], { env: { EXCHANGE_MIGRATION_SECRET: secret() } })).code, 0);
    });

    for (const [what, bytes] of [
      ['as it is', (text: string) => Buffer.from(text)],
      ['with the line end of echo', (text: string) => Buffer.from(`${text}\n`)],
      ['as Windows PowerShell writes it', (text: string) => Buffer.from(`\ufeff${text}\r\n`, 'utf16le')],
    ] as const) {
      it(`comes from a file, ${what}`, async () => {
        const secretFile = path.join(folder(), 'secret');
        await writeFile(secretFile, bytes(secret()));
        assert.equal((await verify(['--secret-file', secretFile])).code, 0);
      });

      it(`comes from standard input, ${what}`, async () => {
        assert.equal((await verify([], { input: bytes(secret()) })).code, 0);
        assert.equal((await verify(['--secret-file', '-'], { input: bytes(secret()) })).code, 0);
      });
    }

    it('is missed when it is empty or its file is not there', async () => {
      const empty = await verify([], { input: '\n' });
      assert.equal(empty.code, 2);
      assert.match(empty.stderr, /The secret is empty/);
      const none = await verify(['--secret-file', path.join(folder(), 'none')]);
      assert.equal(none.code, 2);
      assert.match(none.stderr, /none cannot be read \(ENOENT\)/);
    });

    it('is waited for until SIGINT', async () => {
      const { code, stdout, stderr } = await verify([], {
        during: async (child) => {
          assert.ok(child.stderr);
          await once(child.stderr, 'data');
          child.kill('SIGINT');
        },
      });
      assert.equal(code, 3);
      assert.equal(stdout, '');
      assert.match(stderr, /^Waiting for the secret on standard input…\nCancelled/);
    });

    for (const option of ['--secret', '--password', '--client-secret', '--passphrase']) {
      it(`is refused as ${option}, with the reason, and is not repeated`, async () => {
        for (const given of [[option, 'hunter2'], [`${option}=hunter2`]]) {
          const { code, stdout, stderr } = await run(['verify', '--connection', file, ...given]);
          assert.equal(code, 2);
          assert.match(stderr, /never taken from an argument.*EXCHANGE_MIGRATION_SECRET/);
          assert.equal((stdout + stderr).includes('hunter2'), false);
        }
      });
    }
  });

  describe('a certificate', () => {
    const passphrase = (): string => migrationApp(lab).pfxPassphrase ?? '';
    const pfx = (): string => migrationApp(lab).pfxFile ?? '';

    it('comes from a PFX file, its passphrase from the environment or standard input', async () => {
      const args = ['verify', '--connection', await byCertificate(), '--secret-file', pfx()];
      assert.equal((await run(args, { env: { EXCHANGE_MIGRATION_SECRET: passphrase() } })).code, 0);
      assert.equal((await run(args, { input: `${passphrase()}\n` })).code, 0);
    });

    it('comes from a PEM file with its key, without waiting for a passphrase', async () => {
      const { certificate, privateKey } = migrationApp(lab);
      const pem = path.join(folder(), 'app.pem');
      await writeFile(pem, `${privateKey ?? ''}\n${certificate ?? ''}`);
      assert.equal((await run(['verify', '--connection', await byCertificate(), '--secret-file', pem])).code, 0);
    });

    it('is not opened by a wrong passphrase, nor without the file', async () => {
      const file = await byCertificate();
      const wrong = await run(['verify', '--connection', file, '--secret-file', pfx()], { input: 'wrong' });
      assert.equal(wrong.code, 2);
      assert.match(wrong.stderr, /The passphrase is wrong\..*EXCHANGE_MIGRATION_SECRET.*standard input/);
      const none = await run(['verify', '--connection', file]);
      assert.equal(none.code, 2);
      assert.match(none.stderr, /PEM or PFX file with --secret-file/);
    });
  });

  it('is an administrator’s password for that method', async () => {
    const publicClient = lab.description.apps.find(({ name }) => name === 'Public client');
    const [administrator] = lab.description.users;
    assert.ok(publicClient && administrator);
    const signIn = { method: 'password', clientId: publicClient.clientId, userName: administrator.email } as const;
    const file = await exportTo(folder(), [labSettings(lab, { signIn })]);
    assert.equal((await run(['verify', '--connection', file], { input: administrator.password })).code, 0);
  });

  it('cannot be had for an account, which signs in with a browser: says so and what to do', async () => {
    const signIn = { method: 'account', clientId: migrationApp(lab).clientId } as const;
    const file = await exportTo(folder(), [labSettings(lab, { signIn })]);
    const { code, stderr } = await run(['verify', '--connection', file]);
    assert.equal(code, 2);
    assert.match(stderr, /needs a person and a browser.*app registration/);
  });
});
