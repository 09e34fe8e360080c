import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { announcements } from '../../../src/webview/ui/announcements.ts';
import { newErrorText } from '../../../src/webview/ui/fieldErrors.ts';
import type { CheckOutcome, CheckView, WizardView } from '../../../src/webview/protocol.ts';

function check(id: string, outcome: CheckOutcome, problem?: string): CheckView {
  const findings = problem
    ? [{ code: 'x', severity: 'error' as const, title: problem, explanation: '', remedies: [] }]
    : [];
  return { id, title: `Check ${id}`, outcome, findings, exchanges: [] };
}

function run(state: WizardView['run']['state'], summary: string, ...checks: CheckView[]): WizardView['run'] {
  return { state, summary, checks };
}

describe('What a screen reader hears of a run', () => {
  it('is each check as it ends, once', () => {
    const before = run('running', '', check('a', 'running'), check('b', 'running'));
    const after = run('running', '', check('a', 'passed'), check('b', 'running'));
    assert.deepEqual(announcements(before, after), ['Check a: passed']);
    assert.deepEqual(announcements(after, after), []);
  });

  it('is what is wrong, with the check that found it', () => {
    const before = run('running', '', check('a', 'running'));
    const after = run('running', '', check('a', 'failed', 'The tenant is unknown.'));
    assert.deepEqual(announcements(before, after), ['Check a: failed. The tenant is unknown.']);
  });

  it('is the summary at the end, after the last check', () => {
    const before = run('running', '', check('a', 'running'));
    const after = run('passed', 'All checks passed.', check('a', 'passed'));
    assert.deepEqual(announcements(before, after), ['Check a: passed', 'All checks passed.']);
  });

  it('is nothing when a run begins', () => {
    const before = run('failed', '1 check failed.', check('a', 'failed'));
    assert.deepEqual(announcements(before, run('running', '', check('a', 'pending'))), []);
  });
});

describe('What a screen reader hears of errors', () => {
  const fields = [
    { id: 'name' as const, label: () => 'Connection name' },
    { id: 'tenant' as const, label: () => 'Tenant' },
  ];

  it('is a new error with its field', () => {
    assert.equal(newErrorText({}, { tenant: 'Unknown.' }, fields), 'Tenant: Unknown.');
  });

  it('is nothing about an error that was there before or is gone', () => {
    assert.equal(newErrorText({ tenant: 'Unknown.' }, { tenant: 'Unknown.' }, fields), undefined);
    assert.equal(newErrorText({ tenant: 'Unknown.' }, {}, fields), undefined);
  });

  it('is a number when there are several', () => {
    assert.equal(newErrorText({}, { name: 'Taken.', tenant: 'Unknown.' }, fields), '2 fields need your attention.');
  });
});
