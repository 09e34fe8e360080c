import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { exportConnections, parseExport } from '../../../src/connections/connectionExchange.ts';
import { ImportError } from '../../../src/connections/importError.ts';
import type { ImportReason } from '../../../src/connections/importError.ts';
import { ConnectionStore } from '../../../src/connections/connectionStore.ts';
import { DefinitionFiles } from '../../../src/connections/definitionFiles.ts';
import { sourceKind } from '../../../src/connections/sourceConnection.ts';
import { MemoryVault } from '../support/memoryVault.ts';
import { clientSecret, sampleSettings } from '../support/sampleSettings.ts';
import { useTemporaryFolder } from '../support/temporaryFolder.ts';

describe('An export of definitions', () => {
  const folder = useTemporaryFolder();
  let store: ConnectionStore;
  beforeEach(() => {
    store = new ConnectionStore(new DefinitionFiles(folder(), sourceKind), sourceKind, new MemoryVault());
  });

  it('holds targets as well, in a file of their own', () => {
    const settings = {
      name: 'Headquarters',
      server: { ews: 'https://mail.contoso.com/EWS/Exchange.asmx', from: 'typed' as const },
      signIn: { method: 'ntlm' as const, userName: 'CONTOSO\\migration' },
      testMailbox: 'user@contoso.com',
    };
    const ofFile = {
      schemaVersion: 1,
      kind: 'exchangeServer',
      id: 'an-id',
      revision: 'a-revision',
      secretKey: 'a-key',
    };
    const text = exportConnections({ kind: 'target', connections: [{ ...settings, ...ofFile }] });
    assert.deepEqual(parseExport(text), { kind: 'target', connections: [settings] });
    for (const part of ['an-id', 'a-revision', 'a-key']) assert.equal(text.includes(part), false, part);
    assert.throws(
      () => parseExport(text.replace('ntlm', 'digest')),
      (error) => error instanceof ImportError && error.place === 'connections.0.signIn.method',
    );
  });

  it('holds the settings and neither secret, id nor revision', async () => {
    const saved = await store.save({ settings: sampleSettings(), secret: clientSecret('recognisable-secret') });
    const text = exportConnections({ kind: 'source', connections: [saved] });
    assert.deepEqual(parseExport(text), { kind: 'source', connections: [sampleSettings()] });
    for (const hidden of ['recognisable-secret', saved.id, saved.revision, 'secretKey', 'modifiedAt']) {
      assert.ok(!text.includes(hidden), hidden);
    }
  });

  it('is read with a byte order mark and Windows line ends as well', () => {
    const text = exportConnections({
      kind: 'source',
      connections: [sampleSettings(), sampleSettings({ name: 'Second' })],
    });
    assert.equal(parseExport(`\uFEFF${text.replaceAll('\n', '\r\n')}`).connections.length, 2);
  });

  const document = (changes: object, settings: object = {}): string =>
    JSON.stringify({
      ...JSON.parse(exportConnections({ kind: 'source', connections: [sampleSettings()] })),
      ...changes,
      ...settings,
    });
  const withConnection = (changes: object): string =>
    document({ connections: [sampleSettings(), { ...sampleSettings(), ...changes }] });

  const bad: readonly (readonly [string, string, ImportReason, string])[] = [
    ['text', 'hello', 'notJson', 'line 1 column 1'],
    ['nothing', '', 'notJson', 'line 1 column 1'],
    ['a file cut off', '{\n "kind": "exchange-mig', 'notJson', 'line 2 column 10'],
    ['a missing comma', '{\n  "a": 1\n  "b": 2\n}', 'notJson', 'line 3 column 3'],
    ['a comma too many', '[1,\n]', 'notJson', 'line 2 column 1'],
    ['an unquoted word', '{"a":\n  yes}', 'notJson', 'line 2 column 3'],
    ['another document', '{"a":1}', 'notAnExport', ''],
    ['a list', '[]', 'notAnExport', ''],
    ['another kind', document({ kind: 'something/else' }), 'notAnExport', ''],
    ['a newer version', document({ schemaVersion: 7 }), 'newerVersion', ''],
    ['an unknown key', document({ secrets: [] }), 'invalid', 'secrets'],
    ['no connection', document({ connections: [] }), 'invalid', 'connections'],
    ['an id', withConnection({ id: 'x' }), 'invalid', 'connections.1.id'],
    ['a secret', withConnection({ clientSecret: 'x' }), 'invalid', 'connections.1.clientSecret'],
    ['no name', withConnection({ name: undefined }), 'invalid', 'connections.1.name'],
    ['an unknown cloud', withConnection({ cloud: 'moon' }), 'invalid', 'connections.1.cloud'],
    [
      'an unknown method',
      withConnection({ signIn: { method: 'magic', clientId: 'x' } }),
      'invalid',
      'connections.1.signIn.method',
    ],
    [
      'http',
      withConnection({ endpoints: { authority: 'http://login.example' } }),
      'invalid',
      'connections.1.endpoints.authority',
    ],
    [
      'a script address',
      withConnection({ endpoints: { graph: 'javascript:x' } }),
      'invalid',
      'connections.1.endpoints.graph',
    ],
  ];
  for (const [what, text, reason, place] of bad) {
    it(`with ${what} is refused as ${reason}${place && ` at ${place}`}`, () => {
      assert.throws(
        () => parseExport(text),
        (error) => {
          assert.ok(error instanceof ImportError);
          assert.deepEqual([error.reason, error.place], [reason, place]);
          return true;
        },
      );
    });
  }
});
