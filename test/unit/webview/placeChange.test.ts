import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { mayChangePlace } from '../../../src/webview/placeChange.ts';

describe('A connection that leads elsewhere after an edit', () => {
  let asked: string[];
  let agrees: boolean;
  const may = (before: string, after: string, jobs: readonly string[], isNew = false): Promise<boolean> =>
    mayChangePlace({
      existing: isNew ? undefined : { id: 'c', name: 'Contoso' },
      ...{ before, after },
      usedBy: () => Promise.resolve(jobs),
      ui: {
        confirm: (question, detail) => {
          asked.push(question, detail);
          return Promise.resolve(agrees);
        },
      },
    });
  beforeEach(() => {
    asked = [];
    agrees = true;
  });

  it('is asked about, with the jobs that use it', async () => {
    assert.equal(await may('contoso.com', 'fabrikam.com', ['Wave 1', 'Wave 2']), true);
    assert.match(asked.join('\n'), /“Contoso” lead to fabrikam\.com instead of contoso\.com/);
    assert.match(asked.join('\n'), /Wave 1, Wave 2/);
    agrees = false;
    assert.equal(await may('contoso.com', 'fabrikam.com', ['Wave 1']), false);
  });

  it('is not asked about when nobody uses it, it is new, or it leads to the same place', async () => {
    agrees = false;
    assert.equal(await may('contoso.com', 'fabrikam.com', []), true);
    assert.equal(await may('', 'fabrikam.com', ['Wave 1'], true), true);
    assert.equal(await may('contoso.com', 'Contoso.COM', ['Wave 1']), true);
    assert.deepEqual(asked, []);
  });
});
