import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, it } from 'mocha';
import { ConnectionStore } from '../../../src/connections/connectionStore.ts';
import { DefinitionFiles } from '../../../src/connections/definitionFiles.ts';
import { sourceKind } from '../../../src/connections/sourceConnection.ts';
import type { UnreadableDefinition } from '../../../src/connections/definitionFiles.ts';
import type { SourceConnection } from '../../../src/connections/sourceConnection.ts';
import { MemoryVault } from '../support/memoryVault.ts';
import { sampleSettings } from '../support/sampleSettings.ts';
import { useTemporaryFolder } from '../support/temporaryFolder.ts';

const id = '3fa85f64-5717-4562-b3fc-2c963f66afa6';

const definition: SourceConnection = {
  schemaVersion: 1,
  kind: 'office365',
  id,
  ...sampleSettings(),
  revision: '11111111-1111-4111-8111-111111111111',
  modifiedAt: '2026-11-22T10:00:00.000Z',
};

describe('The definition files', () => {
  const folder = useTemporaryFolder();
  let files: DefinitionFiles<SourceConnection>;
  beforeEach(() => {
    files = new DefinitionFiles(folder(), sourceKind);
  });

  it('survive a round trip with every setting', async () => {
    const full: SourceConnection = {
      ...definition,
      ...sampleSettings({
        name: 'Straße „Süd“ – 南',
        cloud: 'custom',
        tenant: 'bücher.example',
        signIn: {
          method: 'appCertificate',
          clientId: id,
          certificate: {
            subject: 'CN=Migration',
            thumbprintSha256: 'AB'.repeat(32),
            notAfter: '2027-05-01T00:00:00.000Z',
          },
        },
        endpoints: {
          ews: 'https://localhost:8443/EWS/Exchange.asmx',
          authority: 'https://login.example',
          graph: 'https://graph.example',
        },
        additionalCa: { fileName: 'ca.pem', pem: '-----BEGIN CERTIFICATE-----\n' },
      }),
      basedOn: id,
      secretKey: 'connection.x.y',
    };
    await files.write(full);
    assert.deepEqual(await files.read(id), full);
  });

  const unreadable: readonly (readonly [string, string, UnreadableDefinition['reason'], string | RegExp])[] = [
    ['an empty file', '', 'notJson', 'line 1 column 1'],
    ['a file cut off', JSON.stringify(definition).slice(0, 100), 'notJson', /^line 1 column \d+$/],
    ['something else', '"text"', 'invalid', ''],
    ['a list', '[]', 'invalid', ''],
    ['a newer version', JSON.stringify({ ...definition, schemaVersion: 2 }), 'newerVersion', 'schemaVersion 2'],
    ['no version', JSON.stringify({ ...definition, schemaVersion: undefined }), 'invalid', 'schemaVersion'],
    ['an unknown kind', JSON.stringify({ ...definition, kind: 'imap' }), 'invalid', 'kind'],
    ['another id than its name', JSON.stringify({ ...definition, id: definition.revision }), 'invalid', 'id'],
    [
      'a broken client ID',
      JSON.stringify({ ...definition, signIn: { method: 'appSecret', clientId: 'x' } }),
      'invalid',
      'signIn.clientId',
    ],
    ['an unknown key', JSON.stringify({ ...definition, password: 'hidden' }), 'invalid', 'password'],
    ['no name', JSON.stringify({ ...definition, name: '  ' }), 'invalid', 'name'],
    ['http', JSON.stringify({ ...definition, endpoints: { ews: 'http://x.example' } }), 'invalid', 'endpoints.ews'],
    [
      'a password in an address',
      JSON.stringify({ ...definition, endpoints: { ews: 'https://u:p@x.example' } }),
      'invalid',
      'endpoints.ews',
    ],
    ['no address of a mailbox', JSON.stringify({ ...definition, testMailbox: 'x' }), 'invalid', 'testMailbox'],
  ];
  for (const [what, text, reason, place] of unreadable) {
    it(`with ${what}: is listed as ${reason}, beside the others, and never overwritten`, async () => {
      const other = { ...definition, id: '22222222-2222-4222-8222-222222222222', name: 'Other' };
      await files.write(other);
      const path = join(folder(), `${id}.json`);
      await writeFile(path, text);
      const list = await files.list();
      assert.deepEqual(list.definitions, [other]);
      assert.equal(list.unreadable.length, 1);
      const [entry] = list.unreadable;
      assert.deepEqual({ ...entry, place: '' }, { fileName: `${id}.json`, path, reason, place: '' });
      assert.match(entry?.place ?? '-', typeof place === 'string' ? new RegExp(`^${place}$`) : place);

      const store = new ConnectionStore(files, sourceKind, new MemoryVault());
      await store.save({ settings: sampleSettings({ name: 'New' }) });
      await assert.rejects(store.save({ id, settings: sampleSettings() }));
      assert.equal(await readFile(path, 'utf8'), text);
    });
  }

  it('that are folders are listed as such', async () => {
    await mkdir(join(folder(), `${id}.json`));
    const { unreadable: listed } = await files.list();
    assert.deepEqual(
      listed.map(({ reason, place }) => [reason, place]),
      [['noAccess', 'EISDIR']],
    );
  });

  it('do not include what has another suffix', async () => {
    await writeFile(join(folder(), 'notes.txt'), '');
    await writeFile(join(folder(), `${id}.json.1.tmp`), '');
    assert.deepEqual(await files.list(), { definitions: [], unreadable: [] });
  });

  it('are read by the hundred', async () => {
    const ids = Array.from({ length: 200 }, (_, index) => `${String(index).padStart(8, '0')}${id.slice(8)}`);
    await Promise.all(ids.map((one) => writeFile(files.pathOf(one), JSON.stringify({ ...definition, id: one }))));
    const { definitions } = await files.list();
    assert.deepEqual(
      definitions.map((connection) => connection.id),
      ids,
    );
  });
});
