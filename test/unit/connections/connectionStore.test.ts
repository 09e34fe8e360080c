import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, it } from 'mocha';
import { ConnectionStore } from '../../../src/connections/connectionStore.ts';
import { DefinitionFiles } from '../../../src/connections/definitionFiles.ts';
import { sourceKind } from '../../../src/connections/sourceConnection.ts';
import { settingsOf } from '../../../src/connections/sourceConnection.ts';
import { StoreError } from '../../../src/connections/storeError.ts';
import type { StoreErrorReason } from '../../../src/connections/storeError.ts';
import { MemoryVault } from '../support/memoryVault.ts';
import { clientSecret, sampleSettings } from '../support/sampleSettings.ts';
import { useTemporaryFolder } from '../support/temporaryFolder.ts';

const because = (reason: StoreErrorReason) => (error: unknown) =>
  error instanceof StoreError && error.reason === reason;

describe('The store of connections', () => {
  const temporary = useTemporaryFolder();
  let folder: string;
  let vault: MemoryVault;
  let store: ConnectionStore;
  beforeEach(() => {
    folder = join(temporary(), 'connections');
    vault = new MemoryVault();
    store = new ConnectionStore(new DefinitionFiles(folder, sourceKind), sourceKind, vault);
  });

  const files = async (): Promise<string[]> => readdir(folder).catch(() => []);
  const secretsStored = (): string[] => [...vault.secrets.values()];

  it('is empty before anything was saved', async () => {
    assert.deepEqual(await store.list(), { connections: [], unreadable: [] });
  });

  it('gives back what was saved, with its secret, from another window as well', async () => {
    const saved = await store.save({ settings: sampleSettings(), secret: clientSecret('hidden') });
    const elsewhere = new ConnectionStore(new DefinitionFiles(folder, sourceKind), sourceKind, vault);
    assert.deepEqual((await elsewhere.list()).connections, [saved]);
    assert.deepEqual(settingsOf(await elsewhere.get(saved.id)), sampleSettings());
    assert.deepEqual(await elsewhere.secretOf(saved), clientSecret('hidden'));
    assert.ok((await elsewhere.secretKeys()).has(saved.secretKey ?? ''));
  });

  it('writes no secret into the definition, and leaves neither lock nor temporary file', async () => {
    const saved = await store.save({ settings: sampleSettings(), secret: clientSecret('hidden-4711') });
    assert.deepEqual(await files(), [`${saved.id}.json`]);
    assert.doesNotMatch(await readFile(join(folder, `${saved.id}.json`), 'utf8'), /hidden-4711/);
  });

  it('keeps id and secret when settings are edited without a new secret', async () => {
    const first = await store.save({ settings: sampleSettings(), secret: clientSecret('kept') });
    const second = await store.save({
      id: first.id,
      basedOn: first.revision,
      settings: sampleSettings({ name: 'Renamed' }),
    });
    assert.equal(second.id, first.id);
    assert.notEqual(second.revision, first.revision);
    assert.deepEqual(await store.secretOf(second), clientSecret('kept'));
    assert.deepEqual(await files(), [`${first.id}.json`]);
  });

  it('removes the old secret once the definition points to the new one', async () => {
    const first = await store.save({ settings: sampleSettings(), secret: clientSecret('old') });
    const second = await store.save({ id: first.id, settings: sampleSettings(), secret: clientSecret('new') });
    assert.deepEqual(await store.secretOf(second), clientSecret('new'));
    assert.equal(vault.secrets.size, 1);
  });

  it('forgets the secret of another sign-in method', async () => {
    const first = await store.save({ settings: sampleSettings(), secret: clientSecret('old') });
    const signIn = { method: 'appCertificate', clientId: '3fa85f64-5717-4562-b3fc-2c963f66afa6' } as const;
    const second = await store.save({ id: first.id, settings: sampleSettings({ signIn }) });
    assert.equal(second.secretKey, undefined);
    assert.equal(await store.secretOf(second), undefined);
    assert.equal(vault.secrets.size, 0);
  });

  it('does not take a foreign text in the vault for a secret', async () => {
    const saved = await store.save({ settings: sampleSettings(), secret: clientSecret('x') });
    for (const text of ['', 'null', '{"method":"password","password":"p"}', '{"method":"appSecret"}', '{']) {
      vault.secrets.set(saved.secretKey ?? '', text);
      assert.equal(await store.secretOf(saved), undefined, text);
    }
  });

  describe('saving definition and secret as one act', () => {
    it('writes no definition when the key store refuses the secret', async () => {
      vault.refuses.add('set');
      const save = store.save({ settings: sampleSettings(), secret: clientSecret('x') });
      await assert.rejects(save, because('secretStorage'));
      assert.deepEqual(await files(), []);
    });

    it('leaves the old pair in force when the key store refuses the new secret', async () => {
      const first = await store.save({ settings: sampleSettings(), secret: clientSecret('old') });
      vault.refuses.add('set');
      const edit = { id: first.id, settings: sampleSettings({ name: 'Other' }), secret: clientSecret('new') };
      await assert.rejects(store.save(edit), because('secretStorage'));
      assert.deepEqual(await store.get(first.id), first);
      assert.deepEqual(await store.secretOf(first), clientSecret('old'));
    });

    it('removes the new secret when the definition cannot be written', async () => {
      const broken = new DefinitionFiles(folder, sourceKind);
      broken.write = () => Promise.reject(new StoreError('diskFull', { path: folder }));
      const first = await store.save({ settings: sampleSettings(), secret: clientSecret('old') });
      const full = new ConnectionStore(broken, sourceKind, vault);
      const edit = { id: first.id, settings: sampleSettings({ name: 'Other' }), secret: clientSecret('new') };
      await assert.rejects(full.save(edit), because('diskFull'));
      assert.deepEqual(secretsStored(), [JSON.stringify(clientSecret('old'))]);
      assert.deepEqual(await store.secretOf(await store.get(first.id)), clientSecret('old'));
    });

    it('says that the folder is in the way when a file has its name, and stores no secret', async () => {
      await writeFile(folder, 'not a folder');
      const save = store.save({ settings: sampleSettings(), secret: clientSecret('x') });
      await assert.rejects(save, because('fileAccess'));
      assert.equal(vault.secrets.size, 0);
      await assert.rejects(store.list(), because('fileAccess'));
    });

    it('saves although the key store will not remove the old secret, and removes it with the next save', async () => {
      const first = await store.save({ settings: sampleSettings(), secret: clientSecret('old') });
      vault.refuses.add('delete');
      const second = await store.save({ id: first.id, settings: sampleSettings(), secret: clientSecret('new') });
      assert.deepEqual(await store.secretOf(second), clientSecret('new'));
      assert.equal(vault.secrets.size, 2);
      vault.refuses.clear();
      await store.save({ id: first.id, settings: sampleSettings() });
      assert.deepEqual(secretsStored(), [JSON.stringify(clientSecret('new'))]);
    });
  });

  describe('deleting', () => {
    it('removes definition and secret of this connection only', async () => {
      const first = await store.save({ settings: sampleSettings(), secret: clientSecret('one') });
      const second = await store.save({ settings: sampleSettings({ name: 'B' }), secret: clientSecret('two') });
      await store.delete(first.id);
      assert.deepEqual((await store.list()).connections, [second]);
      assert.deepEqual(secretsStored(), [JSON.stringify(clientSecret('two'))]);
      await assert.rejects(store.get(first.id), because('missing'));
    });

    it('says so when the secret stays behind', async () => {
      const first = await store.save({ settings: sampleSettings(), secret: clientSecret('one') });
      vault.refuses.add('delete');
      await assert.rejects(store.delete(first.id), because('secretStorage'));
      assert.deepEqual((await store.list()).connections, []);
    });

    it('of what is gone already does nothing', async () => {
      await store.delete('3fa85f64-5717-4562-b3fc-2c963f66afa6');
      assert.deepEqual(await store.list(), { connections: [], unreadable: [] });
    });
  });

  describe('names', () => {
    for (const name of ['Contoso', 'CONTOSO', '  contoso\t']) {
      it(`takes “${name}” for taken by “Contoso”`, async () => {
        await store.save({ settings: sampleSettings() });
        const save = store.save({ settings: sampleSettings({ name }), secret: clientSecret('x') });
        await assert.rejects(save, because('nameTaken'));
        assert.equal(vault.secrets.size, 0);
      });
    }

    it('lets a connection keep its own name, or change its case', async () => {
      const { id } = await store.save({ settings: sampleSettings() });
      const saved = await store.save({ id, settings: sampleSettings({ name: 'CONTOSO' }) });
      assert.equal(saved.name, 'CONTOSO');
    });

    it('tells letters with and without accent apart', async () => {
      await store.save({ settings: sampleSettings({ name: 'Resume' }) });
      await store.save({ settings: sampleSettings({ name: 'Résumé' }) });
      assert.equal((await store.list()).connections.length, 2);
    });
  });

  it('refuses to save over, and to delete, a definition that cannot be read', async () => {
    const saved = await store.save({ settings: sampleSettings() });
    const path = join(folder, `${saved.id}.json`);
    await writeFile(path, '{ damaged');
    await assert.rejects(store.save({ id: saved.id, settings: sampleSettings() }), because('unreadableDefinition'));
    await assert.rejects(store.delete(saved.id), because('unreadableDefinition'));
    await assert.rejects(store.get(saved.id), because('unreadableDefinition'));
    assert.equal(await readFile(path, 'utf8'), '{ damaged');
  });

  it('reports what was asked of the key store in vain', async () => {
    const saved = await store.save({ settings: sampleSettings(), secret: clientSecret('x') });
    vault.refuses.add('get').add('keys');
    await assert.rejects(store.secretOf(saved), because('secretStorage'));
    await assert.rejects(store.secretKeys(), because('secretStorage'));
  });
});
