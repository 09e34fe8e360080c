import { folderRoles, recoverableRoles } from '../../migration/content/folderRoles.ts';
import { usualContent } from '../../migration/content/jobContent.ts';
import type { JobContent } from '../../migration/content/jobContent.ts';
import type { JobDefinition, JobSettings } from '../../migration/jobDefinition.ts';
import type { MailboxRules } from '../../migration/mailboxRules.ts';
import type { HandMatch, MatchRule } from '../../migration/matching/matchRule.ts';
import { usualSpeed, weekdays } from '../../migration/schedule/jobSchedule.ts';
import type { JobSchedule, JobSpeed } from '../../migration/schedule/jobSchedule.ts';
import { dayOf, dayText, momentOf, momentText, nextDay, previousDay } from './formTimes.ts';
import { hoursOf, hoursTexts } from './openHours.ts';
import type { JobForm } from './jobProtocol.ts';

/** Bytes. */
const [megabyte, gigabyte] = [1_000_000, 1_000_000_000];

/** What a form holds that nobody has filled in. @param timeZone of the machine, such as Europe/Berlin */
export function emptyJobForm(timeZone: string): JobForm {
  return {
    ...{ name: '', source: '', target: '' },
    ...{ include: '', exclude: '', parts: 'primary' },
    ...{ byFile: true, bySameAddress: true, byPattern: '', bySameLocalPart: true },
    ...contentForm(usualContent),
    ...scheduleForm({ start: { when: 'now' } }, timeZone),
    ...speedForm(usualSpeed),
  };
}

type Settings = Pick<
  JobDefinition,
  'name' | 'source' | 'target' | 'rules' | 'matching' | 'content' | 'schedule' | 'speed'
>;

export function jobFormOf(job: Settings, timeZone: string): JobForm {
  const { include, exclude, parts } = job.rules;
  const { rules } = job.matching;
  const patterns = rules.flatMap((rule) => (rule.by === 'pattern' ? [`${rule.from} ${rule.to}`] : []));
  const has = (by: MatchRule['by']): boolean => rules.some((rule) => rule.by === by);
  return {
    ...{ name: job.name, source: job.source, target: job.target },
    ...{ include: include.join('\n'), exclude: exclude.join('\n'), parts },
    ...{ byFile: has('file'), bySameAddress: has('sameAddress'), bySameLocalPart: has('sameLocalPart') },
    byPattern: patterns.join('\n'),
    ...contentForm(job.content),
    ...scheduleForm(job.schedule, timeZone),
    ...speedForm(job.speed),
  };
}

function contentForm({ folders, items }: JobContent): Pick<JobForm, ContentField> {
  const isWanted = (role: (typeof folderRoles)[number]): boolean =>
    !folders.exclude.includes(role) && (folders.include.length === 0 || folders.include.includes(role));
  return {
    folders: folderRoles.filter(isWanted),
    recoverable: folders.recoverable,
    from: items.from === undefined ? '' : dayText(items.from),
    until: items.before === undefined ? '' : dayText(previousDay(items.before)),
    includeClasses: items.includeClasses.join('\n'),
    excludeClasses: items.excludeClasses.join('\n'),
    maximumSize: items.maximumSize === undefined ? '' : String(items.maximumSize / megabyte),
  };
}
type ContentField = 'folders' | 'recoverable' | 'from' | 'until' | 'includeClasses' | 'excludeClasses' | 'maximumSize';

function scheduleForm({ start, week }: JobSchedule, timeZone: string): Pick<JobForm, ScheduleField> {
  return {
    start: start.when,
    at: start.when === 'at' ? momentText(start.at) : '',
    limitHours: week !== undefined,
    timeZone: week?.timeZone ?? timeZone,
    hours: hoursTexts(week?.hours ?? []),
  };
}
type ScheduleField = 'start' | 'at' | 'limitHours' | 'timeZone' | 'hours';

function speedForm({ caps, ...speed }: JobSpeed): Pick<JobForm, SpeedField> {
  return {
    mailboxesAtOnce: String(speed.mailboxesAtOnce),
    connectionsPerMailbox: String(speed.connectionsPerMailbox),
    itemsPerBatch: String(speed.itemsPerBatch),
    requestsPerMinute: String(caps.requestsPerMinute ?? ''),
    gigabytesPerHour: caps.bytesPerHour === undefined ? '' : String(caps.bytesPerHour / gigabyte),
  };
}
type SpeedField =
  'mailboxesAtOnce' | 'connectionsPerMailbox' | 'itemsPerBatch' | 'requestsPerMinute' | 'gigabytesPerHour';

// What follows is sound only for fields without faults (validateJob.ts).

/** The job that a form stands for. */
export function jobSettingsOf(
  form: JobForm,
  mailboxes: JobSettings['mailboxes'],
  byHand: readonly HandMatch[],
): JobSettings {
  return {
    ...{ name: form.name.trim(), source: form.source, target: form.target, mailboxes },
    rules: rulesOf(form),
    matching: { rules: [...matchRulesOf(form)], byHand: [...byHand] },
    ...{ content: contentOf(form), schedule: scheduleOf(form), speed: speedOf(form) },
  };
}

export function rulesOf({ include, exclude, parts }: JobForm): MailboxRules {
  return { include: linesOf(include), exclude: linesOf(exclude), parts };
}

/** In the order of how much a person has meant them: a file names each mailbox, a pattern some, the rest are usual. */
export function matchRulesOf({ byFile, byPattern, bySameAddress, bySameLocalPart }: JobForm): readonly MatchRule[] {
  return [
    ...(byFile ? [{ by: 'file' } as const] : []),
    ...linesOf(byPattern).map(rewriteOf),
    ...(bySameAddress ? [{ by: 'sameAddress' } as const] : []),
    ...(bySameLocalPart ? [{ by: 'sameLocalPart' } as const] : []),
  ];
}

/** `*@old.example *@new.example`; what lacks is empty. */
export function rewriteOf(line: string): Extract<MatchRule, { by: 'pattern' }> {
  const [from = '', to = '', ...others] = line.split(/\s+/);
  return { by: 'pattern', from, to: others.length > 0 ? [to, ...others].join(' ') : to };
}

export function contentOf(form: JobForm): JobContent {
  const { from, until, includeClasses, excludeClasses, maximumSize } = form;
  const [first, last] = [dayOf(from), dayOf(until)];
  return {
    folders: {
      include: [],
      exclude: folderRoles.filter((role) => !form.folders.includes(role)),
      recoverable: recoverableRoles.filter((role) => form.recoverable.includes(role)),
    },
    items: {
      ...(first !== undefined && { from: first.toISOString() }),
      ...(last !== undefined && { before: nextDay(last).toISOString() }),
      includeClasses: linesOf(includeClasses),
      excludeClasses: linesOf(excludeClasses),
      ...(maximumSize.trim() !== '' && { maximumSize: Math.round(numberOf(maximumSize) * megabyte) }),
    },
  };
}

export function scheduleOf(form: JobForm): JobSchedule {
  const at = momentOf(form.at);
  const hours = form.limitHours ? weekdays.flatMap((day) => hoursOf(day, form.hours[day]) ?? []) : [];
  return {
    start: form.start === 'at' && at !== undefined ? { when: 'at', at: at.toISOString() } : { when: 'now' },
    ...(hours.length > 0 && { week: { timeZone: form.timeZone.trim(), hours } }),
  };
}

export function speedOf(form: JobForm): JobSpeed {
  const { requestsPerMinute, gigabytesPerHour } = form;
  return {
    mailboxesAtOnce: numberOf(form.mailboxesAtOnce),
    connectionsPerMailbox: numberOf(form.connectionsPerMailbox),
    itemsPerBatch: numberOf(form.itemsPerBatch),
    caps: {
      ...(requestsPerMinute.trim() !== '' && { requestsPerMinute: numberOf(requestsPerMinute) }),
      ...(gigabytesPerHour.trim() !== '' && { bytesPerHour: Math.round(numberOf(gigabytesPerHour) * gigabyte) }),
    },
  };
}

export function linesOf(text: string): string[] {
  return text
    .split(/\r\n|[\r\n]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** A number as people write it, also with a comma; NaN for anything else. */
export function numberOf(text: string): number {
  const plain = text.trim().replace(',', '.');
  return /^\d{1,15}(\.\d{1,6})?$/.test(plain) ? Number(plain) : NaN;
}
