import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { DraftKeeper } from '../../../../src/webview/job/draftKeeper.ts';
import { newJobDraft } from '../../../../src/webview/job/firstDraft.ts';
import type { JobDraft } from '../../../../src/webview/job/jobDrafts.ts';
import { makeGate } from '../../support/gate.ts';
import { until } from '../../support/until.ts';

describe('What keeps the draft of a job', () => {
  const fresh = newJobDraft('Europe/Berlin');
  let now: JobDraft;
  let written: string[];
  let removed: string[];
  let failures: unknown[];
  /** What a writing waits for. */
  let before: () => Promise<void>;
  let keeper: DraftKeeper;
  const named = (name: string): JobDraft => ({ ...fresh, form: { ...fresh.form, name } });
  beforeEach(() => {
    [written, removed, failures] = [[], [], []];
    before = () => Promise.resolve();
    keeper = new DraftKeeper({
      files: {
        write: async (_, { form }) => {
          await before();
          written.push(form.name);
        },
        remove: (id) => Promise.resolve(void removed.push(id)),
      },
      draftId: 'new',
      draft: () => now,
      onFailure: (error) => failures.push(error),
    });
  });

  it('writes once what has changed several times, a moment later', async () => {
    for (const name of ['a', 'b', 'c']) {
      now = named(name);
      keeper.keep();
    }
    assert.deepEqual(written, []);
    await until('it is written', () => written.length > 0);
    await keeper.flush();
    assert.deepEqual(written, ['c']);
  });

  it('writes at once when it is to, and nothing when nothing has changed', async () => {
    await keeper.flush();
    assert.deepEqual(written, []);
    now = named('a');
    keeper.keep();
    await keeper.flush();
    assert.deepEqual(written, ['a']);
  });

  it('writes one after the other; the last state wins', async () => {
    const gate = makeGate();
    before = () => gate.opened;
    now = named('slow');
    keeper.keep();
    const first = keeper.flush();
    before = () => Promise.resolve();
    now = named('last');
    keeper.keep();
    const second = keeper.flush();
    gate.open();
    await Promise.all([first, second]);
    assert.deepEqual(written, ['slow', 'last']);
  });

  it('tells of a writing that failed, and goes on with the next', async () => {
    before = () => Promise.reject(new Error('full'));
    now = named('a');
    keeper.keep();
    await keeper.flush();
    before = () => Promise.resolve();
    keeper.keep();
    await keeper.flush();
    assert.deepEqual([failures.length, written], [1, ['a']]);
  });

  it('removes the draft behind a writing that is under way, and keeps none from then on', async () => {
    const gate = makeGate();
    before = () => gate.opened;
    now = named('a');
    keeper.keep();
    const flushed = keeper.flush();
    keeper.keep();
    const forgotten = keeper.forget();
    assert.deepEqual(removed, []);
    gate.open();
    await Promise.all([flushed, forgotten]);
    assert.deepEqual([written, removed], [['a'], ['new']]);
    keeper.keep();
    await keeper.flush();
    assert.deepEqual(written, ['a']);
  });
});
