import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { emptyJobForm } from '../../../../src/webview/job/jobForm.ts';
import type { JobFieldId, JobForm } from '../../../../src/webview/job/jobProtocol.ts';
import { fieldsOfStep, jobFaults } from '../../../../src/webview/job/validateJob.ts';
import type { JobFacts } from '../../../../src/webview/job/validateJob.ts';

const facts: JobFacts = {
  otherNames: ['Wave 1'],
  ...{ sources: new Set(['s']), targets: new Set(['t']), chosenCount: 2, fileIsOpen: false, matchedCount: 2 },
};
const good: JobForm = { ...emptyJobForm('Europe/Berlin'), name: 'Wave 2', source: 's', target: 't' };
const everyField = Object.values(fieldsOfStep).flat();
const hours = { ...good.hours, monday: '20-6' };

describe('Judging the form of a job', () => {
  it('finds nothing wrong with a good one', () => assert.deepEqual(jobFaults(everyField, good, facts), {}));

  const faults: readonly (readonly [JobFieldId, Partial<JobForm>, RegExp, Partial<JobFacts>?])[] = [
    ['name', { name: '' }, /Enter a name/],
    ['name', { name: 'wave 1' }, /“Wave 1” has this name/],
    ['name', { name: 'a/b' }, /cannot contain \//],
    ['source', { source: '' }, /Choose the tenant/],
    ['source', { source: 'gone' }, /Choose the tenant/],
    ['target', { target: '' }, /Choose the server/],
    ['file', {}, /Add the mailboxes of this file/, { fileIsOpen: true }],
    ['mailboxes', {}, /at least one mailbox/, { chosenCount: 0 }],
    ['matches', {}, /No mailbox has a target/, { matchedCount: 0 }],
    ['include', { include: '*@a.example\nx y' }, /^x y: Addresses have no blanks/],
    ['exclude', { exclude: '*'.repeat(9) }, /too many stars/],
    ['byPattern', { byPattern: '*@old.example' }, /Enter a pattern/],
    ['byPattern', { byPattern: '*@old.example *-*@new.example' }, /more stars/],
    ['byPattern', { byPattern: '*@old.example new' }, /has to be an address/],
    ['byPattern', { byPattern: '*@a.example *@b.example *@c.example' }, /no blanks/],
    ['folders', { folders: [], recoverable: [] }, /Tick at least one/],
    ['from', { from: '31.01.2024' }, /2024-01-31/],
    ['until', { from: '2024-02-01', until: '2024-01-31' }, /before the first/],
    ['includeClasses', { includeClasses: 'IPM.Note\nIPM..Note' }, /^IPM\.\.Note: a class/],
    ['excludeClasses', { excludeClasses: 'IPM Note' }, /a class/],
    ['maximumSize', { maximumSize: '0' }, /A number from/],
    ['at', { start: 'at', at: 'tomorrow' }, /2026-12-01 20:00/],
    ['timeZone', { limitHours: true, hours, timeZone: 'Berlin' }, /Europe\/Berlin/],
    ['hours', { limitHours: true, hours: { ...hours, friday: '25-3' } }, /^25-3: hours are written/],
    ['hours', { limitHours: true }, /at least one day/],
    ['mailboxesAtOnce', { mailboxesAtOnce: '101' }, /whole number from 1 to 100/],
    ['mailboxesAtOnce', { mailboxesAtOnce: '1.5' }, /whole number/],
    ['connectionsPerMailbox', { connectionsPerMailbox: '5' }, /from 1 to 4/],
    ['itemsPerBatch', { itemsPerBatch: '' }, /from 1 to/],
    ['requestsPerMinute', { requestsPerMinute: '-1' }, /whole number/],
    ['gigabytesPerHour', { gigabytesPerHour: 'x' }, /A number from/],
  ];
  for (const [field, change, fault, otherFacts = {}] of faults) {
    it(`finds ${field} faulty: ${JSON.stringify({ ...change, ...otherFacts }).slice(0, 80)}`, () => {
      const found = jobFaults(everyField, { ...good, ...change }, { ...facts, ...otherFacts });
      assert.deepEqual(Object.keys(found), [field]);
      assert.match(found[field] ?? '', fault);
    });
  }

  it('does not mind what is not in force', () => {
    const form = { ...good, at: 'x', timeZone: 'x', hours: { ...hours, monday: 'x' } };
    assert.deepEqual(jobFaults(everyField, form, facts), {});
  });
});
