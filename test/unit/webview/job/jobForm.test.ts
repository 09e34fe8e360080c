import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { folderRoles, recoverableRoles } from '../../../../src/migration/content/folderRoles.ts';
import { usualContent } from '../../../../src/migration/content/jobContent.ts';
import { usualSpeed, weekdays } from '../../../../src/migration/schedule/jobSchedule.ts';
import { dayOf, dayText, momentOf, momentText, nextDay } from '../../../../src/webview/job/formTimes.ts';
import {
  contentOf,
  emptyJobForm,
  jobFormOf,
  matchRulesOf,
  numberOf,
  rulesOf,
  scheduleOf,
  speedOf,
} from '../../../../src/webview/job/jobForm.ts';
import { jobFacts } from '../../../../src/webview/job/jobFacts.ts';
import type { JobForm, JobView } from '../../../../src/webview/job/jobProtocol.ts';
import { hoursOf, hoursTexts } from '../../../../src/webview/job/openHours.ts';
import { folderChoices, recoverableChoices } from '../../../../src/webview/job/folderChoices.ts';

const zone = 'Europe/Berlin';

describe('The form of a job', () => {
  it('begins with what most jobs want', () => {
    const form = emptyJobForm(zone);
    assert.deepEqual(contentOf(form), usualContent);
    assert.deepEqual(speedOf(form), usualSpeed);
    assert.deepEqual(scheduleOf(form), { start: { when: 'now' } });
    assert.deepEqual(rulesOf(form), { include: [], exclude: [], parts: 'primary' });
    assert.deepEqual(
      matchRulesOf(form).map(({ by }) => by),
      ['file', 'sameAddress', 'sameLocalPart'],
    );
  });

  it('gives back what a job says, and the job what the form says', () => {
    const job = {
      ...{ name: 'Wave 1', source: 'a', target: 'b' },
      rules: { include: ['*@a.example', 'x*@b.example'], exclude: ['admin@*'], parts: 'both' as const },
      matching: {
        rules: [
          { by: 'file' as const },
          { by: 'pattern' as const, from: '*@old.example', to: '*@new.example' },
          { by: 'sameLocalPart' as const },
        ],
        byHand: [],
      },
      content: {
        folders: { include: [], exclude: ['calendar' as const, 'other' as const], recoverable: [recoverableRoles[0]] },
        items: {
          ...{ from: new Date(2020, 0, 1).toISOString(), before: new Date(2024, 2, 1).toISOString() },
          ...{ includeClasses: ['IPM.Note'], excludeClasses: ['IPM.Note.SMIME'], maximumSize: 1_500_000 },
        },
      },
      schedule: {
        start: { when: 'at' as const, at: new Date(2026, 11, 1, 20, 30).toISOString() },
        week: { timeZone: 'Asia/Tokyo', hours: [{ day: 'monday' as const, from: 20, to: 24 }] },
      },
      speed: {
        ...{ mailboxesAtOnce: 3, connectionsPerMailbox: 1, itemsPerBatch: 20 },
        caps: { requestsPerMinute: 600, bytesPerHour: 2_500_000_000 },
      },
    };
    const form = jobFormOf(job, zone);
    assert.deepEqual(rulesOf(form), job.rules);
    assert.deepEqual(matchRulesOf(form), job.matching.rules);
    assert.deepEqual(contentOf(form), job.content);
    assert.deepEqual(scheduleOf(form), job.schedule);
    assert.deepEqual(speedOf(form), job.speed);
    assert.equal(form.until, '2024-02-29');
    assert.equal(form.maximumSize, '1.5');
  });

  it('names the folders in the summary by the shorter list', () => {
    const matches = { counts: { matched: 0 }, total: 0, lookUp: 'done', asked: 0 } as JobView['matches']; // What is told of it.
    const told = (folders: JobForm['folders'], recoverable: JobForm['recoverable'] = []): string | undefined => {
      const facts = jobFacts({ ...emptyJobForm(zone), folders, recoverable }, { sources: [], targets: [] }, matches);
      return facts.find(([name]) => name === 'Folders')?.[1];
    };
    assert.equal(told([...folderRoles]), 'all');
    assert.equal(
      told(folderRoles.filter((role) => role !== 'drafts' && role !== 'syncissues')),
      'all but Drafts, Sync Issues',
    );
    assert.equal(told([], ['recoverableitemspurges']), 'Recoverable Items only');
    assert.equal(told(['inbox', 'calendar'], ['recoverableitemspurges']), 'Inbox, Calendar, and Recoverable Items');
  });

  it('names every kind of folder, and no other', () => {
    assert.deepEqual(
      folderChoices().map(({ id }) => id),
      folderRoles,
    );
    assert.deepEqual(
      recoverableChoices().map(({ id }) => id),
      recoverableRoles,
    );
  });

  for (const [text, number] of [
    ['12', 12],
    [' 1,5 ', 1.5],
    ['0.001', 0.001],
    ['', NaN],
    ['-1', NaN],
    ['1e3', NaN],
    ['0x10', NaN],
    ['1 000', NaN],
  ] as const) {
    it(`reads “${text}” as ${number}`, () => assert.equal(numberOf(text), number));
  }
});

describe('Days and times of a form', () => {
  it('are those of the machine’s clock', () => {
    assert.deepEqual(dayOf(' 2024-02-29 '), new Date(2024, 1, 29));
    assert.deepEqual(momentOf('2026-12-01 20:05'), new Date(2026, 11, 1, 20, 5));
    assert.equal(dayText(new Date(2026, 0, 5, 23, 59)), '2026-01-05');
    assert.equal(momentText(new Date(2026, 0, 5, 3, 7)), '2026-01-05 03:07');
  });

  for (const text of ['2023-02-29', '2024-13-01', '2024-00-10', '24-01-01', 'yesterday', '', '1969-12-31']) {
    it(`know no day “${text}”`, () => assert.equal(dayOf(text), undefined));
  }
  for (const text of ['2024-01-01 24:00', '2024-01-01 12:60', '2024-01-01']) {
    it(`know no time “${text}”`, () => assert.equal(momentOf(text), undefined));
  }

  it('go on by days, not by hours', () => {
    assert.deepEqual(nextDay(new Date(2024, 1, 28)), new Date(2024, 1, 29));
    assert.deepEqual(nextDay(new Date(2024, 11, 31)), new Date(2025, 0, 1));
  });
});

describe('Hours of a week', () => {
  it('are read as people write them', () => {
    assert.deepEqual(hoursOf('monday', '0-6, 20–24'), [
      { day: 'monday', from: 0, to: 6 },
      { day: 'monday', from: 20, to: 24 },
    ]);
    assert.deepEqual(hoursOf('tuesday', '8:00 - 9:00;'), [{ day: 'tuesday', from: 8, to: 9 }]);
    assert.deepEqual(hoursOf('tuesday', '  '), []);
  });

  it('go over midnight into the next day, on Sunday into Monday', () => {
    assert.deepEqual(hoursOf('sunday', '22-5'), [
      { day: 'sunday', from: 22, to: 24 },
      { day: 'monday', from: 0, to: 5 },
    ]);
    assert.deepEqual(hoursOf('friday', '22-0'), [{ day: 'friday', from: 22, to: 24 }]);
  });

  for (const text of ['8', '8-8', '24-6', '8-25', 'a-b', '8-9-10', '20:30-6']) {
    it(`are not “${text}”`, () => assert.equal(hoursOf('monday', text), undefined));
  }

  it('are written by days, in order', () => {
    const texts = hoursTexts([
      { day: 'monday', from: 20, to: 24 },
      { day: 'monday', from: 0, to: 6 },
    ]);
    assert.equal(texts.monday, '0-6, 20-24');
    assert.deepEqual(Object.keys(texts), weekdays);
    assert.equal(texts.sunday, '');
  });
});
