import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, beforeEach, describe, it } from 'mocha';
import { StoreError } from '../../../src/connections/storeError.ts';
import { settingsOf } from '../../../src/connections/sourceConnection.ts';
import type { SourceConnection } from '../../../src/connections/sourceConnection.ts';
import { fingerprintOf } from '../../../src/verification/fingerprint.ts';
import { SecretMissingError } from '../../../src/verification/secretMissingError.ts';
import { useTemporaryFolder } from '../support/temporaryFolder.ts';
import { until } from '../support/until.ts';
import { VerificationBench } from '../support/verificationBench.ts';
import { WizardBench } from '../support/wizardBench.ts';

describe('Verifying saved connections', () => {
  const folder = useTemporaryFolder();
  let bench: VerificationBench;
  let all: WizardBench;
  let connection: SourceConnection;
  before(async () => {
    bench = await VerificationBench.open();
  });
  beforeEach(async () => {
    bench.lab.reset();
    all = new WizardBench(folder(), bench);
    const additionalCa = { fileName: 'ca.pem', pem: await readFile(bench.lab.description.ca, 'utf8') };
    connection = await all.store.save({
      settings: bench.settings({ additionalCa }),
      secret: { method: 'appSecret', clientSecret: bench.app.secret },
    });
  });
  after(() => bench.close());

  it('keeps the result for the connection as it is', async () => {
    const record = await all.verifier.verify(connection.id);
    assert.equal(record.outcome, 'passed');
    const kept = await all.records.read(connection.id);
    assert.equal(kept?.outcome, 'passed');
    assert.equal(kept.fingerprint, fingerprintOf(connection));
  });

  it('joins a run that is under way, and tells its progress', async () => {
    let changes = 0;
    const subscription = all.verifier.onDidChange((id) => (changes += Number(id === connection.id)));
    const first = all.verifier.verify(connection.id);
    const second = all.verifier.verify(connection.id);
    assert.ok(all.verifier.progressOf(connection.id));
    assert.equal(await first, await second);
    assert.equal(all.verifier.progressOf(connection.id), undefined);
    assert.ok(changes > 14);
    subscription.dispose();
    const exports = bench.lab.requests().filter(({ operation }) => operation === 'ExportItems');
    assert.equal(exports.length, 1);
  });

  it('keeps what was known before when it is cancelled, and can run again', async () => {
    await all.verifier.verify(connection.id);
    bench.lab.patch({ faults: [{ service: 'ews', kind: 'hang' }] });
    const run = all.verifier.verify(connection.id);
    await until('EWS is asked', () => bench.lab.requests().filter(({ service }) => service === 'ews').length > 4);
    all.verifier.cancel(connection.id);
    assert.equal((await run).outcome, 'cancelled');
    assert.equal((await all.records.read(connection.id))?.outcome, 'passed');
    bench.lab.reset();
    assert.equal((await all.verifier.verify(connection.id)).outcome, 'passed');
  });

  it('cancels all', async () => {
    bench.lab.patch({ faults: [{ service: 'entra', kind: 'hang' }] });
    const run = all.verifier.verify(connection.id);
    await until('somebody is asked', () => bench.lab.requests().length > 0);
    all.verifier.cancelAll();
    assert.equal((await run).outcome, 'cancelled');
  });

  it('says that the secret is missing on this machine, and asks nobody', async () => {
    all.vault.secrets.clear();
    await assert.rejects(
      all.verifier.verify(connection.id),
      (error) => error instanceof SecretMissingError && error.connection.id === connection.id,
    );
    assert.deepEqual(bench.lab.requests(), []);
    assert.equal(all.verifier.progressOf(connection.id), undefined);
  });

  it('says that the connection is gone, or that the key store refuses', async () => {
    all.vault.refuses.add('get');
    await assert.rejects(
      all.verifier.verify(connection.id),
      (error) => error instanceof StoreError && error.reason === 'secretStorage',
    );
    await all.store.delete(connection.id).catch(() => undefined);
    await assert.rejects(
      all.verifier.verify(connection.id),
      (error) => error instanceof StoreError && error.reason === 'missing',
    );
  });

  it('keeps no result for a connection that was deleted meanwhile', async () => {
    bench.lab.patch({ latencyMs: 30 });
    const run = all.verifier.verify(connection.id);
    await until('somebody is asked', () => bench.lab.requests().length > 0);
    await all.store.delete(connection.id);
    assert.equal((await run).outcome, 'passed');
    assert.equal(await all.records.read(connection.id), undefined);
  });

  it('verifies by the secret that is stored, even when the key cannot sign', async () => {
    const { clientId } = bench.app;
    const broken = await all.store.save({
      id: connection.id,
      settings: { ...settingsOf(connection), signIn: { method: 'appCertificate', clientId } },
      secret: { method: 'appCertificate', privateKey: 'no key', certificate: bench.app.certificate },
    });
    const record = await all.verifier.verify(broken.id);
    assert.deepEqual(
      record.checks.flatMap(({ id, findings }) => findings.map(({ code }) => [id, code])),
      [['sign-in', 'secret-unusable']],
    );
  });

  it('notes each run in the history, by hand or quiet', async () => {
    await all.verifier.verify(connection.id);
    bench.lab.patch({ ews: { enabled: false } });
    const { record, quiet } = await all.verifier.verifyQuietly(connection.id);
    assert.deepEqual([record.outcome, quiet], ['failed', true]);
    const { runs } = await all.histories.read(connection.id);
    assert.deepEqual(
      runs.map((run) => [run.outcome, run.quiet, run.errors]),
      [
        ['passed', false, []],
        ['failed', true, ['ews-disabled']],
      ],
    );
    assert.equal((await all.records.read(connection.id))?.outcome, 'failed');
  });

  it('shows nothing of a quiet run until it has ended', async () => {
    const seen: unknown[] = [];
    all.verifier.onDidChange((id) => seen.push(all.verifier.progressOf(id)));
    const run = all.verifier.verifyQuietly(connection.id);
    assert.equal(all.verifier.isRunning(connection.id), true);
    assert.equal(all.verifier.progressOf(connection.id), undefined);
    await run;
    assert.deepEqual([...new Set(seen)], [undefined]);
    assert.ok(seen.length <= 2, 'told when it is kept, and when it has ended');
  });

  it('shows a quiet run from the moment in which somebody asks for one', async () => {
    bench.lab.patch({ latencyMs: 30 });
    const quietly = all.verifier.verifyQuietly(connection.id);
    const byHand = all.verifier.verify(connection.id);
    assert.ok(all.verifier.progressOf(connection.id));
    const { record, quiet } = await quietly;
    assert.equal(record, await byHand);
    assert.equal(quiet, false, 'who asked has seen it');
    assert.deepEqual(
      (await all.histories.read(connection.id)).runs.map((run) => run.quiet),
      [false],
    );
  });

  it('keeps what was known when a quiet run meets a busy service, and notes how long that asked to wait', async () => {
    await all.verifier.verify(connection.id);
    bench.lab.patch({ ews: { busy: { form: 'http503', retryAfterSeconds: 7200 } } });
    await all.verifier.verifyQuietly(connection.id);
    assert.equal((await all.records.read(connection.id))?.outcome, 'passed');
    const last = (await all.histories.read(connection.id)).runs.at(-1);
    assert.deepEqual([last?.outcome, last?.errors, last?.waitMs], ['throttled', ['ews-busy'], 7_200_000]);
    await all.verifier.verify(connection.id);
    assert.equal(
      (await all.records.read(connection.id))?.outcome,
      'failed',
      'who asks by hand is shown what came of it',
    );
  });
});
