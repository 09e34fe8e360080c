import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, it } from 'mocha';
import { ConnectionStore } from '../../../src/connections/connectionStore.ts';
import { DefinitionFiles } from '../../../src/connections/definitionFiles.ts';
import { sourceKind } from '../../../src/connections/sourceConnection.ts';
import { ConnectionVerifier } from '../../../src/verification/connectionVerifier.ts';
import { HistoryFiles } from '../../../src/verification/historyFiles.ts';
import { VerificationFiles } from '../../../src/verification/verificationFiles.ts';
import { checkNodes, loadNodes } from '../../../src/views/connectionsModel.ts';
import type { ConnectionNode, ModelSources } from '../../../src/views/connectionsModel.ts';
import { MemoryVault } from '../support/memoryVault.ts';
import { sampleRecord } from '../support/sampleRecord.ts';
import { clientSecret, sampleSettings } from '../support/sampleSettings.ts';
import { useTemporaryFolder } from '../support/temporaryFolder.ts';

describe('The rows of the view', () => {
  const folder = useTemporaryFolder();
  let vault: MemoryVault;
  let sources: ModelSources & { readonly store: ConnectionStore; readonly verifier: ConnectionVerifier };
  beforeEach(() => {
    vault = new MemoryVault();
    const store = new ConnectionStore(
      new DefinitionFiles(join(folder(), 'connections'), sourceKind),
      sourceKind,
      vault,
    );
    const records = new VerificationFiles(join(folder(), 'verifications'));
    const verifier = new ConnectionVerifier({
      store,
      records,
      histories: new HistoryFiles(records.folder),
      checks: { run: () => Promise.reject(new Error('never asked')), warmUp: () => undefined },
    });
    sources = { store, records, verifier };
  });
  const connectionNodes = async (): Promise<ConnectionNode[]> =>
    (await loadNodes(sources)).filter((node) => node.kind === 'connection');

  it('are in the order of their names as a person sorts, what cannot be read last', async () => {
    for (const name of ['tenant 10', 'Äpfel', 'Tenant 2', 'zebra', 'Birne']) {
      await sources.store.save({ settings: sampleSettings({ name }) });
    }
    await writeFile(join(folder(), 'connections', '0.json'), '');
    const nodes = await loadNodes(sources);
    assert.deepEqual(
      nodes.map((node) => (node.kind === 'connection' ? node.model.connection.name : node.definition.fileName)),
      ['Äpfel', 'Birne', 'Tenant 2', 'tenant 10', 'zebra', '0.json'],
    );
  });

  it('tell whose secret is missing on this machine', async () => {
    await sources.store.save({ settings: sampleSettings({ name: 'A' }), secret: clientSecret('x') });
    const lost = await sources.store.save({ settings: sampleSettings({ name: 'B' }), secret: clientSecret('x') });
    await sources.store.save({ settings: sampleSettings({ name: 'C' }) });
    vault.secrets.delete(lost.secretKey ?? '');
    assert.deepEqual(
      (await connectionNodes()).map(({ model }) => model.hasSecret),
      [true, false, false],
    );
  });

  it('are there, and not called without secret, when the key store does not answer', async () => {
    await sources.store.save({ settings: sampleSettings(), secret: clientSecret('x') });
    vault.refuses.add('keys');
    assert.deepEqual(
      (await connectionNodes()).map(({ model }) => model.hasSecret),
      [true],
    );
  });

  it('carry the last verification and its checks; a broken one counts as none', async () => {
    const good = await sources.store.save({ settings: sampleSettings({ name: 'A' }) });
    const broken = await sources.store.save({ settings: sampleSettings({ name: 'B' }) });
    const blocked = await sources.store.save({ settings: sampleSettings({ name: 'C' }) });
    await sources.verifier.keep(good, sampleRecord());
    await writeFile(join(folder(), 'verifications', `${broken.id}.json`), '{"recordVersion":1}');
    await mkdir(join(folder(), 'verifications', `${blocked.id}.json`));
    const nodes = await connectionNodes();
    assert.deepEqual(
      nodes.map((node) => checkNodes(node, sources.verifier).length),
      [12, 0, 0],
    );
    assert.equal(nodes[0]?.model.record?.outcome, 'passed');
  });
});
