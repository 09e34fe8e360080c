import assert from 'node:assert/strict';
import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, beforeEach, describe, it } from 'mocha';
import { checkIds } from '../../src/verification/verification.ts';
import type { Lab } from '../lab/lab.ts';
import { startLab } from '../lab/lab.ts';
import { startConnectProxy } from '../unit/support/connectProxy.ts';
import { useTemporaryFolder } from '../unit/support/temporaryFolder.ts';
import { until } from '../unit/support/until.ts';
import { dist, runCli } from './support/cli.ts';
import type { CliOptions, CliResult } from './support/cli.ts';
import { exportTo, labSettings, migrationApp } from './support/cliBench.ts';
import { reportSchema } from './support/reportSchema.ts';

describe('dist/cli.js verify', () => {
  const folder = useTemporaryFolder();
  let lab: Lab;
  let file: string;
  before(async () => {
    lab = await startLab();
  });
  beforeEach(async () => {
    lab.reset();
    file = await exportTo(folder(), [labSettings(lab)]);
  });
  after(() => lab.close());

  const secret = (): string => migrationApp(lab).secret ?? '';
  const trusting = (): NodeJS.ProcessEnv => ({ NODE_EXTRA_CA_CERTS: lab.description.ca });
  const verify = (args: readonly string[] = [], options: CliOptions = {}): Promise<CliResult> =>
    runCli(['verify', '--connection', file, ...args], {
      ...options,
      env: { ...trusting(), EXCHANGE_MIGRATION_SECRET: secret(), ...options.env },
    });
  const asked = (service: string): number => lab.requests().filter((request) => request.service === service).length;

  it('needs no more than the files beside it', async () => {
    const copy = path.join(folder(), 'elsewhere');
    await cp(dist, copy, { recursive: true });
    assert.equal((await verify([], { dist: copy, cwd: folder() })).code, 0);
    const version = await runCli(['--version'], { dist: copy });
    assert.deepEqual([version.code, /^\d+\.\d+\.\d+\n$/.test(version.stdout)], [0, true]);
    const help = await runCli(['--help'], { dist: copy });
    assert.equal(help.code, 0);
    for (const id of checkIds) assert.ok(help.stdout.includes(id));
  });

  it('tells in aligned lines, without colours, that all is well, and exits with 0', async () => {
    const { code, stdout, stderr } = await verify();
    assert.equal(stderr, '');
    assert.equal(code, 0);
    assert.match(stdout, /^Verification of Contoso\n/);
    assert.match(stdout, /\nPassed, [\d.]+ m?s\n$/);
    assert.equal(stdout.includes('\u001b'), false);
    const lines = stdout.split('\n').filter((line) => line.startsWith('✔'));
    assert.equal(lines.length, checkIds.length);
    assert.equal(new Set(lines.map((line) => line.indexOf('  Passed'.trimStart()))).size, 1);
  });

  it('gives JSON with each check, its request ids, versions and times', async () => {
    const { code, stdout } = await verify(['--json']);
    assert.equal(code, 0);
    const report = reportSchema.parse(JSON.parse(stdout));
    assert.equal(report.outcome, 'passed');
    assert.deepEqual(
      report.checks.map(({ id }) => id),
      [...checkIds],
    );
    assert.match(report.versions, /^Exchange Migration \d+\.\d+\.\d+, Node\.js \d+/);
    const requests = report.checks.flatMap((check) => check.requests);
    assert.ok(requests.some(({ headers }) => headers['request-id'] !== undefined));
    assert.ok(requests.some(({ headers }) => headers['x-ms-request-id'] !== undefined));
  });

  it('says what is wrong and how to mend it, and exits with 1', async () => {
    lab.patch({ ews: { enabled: false } });
    const text = await verify();
    assert.equal(text.code, 1);
    assert.match(text.stdout, /✖ EWS access +Failed/);
    assert.match(text.stdout, /\(ews-[a-z-]+\)\n[^]*→ [^]*Set-OrganizationConfig/);
    assert.match(text.stdout, /request-id/);
    assert.match(text.stdout, /\nFailed, .*Skipped: \d/);
    const json = await verify(['--json']);
    assert.equal(json.code, 1);
    const report = reportSchema.parse(JSON.parse(json.stdout));
    assert.equal(report.outcome, 'failed');
    const [finding] = report.checks.flatMap(({ findings }) => findings);
    assert.ok(finding);
    assert.equal(finding.severity, 'error');
    assert.ok(finding.remedy.length > 0);
    assert.ok(finding.evidence.length > 0);
  });

  it('runs only the checks it is told, and what they need', async () => {
    const { code, stdout } = await verify(['--json', '--check', 'permissions', 'ews-endpoint']);
    assert.equal(code, 0);
    assert.deepEqual(
      reportSchema.parse(JSON.parse(stdout)).checks.map(({ id }) => id),
      ['sign-in-service', 'sign-in', 'permissions', 'ews-endpoint'],
    );
    assert.equal(asked('ews'), 0);
  });

  it('ends a check at the deadline it is given', async () => {
    lab.patch({ faults: [{ service: 'ews', kind: 'hang' }] });
    const { code, stdout } = await verify(['--timeout', '1', '--check', 'ews-access']);
    assert.equal(code, 1);
    assert.match(stdout, /No answer of localhost:\d+ within 1 seconds\. \(timeout\)/);
    assert.match(stdout, /--timeout/);
  });

  for (const args of [[], ['--json']]) {
    it(`ends on SIGINT, still tells what is known${args.length > 0 ? ' as JSON' : ''}, and exits with 3`, async () => {
      lab.patch({ faults: [{ service: 'ews', kind: 'hang' }] });
      const { code, stdout } = await verify(args, {
        during: async (child) => {
          await until('EWS has been asked', () => asked('ews') > 0, 8_000);
          child.kill('SIGINT');
        },
      });
      assert.equal(code, 3);
      if (args.length === 0) {
        assert.match(stdout, /✔ Sign in +Passed/);
        assert.match(stdout, /\nCancelled, /);
        return;
      }
      const report = reportSchema.parse(JSON.parse(stdout));
      assert.equal(report.outcome, 'cancelled');
      assert.equal(report.checks.find(({ id }) => id === 'sign-in')?.outcome, 'passed');
    });
  }

  it('chooses a connection of several by its name', async () => {
    file = await exportTo(folder(), [labSettings(lab, { name: 'Broken', tenant: 'nobody.example' }), labSettings(lab)]);
    assert.equal((await verify(['--name', 'Contoso'])).code, 0);
    const { code, stderr } = await verify();
    assert.equal(code, 2);
    assert.match(stderr, /Choose one with --name:\n {2}Broken\n {2}Contoso\n.*--help/);
    assert.match((await verify(['--name', 'Nobody'])).stderr, / {2}Broken\n {2}Contoso\n/);
  });

  it('trusts the authority that the definition brings', async () => {
    const pem = await readFile(lab.description.ca, 'utf8');
    file = await exportTo(folder(), [labSettings(lab, { additionalCa: { fileName: 'ca.pem', pem } })]);
    assert.equal((await verify([], { env: { NODE_EXTRA_CA_CERTS: '' } })).code, 0);
  });

  it('does not trust an unknown authority, and says what to do', async () => {
    const { code, stdout } = await verify([], { env: { NODE_EXTRA_CA_CERTS: '' } });
    assert.equal(code, 1);
    assert.match(stdout, /\(transport-tls\w+\)[^]*NODE_EXTRA_CA_CERTS/);
  });

  describe('behind a proxy', () => {
    it('goes through the one that HTTPS_PROXY names, except to the hosts in NO_PROXY', async () => {
      const proxy = await startConnectProxy({ signIn: { challenges: ['Basic'], user: 'me', password: 'pass' } });
      try {
        const env = { HTTPS_PROXY: `http://me:pass@${proxy.address}` };
        assert.equal((await verify([], { env })).code, 0);
        const through = proxy.asked('localhost');
        assert.ok(through > 0);
        assert.equal((await verify([], { env: { ...env, NO_PROXY: 'localhost' } })).code, 0);
        assert.equal(proxy.asked('localhost'), through);
      } finally {
        await proxy.close();
      }
    });

    it('tells a proxy’s refusals from the server’s, without its password', async () => {
      const proxy = await startConnectProxy({ signIn: { challenges: ['Basic'], user: 'me', password: 'pass' } });
      try {
        const { code, stdout } = await verify([], { env: { HTTPS_PROXY: `http://me:hunter2@${proxy.address}` } });
        assert.equal(code, 1);
        assert.match(stdout, /\(transport-proxyAuthentication\)[^]*HTTPS_PROXY/);
        assert.equal(stdout.includes('hunter2'), false);
      } finally {
        await proxy.close();
      }
      const gone = await verify([], { env: { HTTPS_PROXY: `http://me:hunter2@${proxy.address}` } });
      assert.match(gone.stdout, /The proxy 127\.0\.0\.1:\d+ cannot be used \(ECONNREFUSED\)/);
      assert.equal(gone.stdout.includes('hunter2'), false);
    });

    it('refuses an address that is none, without repeating it', async () => {
      const { code, stderr } = await verify([], { env: { HTTPS_PROXY: 'me:hunter2@proxy' } });
      assert.equal(code, 2);
      assert.match(stderr, /HTTPS_PROXY is not an address/);
      assert.equal(stderr.includes('hunter2'), false);
    });
  });

  describe('given what it cannot use', () => {
    const cases: readonly (readonly [string, string | undefined, RegExp])[] = [
      ['no file', undefined, /cannot be read \(ENOENT\)/],
      ['half a file', '{"kind": "exchange-migration/source-connections",', /not valid JSON \(line 1 column \d+\)/],
      ['another file', '{"compilerOptions": {}}', /not an export of connection definitions/],
    ];
    for (const [what, text, says] of cases) {
      it(`names the file and the place: ${what}`, async () => {
        file = path.join(folder(), 'damaged.json');
        if (text !== undefined) await writeFile(file, text);
        const { code, stdout, stderr } = await verify();
        assert.equal(code, 2);
        assert.equal(stdout, '');
        assert.match(stderr, says);
        assert.ok(stderr.includes(file));
        assert.match(stderr, /--help/);
      });
    }

    it('names the place of a value that is not allowed', async () => {
      await writeFile(file, (await readFile(file, 'utf8')).replace('"custom"', '"moon"'));
      assert.match((await verify()).stderr, /the value at “connections\.0\.cloud” is not valid/);
    });
  });
});
