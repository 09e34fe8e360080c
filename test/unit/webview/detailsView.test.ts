import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { StoreError } from '../../../src/connections/storeError.ts';
import { fingerprintOf } from '../../../src/verification/fingerprint.ts';
import { noHistory, runEntryOf } from '../../../src/verification/history.ts';
import type { RunEntry } from '../../../src/verification/history.ts';
import { detailsView, unreadableView } from '../../../src/webview/detailsView.ts';
import { checkIds } from '../../../src/verification/verification.ts';
import { connectionFacts } from '../../../src/views/connectionRow.ts';
import type { DetailsModel } from '../../../src/webview/detailsView.ts';
import { failedRecord, sampleCheck, sampleFinding, sampleRecord } from '../support/sampleRecord.ts';
import { sampleConnection } from '../support/sampleSettings.ts';

const connection = sampleConnection;
const fingerprint = fingerprintOf(connection);

function model(changes: Partial<DetailsModel> = {}): DetailsModel {
  const shown = { connection, hasSecret: true, verifying: false, ...(changes.record && { record: changes.record }) };
  return { ...shown, history: noHistory, progress: undefined, checkIds, facts: connectionFacts(shown), ...changes };
}

function run(changes: Partial<RunEntry>): RunEntry {
  return { ...runEntryOf(sampleRecord(), false), ...changes };
}

describe('The details of a connection', () => {
  it('name what it is and how it is', () => {
    const view = detailsView(model({ record: sampleRecord({ fingerprint }) }));
    assert.equal(view.heading, 'Contoso');
    assert.deepEqual(view.status, { outcome: 'passed', text: 'Verified' });
    assert.deepEqual(
      view.facts.map(({ name }) => name),
      ['Tenant', 'Cloud', 'Sign-in method', 'EWS address', 'Last verified'],
    );
    assert.deepEqual(view.actions, { run: 'verify', copyReport: true });
    assert.equal(view.run.state, 'passed');
    assert.equal(view.notice, undefined);
  });

  it('show the checks that will run where nothing has run yet', () => {
    const view = detailsView(model());
    assert.deepEqual(view.actions, { run: 'verify', copyReport: false });
    assert.equal(view.run.state, 'notStarted');
    assert.ok(view.run.checks.every(({ outcome }) => outcome === 'pending'));
  });

  it('show a run that is under way, which can be cancelled', () => {
    const progress = new Map([['sign-in', { id: 'sign-in' as const, state: 'running' as const }]]);
    const view = detailsView(model({ verifying: true, progress, record: sampleRecord({ fingerprint }) }));
    assert.equal(view.actions.run, 'cancel');
    assert.equal(view.run.checks.find(({ id }) => id === 'sign-in')?.outcome, 'running');
  });

  it('say that the checks are of earlier settings', () => {
    const view = detailsView(model({ record: sampleRecord({ fingerprint: 'of before' }) }));
    assert.equal(view.status?.text, 'Not verified');
    assert.match(view.notice?.text ?? '', /was changed since/);
  });

  it('offer no choice of a cloud, which the wizard does, but name it', () => {
    const finding = {
      ...sampleFinding('other-cloud'),
      remedies: [
        { text: 'Change to China (21Vianet) and run again', action: { kind: 'chooseCloud', cloud: 'china' } as const },
      ],
    };
    const checks = [sampleCheck({ outcome: 'failed', findings: [finding] })];
    const view = detailsView(model({ record: sampleRecord({ fingerprint, outcome: 'failed', checks }) }));
    const [remedy] = view.run.checks.flatMap(({ findings }) => findings.flatMap(({ remedies }) => remedies));
    assert.deepEqual(remedy, { text: 'Change to China (21Vianet) and run again' });
  });

  it('tell each run of the past in words', () => {
    const runs = [
      run({ startedAt: '2026-11-22T10:00:00.000Z', durationMs: 1400 }),
      run({ outcome: 'failed', errors: ['wrong-secret', 'ews-disabled'], quiet: true, durationMs: 80 }),
      run({ outcome: 'warning' }),
      run({ outcome: 'offline' }),
      run({ outcome: 'throttled' }),
    ];
    const view = detailsView(model({ history: { ...noHistory, runs } }));
    const [first, second, ...others] = view.history;
    assert.match(first?.label ?? '', /2026.*, verified, 1\.4 s$/);
    assert.equal(first?.startedBy, 'by hand');
    assert.match(second?.label ?? '', /, failed, 80 ms$/);
    assert.deepEqual([second?.startedBy, second?.errors], ['by itself', 'wrong-secret, ews-disabled']);
    assert.equal(new Set([first, second, ...others].map((each) => each?.outcomeText)).size, 5);
  });

  it('say that the connection is gone, or cannot be read, and offer nothing', () => {
    for (const [reason, text] of [
      ['missing', /was deleted/],
      ['unreadableDefinition', /./],
    ] as const) {
      const view = unreadableView('Contoso', new StoreError(reason));
      assert.equal(view.heading, 'Contoso');
      assert.match(view.notice?.text ?? '', text);
      assert.deepEqual(view.actions, { run: 'none', copyReport: false });
    }
  });

  it('are those of a failure, with what to do', () => {
    const view = detailsView(model({ record: failedRecord(['wrong-secret'], { fingerprint }) }));
    assert.deepEqual(view.status, { outcome: 'failed', text: 'Failed' });
    assert.equal(view.run.state, 'failed');
  });
});
