import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'mocha';
import { startConnectProxy } from '../unit/support/connectProxy.ts';
import { mailboxRequests } from '../unit/support/scanBench.ts';
import { until } from '../unit/support/until.ts';
import { runCli } from './support/cli.ts';
import type { CliResult } from './support/cli.ts';
import { ScanCli, typedSecret } from './support/scanCli.ts';
import { scanSchema } from './support/scanSchema.ts';

describe('dist/cli.js scan', () => {
  const cli = new ScanCli();
  const documentOf = ({ stdout }: CliResult) => scanSchema.parse(JSON.parse(stdout));
  const large = (): string => cli.bench.sources[1] ?? '';
  const enlarge = (): void => {
    const moreItems = [{ folder: 'inbox', count: 2, bytes: 80_000_000 }];
    cli.bench.lab.patch({ mailboxes: { [large()]: { moreItems } } });
  };

  it('tells that all is ready, how long it takes and why, and exits with 0', async () => {
    const { code, stdout, stderr } = await cli.scan();
    assert.equal(stderr, '');
    assert.equal(code, 0);
    assert.match(stdout, /^Readiness scan of Everybody\n {2}Source {4}Contoso \(.*\)\n {2}Target {4}Premises \(https:/);
    assert.match(stdout, /\n {2}Mailboxes +5 of 5 scanned\n {2}Ready +5\n/);
    assert.match(stdout, /\n {2}Content +240 items, [\d.]+ [KM]B\n {2}Too large +0\n/);
    assert.match(
      stdout,
      /\n {2}Estimate +(About|Between) .*\n {19}A mailbox moves at .*\n {19}Mailboxes at once: 10\.\n/,
    );
    assert.match(stdout, /\n\nScanned\. Ready: 5, needs attention: 0, failed: 0\.\n$/);
    assert.equal(stdout.includes('\u001b'), false);
  });

  it('gives one JSON document with what it comes to and every mailbox', async () => {
    const result = await cli.scan(['--json']);
    assert.deepEqual([result.code, result.stderr], [0, '']);
    const { job, mailboxes, notScanned, summary } = documentOf(result);
    assert.deepEqual([job, summary.outcome], ['Everybody', 'finished']);
    assert.deepEqual(summary.counts, { ready: 5, attention: 0, failed: 0, notScanned: 0 });
    assert.deepEqual(mailboxes.map(({ source }) => source).sort(), [...cli.bench.sources].sort());
    assert.deepEqual(notScanned, []);
    assert.equal(
      summary.bytes,
      mailboxes.reduce((sum, { bytes }) => sum + bytes, 0),
    );
    assert.equal(result.stdout.split('\n').filter((line) => line.startsWith('{"row":')).length, 5);
  });

  it('tells which items are too large, and exits with 1', async () => {
    enlarge();
    const { code, stdout } = await cli.scan();
    assert.equal(code, 1);
    assert.ok(
      stdout.includes(`\n! ${large()} → ${cli.bench.targetOf(large())}  Needs attention\n    2 items are larger`),
    );
    assert.match(stdout, /\(items-oversized\)\n {4}The largest has [^]*\n( {6}80 MB {2}.*IPM\..* {2}Inbox\n){2}\n/);
    assert.match(stdout, /\n {2}Too large +2\n/);
    assert.match(stdout, /\nScanned\. Ready: 4, needs attention: 1, failed: 0\.\n$/);
  });

  it('goes by the limit of the target that it is told', async () => {
    enlarge();
    assert.equal((await cli.scan(['--request-limit', '209715200'])).code, 0);
  });

  it('tells which mailboxes fail at either end, and exits with 1', async () => {
    const [first = '', second = ''] = cli.bench.sources;
    cli.bench.lab.patch({ mailboxes: { [first]: { state: 'missing' } } });
    cli.bench.server.patch({ mailboxes: { [cli.bench.targetOf(second)]: { state: 'missing' } } });
    const text = await cli.scan();
    assert.equal(text.code, 1);
    assert.match(text.stdout, /\n✖ .* {2}Failed\n {4}.*\(mailbox-not-found\)\n/);
    assert.match(text.stdout, /\n✖ .* {2}Failed\n {4}.*\(target-mailbox-not-found\)\n/);
    const json = await cli.scan(['--json']);
    assert.equal(json.code, 1);
    assert.deepEqual(documentOf(json).summary.counts, { ready: 3, attention: 0, failed: 2, notScanned: 0 });
  });

  it('lists mailboxes that are not matched, with their state', async () => {
    const others = [
      { address: 'twice@contoso.example', match: { state: 'ambiguous' } },
      { address: 'left-out@contoso.example', match: { state: 'excluded' } },
      { address: 'new@contoso.example' },
    ] as const;
    await cli.export({ others });
    const text = await cli.scan();
    assert.equal(text.code, 0);
    assert.match(
      text.stdout,
      /\nNot scanned, as they are not matched:\n– twice@\S+ {2}Ambiguous\n– left-out@\S+ {2}Excluded\n– new@\S+ {2}Not matched yet\n\n/,
    );
    const { notScanned, summary, mailboxes } = documentOf(await cli.scan(['--json']));
    assert.deepEqual(
      notScanned.map(({ state }) => state),
      ['ambiguous', 'excluded', 'undecided'],
    );
    assert.deepEqual([summary.counts.notScanned, mailboxes.length], [3, 5]);
  });

  it('stops when a password or a secret is refused, and exits with 1', async () => {
    const { code, stdout } = await cli.scan([], { env: { EXCHANGE_MIGRATION_TARGET_SECRET: typedSecret } });
    assert.equal(code, 1);
    assert.match(stdout, /\nStopped, as it concerns all mailboxes: .*[^]*\(credentials-refused\)\n/);
    const json = await cli.scan(['--json'], { env: { EXCHANGE_MIGRATION_SECRET: typedSecret } });
    assert.equal(json.code, 1);
    const { summary, notScanned } = documentOf(json);
    assert.deepEqual([summary.outcome, summary.failure?.server], ['stopped', 'source']);
    assert.match(summary.failure?.finding.code ?? '', /secret/);
    assert.deepEqual([notScanned.length, notScanned[0]?.state], [5, 'matched']);
  });

  /** Once two mailboxes have been told of, no more is answered, and somebody presses Ctrl+C. */
  const interrupt = (told: RegExp) => async (child: ChildProcess) => {
    let text = '';
    child.stdout?.on('data', (more: string) => (text += more));
    await until('the second mailbox has been told of', () => told.test(text), 10_000);
    cli.bench.lab.patch({ faults: [{ service: 'ews', kind: 'hang' }] });
    child.kill('SIGINT');
  };

  it('ends on SIGINT, tells what was found until then, and exits with 3', async () => {
    await cli.export({ speed: { mailboxesAtOnce: 1 } });
    enlarge();
    cli.bench.server.patch({ latencyMs: 200 });
    const { code, stdout } = await cli.scan([], { during: interrupt(/\(items-oversized\)/) });
    assert.equal(code, 3);
    assert.match(stdout, /\n {2}Needs attention +1\n/);
    assert.match(stdout, /\n {2}Estimate +\S/);
    assert.match(stdout, /\nCancelled: [234] mailboxes were scanned, [123] were not\.\n$/);
  });

  it('ends on SIGINT with a whole JSON document, in which the others are named', async () => {
    await cli.export({ speed: { mailboxesAtOnce: 1 } });
    cli.bench.server.patch({ latencyMs: 200 });
    const result = await cli.scan(['--json'], { during: interrupt(/("row".*\n[^]*){2}/) });
    assert.equal(result.code, 3);
    const { summary, mailboxes, notScanned } = documentOf(result);
    assert.equal(summary.outcome, 'cancelled');
    assert.deepEqual(
      [...mailboxes, ...notScanned].map(({ source }) => source),
      cli.bench.sources,
    );
    assert.ok(mailboxes.length >= 2 && notScanned.length >= 1);
    assert.ok(notScanned.every(({ state, target }) => state === 'matched' && target !== undefined));
  });

  it('ends when nobody reads it any more', async () => {
    await cli.export({ speed: { mailboxesAtOnce: 1 } });
    cli.bench.server.patch({ latencyMs: 200 });
    const { code, stderr } = await cli.scan(['--json'], {
      during: async ({ stdout }) => {
        assert.ok(stdout);
        await once(stdout, 'data');
        stdout.destroy();
      },
    });
    assert.deepEqual([code, stderr], [3, '']);
    assert.ok(mailboxRequests(cli.bench.server.requests()).length < cli.bench.sources.length);
  });

  it('trusts the authority of a connection for that connection only', async () => {
    const pem = await readFile(cli.bench.lab.description.ca, 'utf8');
    await cli.export({ target: { additionalCa: { fileName: 'ca.pem', pem } } });
    const result = await cli.scan(['--json']);
    assert.equal(result.code, 1);
    const { failure } = documentOf(result).summary;
    assert.match(`${failure?.server} ${failure?.finding.code}`, /^target transport-tls/);
    assert.match((await cli.scan()).stdout, /\(transport-tls\w+\)\n[^]*→ .*NODE_EXTRA_CA_CERTS/);
  });

  it('goes through the proxy that HTTPS_PROXY names, to both ends', async () => {
    const proxy = await startConnectProxy({ signIn: { challenges: ['Basic'], user: 'me', password: 'pass' } });
    try {
      assert.equal((await cli.scan([], { env: { HTTPS_PROXY: `http://me:pass@${proxy.address}` } })).code, 0);
      assert.ok(proxy.asked('localhost') > 2);
    } finally {
      await proxy.close();
    }
  });

  it('is told of by --help', async () => {
    const { code, stdout } = await runCli(['--help']);
    assert.equal(code, 0);
    for (const name of ['scan --job', '--target-secret-file', '--request-limit', 'EXCHANGE_MIGRATION_TARGET_SECRET']) {
      assert.ok(stdout.includes(name));
    }
    assert.ok(stdout.split('\n').every((line) => line.length <= 100));
  });
});
