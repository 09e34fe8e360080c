import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { usualContent } from '../../../src/migration/content/jobContent.ts';
import { defineJob } from '../../../src/migration/jobDefinition.ts';
import type { ScanSummary } from '../../../src/migration/scan/scanTypes.ts';
import { usualSpeed } from '../../../src/migration/schedule/jobSchedule.ts';
import { jobMailboxRow, jobRow } from '../../../src/views/jobs/jobRow.ts';
import type { JobModel } from '../../../src/views/jobs/jobRow.ts';
import { stableGuid } from '../../lab/tenant.ts';
import { scanSummary } from '../support/scanSamples.ts';

const job = defineJob(
  {
    ...{ name: 'Wave <1>', source: stableGuid('source'), target: stableGuid('target') },
    mailboxes: ['anna', 'bert', 'carl'].map((name) => ({ address: `${name}@old.example` })),
    ...{ rules: { include: [], exclude: [], parts: 'primary' }, matching: { rules: [], byHand: [] } },
    ...{ content: usualContent, schedule: { start: { when: 'now' } }, speed: usualSpeed },
  },
  'subject',
  { id: stableGuid('job'), revision: stableGuid('revision'), modifiedAt: '2026-12-01T10:00:00.000Z' },
);
const model: JobModel = { job, matched: 2, source: 'Contoso', target: 'HQ', scan: undefined, scanning: undefined };
const scanned = (changes: Partial<ScanSummary>): JobModel => ({ ...model, scan: scanSummary(changes) });
const counts = { ready: 1, attention: 1, failed: 2, notScanned: 0 };

const looks: { readonly [what: string]: readonly [JobModel, status: string, icon: string, context: string] } = {
  'that was never scanned': [model, 'Not scanned', 'circle-outline', 'job.idle'],
  'while it is scanned': [{ ...model, scanning: 1200 }, 'Scanning: 1,200…', 'loading~spin', 'job.scanning'],
  'that has changed since its scan': [scanned({ subject: 'other' }), 'Changed since its scan', 'history', 'job.idle'],
  'whose scan was stopped': [scanned({ outcome: 'cancelled' }), 'Scan stopped', 'debug-pause', 'job.idle'],
  'that is ready': [scanned({}), 'Ready', 'pass-filled', 'job.idle'],
  'with mailboxes that are not': [scanned({ counts }), 'Needs attention: 3', 'warning', 'job.idle'],
  'whose source is gone': [{ ...model, source: undefined }, 'Connection missing', 'error', 'job.idle'],
  'whose target is gone': [{ ...scanned({}), target: undefined }, 'Connection missing', 'error', 'job.idle'],
};

describe('The row of a job', () => {
  for (const [what, [shown, status, icon, contextValue]] of Object.entries(looks)) {
    it(`tells one ${what}, in words too`, () => {
      const row = jobRow(shown);
      assert.deepEqual(
        [row.description, row.icon, row.contextValue],
        [`${status} · 2/3 mailboxes`, icon, contextValue],
      );
      assert.equal(row.spoken, `Wave <1>, 2 of 3 mailboxes have a target, ${status}`);
    });
  }

  it('has no markup of its name in its tooltip', () => {
    assert.equal(jobRow(model).label, 'Wave <1>');
    assert.doesNotMatch(jobRow(model).tooltip, /(?<!\\)<1>/);
  });

  it('says that a connection is missing, and which', () => {
    assert.match(jobRow({ ...model, target: undefined }).tooltip, /Contoso[^]*missing/);
  });
});

describe('The row of a job’s mailbox', () => {
  const address = 'anna@old.example';

  it('says where it goes', () => {
    const row = jobMailboxRow({ address, match: { state: 'matched', target: 'a@new.example' } });
    assert.deepEqual([row.label, row.description, row.icon], [address, 'to a@new.example', 'pass']);
    assert.equal(row.spoken, `${address}, to a@new.example`);
  });

  for (const [state, text] of [
    ['ambiguous', 'Ambiguous'],
    ['missing', 'Missing on target'],
    ['duplicate', 'Duplicate'],
    ['excluded', 'Excluded'],
  ] as const) {
    it(`says that it goes nowhere: ${state}`, () => {
      assert.equal(jobMailboxRow({ address, match: { state } }).description, text);
    });
  }

  it('that was never matched is missing', () =>
    assert.equal(jobMailboxRow({ address }).description, 'Missing on target'));
});
