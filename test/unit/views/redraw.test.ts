import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { SourceConnection } from '../../../src/connections/sourceConnection.ts';
import { bothRedraws, updateShown } from '../../../src/views/redraw.ts';
import type { ConnectionNode, TopNode, UnreadableNode } from '../../../src/views/connectionsModel.ts';
import { sampleRecord } from '../support/sampleRecord.ts';
import { sampleSettings } from '../support/sampleSettings.ts';

function connection(name: string): SourceConnection {
  return {
    schemaVersion: 1,
    kind: 'office365',
    id: `id of ${name}`,
    ...sampleSettings({ name }),
    revision: 'first',
    modifiedAt: '2026-11-01T00:00:00.000Z',
  };
}

const a = connection('A');
const b = connection('B');

function row(of: SourceConnection, changes: Partial<ConnectionNode['model']> = {}): ConnectionNode {
  return { kind: 'connection', model: { connection: of, hasSecret: true, verifying: false, ...changes } };
}

function damaged(place: string): UnreadableNode {
  return { kind: 'unreadable', definition: { fileName: 'x.json', path: '/x.json', reason: 'notJson', place } };
}

describe('What is drawn again', () => {
  it('is nothing while all is as it was', () => {
    assert.deepEqual(updateShown([row(a), damaged('line 1')], [row(a), damaged('line 1')]), []);
  });

  for (const [what, now] of Object.entries<Partial<ConnectionNode['model']>>({
    'a lost secret': { hasSecret: false },
    'a run that began': { verifying: true },
    'a result': { record: sampleRecord() },
    'a saved definition': { connection: { ...b, name: 'Better' } },
  })) {
    it(`is the one row with ${what}, known by the same object`, () => {
      const shown = [row(a), row(b)] as const;
      const loaded = [row(a), row(b, now)] as const;
      const redraw = updateShown(shown, loaded);
      assert.equal(redraw.length, 1);
      assert.equal(redraw[0], shown[1]);
      assert.deepEqual(shown[1].model, loaded[1].model);
    });
  }

  it('is a damaged file that is damaged elsewhere now', () => {
    const shown = damaged('line 1');
    assert.deepEqual(updateShown([shown], [damaged('line 2')]), [shown]);
    assert.equal(shown.definition.place, 'line 2');
  });

  for (const [what, loaded] of Object.entries<TopNode[]>({
    came: [row(a), row(b), damaged('')],
    went: [row(a)],
    moved: [row(b), row(a)],
    'became unreadable': [row(a), damaged('')],
  })) {
    it(`is all when a row ${what}`, () => {
      assert.equal(updateShown([row(a), row(b)], loaded), 'all');
    });
  }

  it('adds up while VS Code has not drawn', () => {
    const [one, other] = [row(a), row(b)];
    assert.deepEqual(bothRedraws([one], [one, other]), [one, other]);
    assert.equal(bothRedraws('all', [one]), 'all');
    assert.equal(bothRedraws([one], 'all'), 'all');
  });
});
