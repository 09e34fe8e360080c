import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { ConnectionStore } from '../../../src/connections/connectionStore.ts';
import type { DefinitionList } from '../../../src/connections/definitionFiles.ts';
import { DefinitionFiles } from '../../../src/connections/definitionFiles.ts';
import { sourceKind } from '../../../src/connections/sourceConnection.ts';
import type { SourceConnection } from '../../../src/connections/sourceConnection.ts';
import { makeGate } from '../support/gate.ts';
import { MemoryVault } from '../support/memoryVault.ts';
import { clientSecret, sampleSettings } from '../support/sampleSettings.ts';
import { useTemporaryFolder } from '../support/temporaryFolder.ts';
import { until } from '../support/until.ts';

/** Files whose list can be held up between reading and being looked at. */
class SlowFiles extends DefinitionFiles<SourceConnection> {
  hold: Promise<void> | undefined;

  override async list(): Promise<DefinitionList<SourceConnection>> {
    const held = this.hold;
    const list = await super.list();
    await held;
    return list;
  }
}

describe('Two windows on the same connections', () => {
  const folder = useTemporaryFolder();
  let vault: MemoryVault;
  let filesA: SlowFiles;
  let a: ConnectionStore;
  let b: ConnectionStore;
  let told: SourceConnection[];
  beforeEach(() => {
    vault = new MemoryVault();
    filesA = new SlowFiles(folder(), sourceKind);
    a = new ConnectionStore(filesA, sourceKind, vault);
    b = new ConnectionStore(new DefinitionFiles(folder(), sourceKind), sourceKind, vault);
    told = [];
    a.onDidOverwrite((connection) => told.push(connection));
  });
  afterEach(() => {
    a.dispose();
    b.dispose();
  });

  it('lose nothing when they save different connections at the same time', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `Connection ${index}`);
    const save = (name: string, index: number): Promise<SourceConnection> =>
      (index % 2 === 0 ? a : b).save({ settings: sampleSettings({ name }), secret: clientSecret(name) });
    await Promise.all(names.map(save));
    const { connections, unreadable } = await a.list();
    assert.deepEqual(unreadable, []);
    assert.deepEqual(connections.map(({ name }) => name).sort(), names.sort());
    for (const connection of connections) {
      assert.deepEqual(await b.secretOf(connection), clientSecret(connection.name));
    }
  });

  it('do not both get the same name', async () => {
    const saves = await Promise.allSettled([a, b, a, b].map((store) => store.save({ settings: sampleSettings() })));
    assert.equal(saves.filter(({ status }) => status === 'fulfilled').length, 1);
    assert.equal((await a.list()).connections.length, 1);
  });

  it('let the later save win, and tell the earlier once', async () => {
    const original = await b.save({ settings: sampleSettings() });
    const edit = (name: string) => ({
      id: original.id,
      basedOn: original.revision,
      settings: sampleSettings({ name }),
    });
    await a.save(edit('From A'));
    const later = await b.save(edit('From B'));
    assert.deepEqual((await a.list()).connections, [later]);
    await a.list();
    assert.deepEqual(told, [later]);
  });

  it('raise no alarm when the later had seen the earlier', async () => {
    const first = await a.save({ settings: sampleSettings() });
    await b.save({ id: first.id, basedOn: first.revision, settings: sampleSettings({ name: 'From B' }) });
    await a.list();
    assert.deepEqual(told, []);
  });

  it('raise no alarm when a list was read before a save and is looked at after it', async () => {
    const original = await b.save({ settings: sampleSettings() });
    const read = makeGate();
    filesA.hold = read.opened;
    const list = a.list();
    filesA.hold = undefined;
    await a.save({ id: original.id, basedOn: original.revision, settings: sampleSettings({ name: 'From A' }) });
    read.open();
    await list;
    await a.list();
    assert.deepEqual(told, []);
  });

  it('raise no alarm about what this window itself saved from an older state', async () => {
    const original = await a.save({ settings: sampleSettings() });
    const edit = (name: string) => ({
      id: original.id,
      basedOn: original.revision,
      settings: sampleSettings({ name }),
    });
    await Promise.all([a.save(edit('One')), a.list(), a.save(edit('Two')), a.list(), a.list()]);
    await a.list();
    assert.deepEqual(told, []);
  });

  it('keep the newer secret when the older is kept by an edit elsewhere', async () => {
    const first = await a.save({ settings: sampleSettings(), secret: clientSecret('old') });
    await a.save({ id: first.id, basedOn: first.revision, settings: sampleSettings(), secret: clientSecret('new') });
    const edited = await b.save({
      id: first.id,
      basedOn: first.revision,
      settings: sampleSettings({ name: 'Edited' }),
    });
    assert.deepEqual(await a.secretOf(edited), clientSecret('new'));
  });

  it('have a definition on disk that points to its own secret, whoever came last', async () => {
    const { id } = await a.save({ settings: sampleSettings(), secret: clientSecret('0') });
    const texts = ['1', '2', '3', '4', '5', '6'];
    await Promise.all(
      texts.map((text, index) =>
        (index % 2 === 0 ? a : b).save({
          id,
          settings: sampleSettings({ testMailbox: `m${text}@contoso.com` }),
          secret: clientSecret(text),
        }),
      ),
    );
    const last = await a.get(id);
    assert.deepEqual(await a.secretOf(last), clientSecret(last.testMailbox.charAt(1)));
    assert.equal(vault.secrets.size, 1);
  });

  it('notice within a second what another process changed', async () => {
    let changes = 0;
    a.onDidChange(() => changes++);
    await a.watch();
    const script = `require('fs').writeFileSync(${JSON.stringify(join(folder(), 'new.json'))}, '{}')`;
    const child = spawn(process.execPath, ['-e', script]);
    const written = once(child, 'exit');
    await written;
    await until('the change is noticed', () => changes > 0, 1_000);
    assert.equal((await a.list()).unreadable.length, 1);
  });

  it('notice changes in a folder that cannot be made before the window watches it', async () => {
    const place = join(folder(), 'in-the-way');
    await writeFile(place, 'not a folder');
    const late = new ConnectionStore(new DefinitionFiles(join(place, 'connections'), sourceKind), sourceKind, vault);
    let changes = 0;
    late.onDidChange(() => changes++);
    await late.watch();
    await rm(place);
    await mkdir(join(place, 'connections'), { recursive: true });
    await until('the folder is noticed', () => changes > 0, 2_000);
    late.dispose();
  });

  it('are told nothing once they are closed', async () => {
    let changes = 0;
    a.onDidChange(() => changes++);
    await a.watch();
    a.dispose();
    await b.watch();
    let seenByB = 0;
    b.onDidChange(() => seenByB++);
    await writeFile(join(folder(), 'x.json'), '{}');
    await until('the open window notices', () => seenByB > 0, 1_000);
    assert.equal(changes, 0);
  });
});
