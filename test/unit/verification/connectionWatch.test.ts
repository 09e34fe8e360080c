import assert from 'node:assert/strict';
import { join } from 'node:path';
import { beforeEach, describe, it } from 'mocha';
import { ConnectionStore } from '../../../src/connections/connectionStore.ts';
import { DefinitionFiles } from '../../../src/connections/definitionFiles.ts';
import { sourceKind } from '../../../src/connections/sourceConnection.ts';
import type { SourceConnection } from '../../../src/connections/sourceConnection.ts';
import { StoreError } from '../../../src/connections/storeError.ts';
import { ConnectionWatch } from '../../../src/verification/connectionWatch.ts';
import { fingerprintOf } from '../../../src/verification/fingerprint.ts';
import { runEntryOf } from '../../../src/verification/history.ts';
import { HistoryFiles } from '../../../src/verification/historyFiles.ts';
import { runOutcomeOf, saysSomething } from '../../../src/verification/runOutcome.ts';
import type { VerificationRecord } from '../../../src/verification/verification.ts';
import { VerificationFiles } from '../../../src/verification/verificationFiles.ts';
import type { WatchInterval } from '../../../src/verification/watchPlan.ts';
import { ManualClock } from '../support/manualClock.ts';
import { MemoryVault } from '../support/memoryVault.ts';
import { failedRecord, sampleRecord } from '../support/sampleRecord.ts';
import { clientSecret, sampleSettings } from '../support/sampleSettings.ts';
import { useTemporaryFolder } from '../support/temporaryFolder.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** What all windows share: the storage folder, the key store, and the tenant's state. */
class Machine {
  readonly clock = new ManualClock(Date.parse('2026-11-22T10:00:00.000Z'));
  readonly vault = new MemoryVault();
  readonly folder: string;
  /** What verifying a connection finds now. */
  finds: () => VerificationRecord = () => sampleRecord();
  /** Which connections were verified quietly, in order. */
  readonly verified: string[] = [];
  interval: WatchInterval = 'daily';

  constructor(folder: string) {
    this.folder = folder;
  }
}

/** A window with a watch; its verifier asks nobody, and keeps what it finds as the real one does. */
class Window {
  readonly store: ConnectionStore;
  readonly records: VerificationFiles;
  readonly histories: HistoryFiles;
  readonly watch: ConnectionWatch;
  readonly told: string[] = [];
  readonly failures: unknown[] = [];
  looks = 0;
  readonly #machine: Machine;

  constructor(machine: Machine) {
    this.#machine = machine;
    this.store = new ConnectionStore(
      new DefinitionFiles(join(machine.folder, 'connections'), sourceKind),
      sourceKind,
      machine.vault,
    );
    this.records = new VerificationFiles(join(machine.folder, 'verifications'));
    this.histories = new HistoryFiles(this.records.folder);
    this.watch = new ConnectionWatch({
      store: {
        list: () => {
          this.looks++;
          return this.store.list();
        },
        secretKeys: () => this.store.secretKeys(),
      },
      records: this.records,
      histories: this.histories,
      verifier: { isRunning: () => false, verifyQuietly: (id) => this.#verifyQuietly(id) },
      interval: () => machine.interval,
      clock: machine.clock,
      onChange: ({ connection, from, to }) => this.told.push(`${connection.name}: ${from} → ${to}`),
      onFailure: (error) => this.failures.push(error),
    });
  }

  async verify(id: string, quiet = false): Promise<VerificationRecord> {
    const connection = await this.store.get(id);
    const startedAt = new Date(this.#machine.clock.now()).toISOString();
    const record = { ...this.#machine.finds(), startedAt, fingerprint: fingerprintOf(connection) };
    if (!quiet || saysSomething(runOutcomeOf(record))) await this.records.write(id, record);
    await this.histories.add(id, runEntryOf(record, quiet));
    return record;
  }

  async #verifyQuietly(id: string): Promise<{ record: VerificationRecord; quiet: boolean }> {
    this.#machine.verified.push(id);
    return { record: await this.verify(id, true), quiet: true };
  }
}

describe('Watching connections', () => {
  const folder = useTemporaryFolder();
  let machine: Machine;
  let window: Window;
  let contoso: SourceConnection;
  beforeEach(async () => {
    machine = new Machine(folder());
    window = new Window(machine);
    contoso = await connect('Contoso');
  });

  async function connect(name: string): Promise<SourceConnection> {
    const connection = await window.store.save({ settings: sampleSettings({ name }), secret: clientSecret(name) });
    await window.verify(connection.id);
    return connection;
  }

  it('reads nothing until some minutes after the start', async () => {
    window.watch.start();
    await machine.clock.advance(minute - 1);
    assert.equal(window.looks, 0);
    await machine.clock.advance(2 * minute + 1);
    assert.equal(window.looks, 1);
  });

  it('verifies each connection in use once an interval, a tenth earlier at most', async () => {
    const tailspin = await connect('Tailspin');
    window.watch.start();
    await machine.clock.advance(0.89 * day);
    assert.deepEqual(machine.verified, []);
    await machine.clock.advance(0.22 * day);
    assert.deepEqual([...machine.verified].sort(), [contoso.id, tailspin.id].sort());
    await machine.clock.advance(10 * day);
    assert.ok(machine.verified.length >= 20 && machine.verified.length <= 24, String(machine.verified.length));
    assert.deepEqual(window.told, []);
    assert.deepEqual(window.failures, []);
  });

  it('leaves alone what nobody has verified, and what has no secret here', async () => {
    await window.store.save({ settings: sampleSettings({ name: 'New' }), secret: clientSecret('New') });
    machine.vault.secrets.clear();
    window.watch.start();
    await machine.clock.advance(3 * day);
    assert.deepEqual(machine.verified, []);
    assert.deepEqual(window.failures, []);
  });

  it('does what is overdue once, and one after the other', async () => {
    for (const name of ['Tailspin', 'Fabrikam', 'Northwind']) await connect(name);
    machine.clock.sleep(30 * day);
    window.watch.start();
    await machine.clock.advance(3 * minute);
    const runs = (await Promise.all((await window.store.list()).connections.map(({ id }) => window.histories.read(id))))
      .map(({ runs: [, again] }) => Date.parse(again?.startedAt ?? ''))
      .sort((a, b) => a - b);
    assert.equal(machine.verified.length, 4);
    runs.slice(1).forEach((at, index) => assert.ok(at - (runs[index] ?? 0) >= 5000));
  });

  it('notices within minutes that the machine has slept', async () => {
    window.watch.start();
    await machine.clock.advance(4 * minute);
    machine.clock.sleep(10 * day);
    await machine.clock.advance(10 * minute);
    assert.deepEqual(machine.verified, [contoso.id]);
  });

  it('does nothing when it is switched off, and looks soon after it is switched on again', async () => {
    machine.interval = 'off';
    window.watch.start();
    await machine.clock.advance(5 * day);
    assert.equal(window.looks, 0);
    assert.equal(machine.clock.waiting, 0);
    machine.interval = 'hourly';
    window.watch.lookSoon();
    await machine.clock.advance(2000);
    assert.deepEqual(machine.verified, [contoso.id]);
  });

  it('tells a change once, and the way back once', async () => {
    window.watch.start();
    machine.finds = () => failedRecord(['wrong-secret']);
    await machine.clock.advance(3.4 * day);
    assert.deepEqual(window.told, ['Contoso: passed → failed']);
    assert.equal((await window.records.read(contoso.id))?.outcome, 'failed');
    machine.finds = () => failedRecord(['ews-disabled']);
    await machine.clock.advance(2 * day);
    assert.equal(window.told.length, 1);
    machine.finds = () => sampleRecord({ outcome: 'warning' });
    await machine.clock.advance(2 * day);
    assert.deepEqual(window.told.slice(1), ['Contoso: failed → warning']);
  });

  it('takes a machine without a network for no change, and tries again within the hour', async () => {
    window.watch.start();
    machine.finds = () => failedRecord(['transport-dns']);
    await machine.clock.advance(1.2 * day);
    assert.ok(machine.verified.length > 4);
    assert.equal((await window.records.read(contoso.id))?.outcome, 'passed');
    const { runs } = await window.histories.read(contoso.id);
    assert.deepEqual(
      runs.map(({ outcome }) => outcome),
      ['passed', 'offline'],
    );
    machine.finds = () => sampleRecord();
    await machine.clock.advance(hour);
    machine.finds = () => failedRecord(['ews-disabled']);
    await machine.clock.advance(1.2 * day);
    assert.deepEqual(window.told, ['Contoso: passed → failed']);
  });

  it('compares with what was known before somebody verified without a network', async () => {
    machine.finds = () => failedRecord(['transport-dns']);
    await window.verify(contoso.id);
    window.watch.start();
    machine.finds = () => sampleRecord();
    await machine.clock.advance(hour);
    assert.equal(machine.verified.length, 1);
    assert.deepEqual(window.told, []);
  });

  it('never asks a service again within the hour in which it slowed the app down', async () => {
    machine.interval = 'hourly';
    machine.finds = () => failedRecord(['ews-busy']);
    await window.verify(contoso.id);
    window.watch.start();
    await machine.clock.advance(hour - 1);
    assert.deepEqual(machine.verified, []);
    await machine.clock.advance(0.2 * hour);
    assert.deepEqual(machine.verified, [contoso.id]);
    assert.deepEqual(window.told, []);
  });

  it('says nothing of settings that nobody has verified', async () => {
    await window.store.save({
      settings: sampleSettings({ name: 'Contoso', testMailbox: 'b@c.example' }),
      id: contoso.id,
    });
    machine.finds = () => failedRecord(['mailbox-not-found']);
    window.watch.start();
    await machine.clock.advance(1.2 * day);
    assert.deepEqual(machine.verified, [contoso.id]);
    assert.deepEqual(window.told, []);
  });

  it('goes on after a failure of the disk, and does not try at once', async () => {
    window.watch.start();
    const claim = window.histories.claim.bind(window.histories);
    window.histories.claim = () => Promise.reject(new StoreError('diskFull'));
    await machine.clock.advance(1.2 * day);
    assert.ok(window.failures.length > 0 && window.failures.length < 60);
    window.histories.claim = claim;
    await machine.clock.advance(15 * minute);
    assert.deepEqual(machine.verified, [contoso.id]);
  });

  it('ends with its window', async () => {
    window.watch.start();
    window.watch.dispose();
    await machine.clock.advance(3 * day);
    assert.equal(window.looks, 0);
    window.watch.lookSoon();
    assert.equal(machine.clock.waiting, 0);
  });

  it('is done by one of two windows, which alone tells', async () => {
    const other = new Window(machine);
    window.watch.start();
    other.watch.start();
    machine.finds = () => failedRecord(['wrong-secret']);
    // Both look at the same moment.
    machine.clock.sleep(2 * day);
    window.watch.lookSoon();
    other.watch.lookSoon();
    await machine.clock.advance(minute);
    assert.deepEqual(machine.verified, [contoso.id]);
    await machine.clock.advance(20 * day);
    assert.ok(machine.verified.length >= 18 && machine.verified.length <= 24, String(machine.verified.length));
    assert.deepEqual([...window.told, ...other.told], ['Contoso: passed → failed']);
  });
});
