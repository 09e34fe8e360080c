import * as l10n from '@vscode/l10n';
import { jobNameFault } from '../../migration/jobName.ts';
import { jobNameFaultText, patternFaultText } from '../../migration/migrationText.ts';
import { rewriteFault } from '../../migration/matching/matchRule.ts';
import type { RewriteFault } from '../../migration/matching/matchRule.ts';
import { isTimeZone, weekdays } from '../../migration/schedule/jobSchedule.ts';
import { patternFault } from '../../migration/starPattern.ts';
import type { PatternFault } from '../../migration/starPattern.ts';
import { dayOf, momentOf } from './formTimes.ts';
import { linesOf, numberOf, rewriteOf } from './jobForm.ts';
import type { JobFieldErrors, JobFieldId, JobForm, JobStep } from './jobProtocol.ts';
import { hoursOf } from './openHours.ts';

/** Everything a judgement needs besides the form. */
export interface JobFacts {
  /** Names of the other jobs. */
  readonly otherNames: readonly string[];
  /** Ids of the connections that there are. */
  readonly sources: ReadonlySet<string>;
  readonly targets: ReadonlySet<string>;
  readonly chosenCount: number;
  /** A file was chosen, and its mailboxes were not added yet. */
  readonly fileIsOpen: boolean;
  readonly matchedCount: number;
}

/** The fields of each step, in reading order. */
export const fieldsOfStep: { readonly [step in JobStep]: readonly JobFieldId[] } = {
  name: ['name'],
  source: ['source', 'file', 'mailboxes', 'include', 'exclude'],
  target: ['target', 'byPattern', 'matches'],
  content: ['folders', 'from', 'until', 'includeClasses', 'excludeClasses', 'maximumSize'],
  schedule: [
    ...(['at', 'timeZone', 'hours', 'mailboxesAtOnce', 'connectionsPerMailbox'] as const),
    ...(['itemsPerBatch', 'requestsPerMinute', 'gigabytesPerHour'] as const),
  ],
  summary: [],
};

/** What is wrong with these fields; those without fault are absent. */
export function jobFaults(fields: readonly JobFieldId[], form: JobForm, facts: JobFacts): JobFieldErrors {
  const faults = fields.map((field) => [field, jobFieldFault(field, form, facts)] as const);
  return Object.fromEntries(faults.filter(([, fault]) => fault !== undefined));
}

/** What is wrong with one field and how to put it right; undefined: nothing. */
function jobFieldFault(field: JobFieldId, form: JobForm, facts: JobFacts): string | undefined {
  switch (field) {
    case 'name':
      return nameFault(form.name, facts.otherNames);
    case 'source':
      return facts.sources.has(form.source) ? undefined : l10n.t('Choose the tenant whose mailboxes are migrated.');
    case 'target':
      return facts.targets.has(form.target) ? undefined : l10n.t('Choose the server that the mailboxes move to.');
    case 'file':
      return facts.fileIsOpen ? l10n.t('Add the mailboxes of this file, or discard it.') : undefined;
    case 'mailboxes':
      return facts.chosenCount > 0 ? undefined : l10n.t('Choose at least one mailbox.');
    case 'matches':
      return facts.matchedCount > 0
        ? undefined
        : l10n.t('No mailbox has a target yet. Change the rules, or choose targets by hand.');
    case 'include':
    case 'exclude':
      return lineFault(form[field], patternFault);
    case 'byPattern':
      return lineFault(form.byPattern, rewriteLineFault);
    case 'folders':
      return form.folders.length > 0 || form.recoverable.length > 0 ? undefined : l10n.t('Tick at least one folder.');
    case 'from':
    case 'until':
      return dayFault(field, form);
    case 'includeClasses':
    case 'excludeClasses':
      return classFault(form[field]);
    case 'at':
    case 'timeZone':
    case 'hours':
      return scheduleFault(field, form);
    case 'mailboxesAtOnce':
      return numberFault(form[field], { from: 1, to: 100, whole: true });
    case 'connectionsPerMailbox':
      return numberFault(form[field], { from: 1, to: 4, whole: true });
    case 'itemsPerBatch':
      return numberFault(form[field], { from: 1, to: 1000, whole: true });
    case 'requestsPerMinute':
      return form[field].trim() === '' ? undefined : numberFault(form[field], { from: 1, to: 1_000_000, whole: true });
    case 'gigabytesPerHour':
      return form[field].trim() === '' ? undefined : numberFault(form[field], { from: 0.001, to: 1_000_000 });
    case 'maximumSize':
      return form[field].trim() === '' ? undefined : numberFault(form[field], { from: 0.001, to: 1_000_000 });
    default:
      return undefined; // Chosen from a list, or judged where it is taken.
  }
}

function nameFault(name: string, taken: readonly string[]): string | undefined {
  const fault = jobNameFault(name, taken);
  return fault && jobNameFaultText(fault);
}

function lineFault(
  text: string,
  faultOf: (line: string) => PatternFault | RewriteFault | undefined,
): string | undefined {
  for (const line of linesOf(text)) {
    const fault = faultOf(line);
    if (fault !== undefined) return l10n.t('{0}: {1}', line, patternFaultText(fault));
  }
  return undefined;
}

function rewriteLineFault(line: string): PatternFault | RewriteFault | undefined {
  const { from, to } = rewriteOf(line);
  return patternFault(from) ?? patternFault(to) ?? rewriteFault(from, to);
}

function dayFault(field: 'from' | 'until', form: JobForm): string | undefined {
  const text = form[field].trim();
  if (text === '') return undefined;
  const [day, first] = [dayOf(text), dayOf(form.from)];
  if (day === undefined) return l10n.t('A day has the form 2024-01-31.');
  if (field === 'from' || first === undefined || first <= day) return undefined;
  return l10n.t('The last day is before the first.');
}

function classFault(text: string): string | undefined {
  const faulty = linesOf(text).find((line) => line.length > 255 || !/^[^\s.]+(\.[^\s.]+)*$/.test(line));
  return faulty === undefined ? undefined : l10n.t('{0}: a class is written like IPM.Note.', faulty);
}

function scheduleFault(field: 'at' | 'timeZone' | 'hours', form: JobForm): string | undefined {
  if (field === 'at') {
    return form.start === 'now' || momentOf(form.at) ? undefined : l10n.t('A time has the form 2026-12-01 20:00.');
  }
  if (!form.limitHours) return undefined;
  if (field === 'timeZone') {
    return isTimeZone(form.timeZone.trim()) ? undefined : l10n.t('Enter a time zone such as Europe/Berlin.');
  }
  const faulty = weekdays.find((day) => hoursOf(day, form.hours[day]) === undefined);
  if (faulty !== undefined) {
    return l10n.t('{0}: hours are written like 20-6, or 0-6, 20-24.', form.hours[faulty]);
  }
  const isEmpty = weekdays.every((day) => form.hours[day].trim() === '');
  return isEmpty ? l10n.t('Enter the hours of at least one day, or let the job run at any hour.') : undefined;
}

function numberFault(
  text: string,
  { from, to, whole = false }: { readonly from: number; readonly to: number; readonly whole?: boolean },
): string | undefined {
  const number = numberOf(text);
  if (number >= from && number <= to && (!whole || Number.isInteger(number))) return undefined;
  return whole
    ? l10n.t('A whole number from {0} to {1}.', from.toLocaleString(), to.toLocaleString())
    : l10n.t('A number from {0} to {1}.', from.toLocaleString(), to.toLocaleString());
}
