import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConnectionStore } from '../../../../src/connections/connectionStore.ts';
import { DefinitionFiles } from '../../../../src/connections/definitionFiles.ts';
import { sourceKind } from '../../../../src/connections/sourceConnection.ts';
import { targetKind } from '../../../../src/connections/targetConnection.ts';
import { SavedServers } from '../../../../src/migration/access/savedServers.ts';
import { explainStored } from '../../../../src/verification/findings/stored.ts';
import { unknownFailure } from '../../../../src/verification/findings/general.ts';
import { MemoryVault } from '../../support/memoryVault.ts';
import type { ProvocationBench, Provoked } from '../../support/provocationBench.ts';
import type { Provocation } from './provocation.ts';

/** Opens a source of this machine's store. @param idOf saves what is to be opened */
function opened(bench: ProvocationBench, idOf: (sources: ConnectionStore) => Promise<string>): Promise<Provoked> {
  const open = async (): Promise<void> => {
    const folder = await mkdtemp(join(tmpdir(), 'exchange-migration-stored-'));
    try {
      const vault = new MemoryVault();
      const sources = new ConnectionStore(new DefinitionFiles(join(folder, 'sources'), sourceKind), sourceKind, vault);
      const targets = new ConnectionStore(new DefinitionFiles(join(folder, 'targets'), targetKind), targetKind, vault);
      const loadSignIn = () => Promise.reject(new Error('Nobody signs in.'));
      const servers = new SavedServers({ sources, targets, loadSignIn, userAgent: 'test' });
      await servers.source(await idOf(sources), 1);
    } finally {
      await rm(folder, { recursive: true });
    }
  };
  return bench.explained(open, (error) => explainStored(error) ?? unknownFailure(error));
}

/** A saved connection cannot be used as it is on this machine. */
export const stored: readonly Provocation[] = [
  {
    code: 'secret-missing',
    what: 'a connection whose secret is on another machine',
    provoke: (bench) =>
      opened(bench, async (sources) => (await sources.save({ settings: bench.verification.settings() })).id),
  },
  {
    code: 'connection-unreadable',
    what: 'a connection that somebody has deleted',
    provoke: (bench) => opened(bench, () => Promise.resolve(randomUUID())),
  },
];
