import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { actionsFor } from '../../../src/webview/ui/runActions.ts';

describe('The buttons of the configuration step', () => {
  it('offer nothing but Cancel while the checks run', () => {
    assert.deepEqual(actionsFor('running'), {
      run: 'cancel',
      runIsPrimary: false,
      back: false,
      copyReport: false,
      saveUnverified: false,
      finish: false,
    });
  });

  it('offer neither a report nor an end before the first run', () => {
    const { run, back, copyReport, saveUnverified, finish } = actionsFor('notStarted');
    assert.deepEqual(
      { run, back, copyReport, saveUnverified, finish },
      { run: 'configure', back: true, copyReport: false, saveUnverified: false, finish: false },
    );
  });

  for (const state of ['passed', 'passedWithWarnings'] as const) {
    it(`make Finish the main one after a run that ${state}`, () => {
      const { runIsPrimary, finish, saveUnverified } = actionsFor(state);
      assert.deepEqual(
        { runIsPrimary, finish, saveUnverified },
        { runIsPrimary: false, finish: true, saveUnverified: false },
      );
    });
  }

  for (const state of ['failed', 'cancelled'] as const) {
    it(`offer saving without verification, never Finish, after a run that was ${state}`, () => {
      const { runIsPrimary, finish, saveUnverified } = actionsFor(state);
      assert.deepEqual(
        { runIsPrimary, finish, saveUnverified },
        { runIsPrimary: true, finish: false, saveUnverified: true },
      );
    });
  }
});
