import * as l10n from '@vscode/l10n';
import type { ScanProgress } from './scanJob.ts';
import type { Assumption, Estimate, ScanState, ScanSummary } from './scanTypes.ts';
import { sizeText } from '../sizeText.ts';

/** What a mailbox's state is called. */
export function scanStateText(state: ScanState): string {
  switch (state) {
    case 'ready':
      return l10n.t('Ready');
    case 'attention':
      return l10n.t('Needs attention');
    case 'failed':
      return l10n.t('Failed');
  }
}

/** How a scan has ended, in a sentence. */
export function scanOutcomeText({ outcome, counts, failure }: ScanSummary): string {
  const { ready, attention, failed, notScanned } = counts;
  switch (outcome) {
    case 'finished':
      return l10n.t('Scanned. Ready: {0}, needs attention: {1}, failed: {2}.', ready, attention, failed);
    case 'cancelled':
      return l10n.t('Cancelled: {0} mailboxes were scanned, {1} were not.', ready + attention + failed, notScanned);
    case 'stopped':
      return l10n.t('Stopped, as it concerns all mailboxes: {0}', failure?.finding.title ?? '');
  }
}

/** That a server has asked to wait, from now on. */
export function waitingText({ server, ms }: NonNullable<ScanProgress['waiting']>): string {
  const seconds = Math.ceil(ms / 1000).toLocaleString();
  return server === 'source'
    ? l10n.t('The source has asked to wait: it goes on in {0} seconds.', seconds)
    : l10n.t('The target has asked to wait: it goes on in {0} seconds.', seconds);
}

/** How long a job takes, in a sentence. */
export function estimateText({ fastMs, slowMs }: Estimate): string {
  const [fast, slow] = [spanText(fastMs), spanText(slowMs)];
  return fast === slow ? l10n.t('About {0}.', slow) : l10n.t('Between {0} and {1}.', fast, slow);
}

const hourMs = 60 * 60_000;

/** In the largest unit that does it. */
function spanText(ms: number): string {
  const hours = ms / hourMs;
  if (hours < 1) return l10n.t('{0} min', Math.max(1, Math.round(ms / 60_000)));
  if (hours < 48) return l10n.t('{0} h', Math.round(hours));
  const days = hours / 24;
  return days < 1_000 ? l10n.t('{0} days', Math.round(days)) : l10n.t('years');
}

/** What an estimate rests on, in a sentence. */
export function assumptionText(assumption: Assumption): string {
  switch (assumption.kind) {
    case 'rate':
      return l10n.t(
        'A mailbox moves at {0} to {1} an hour, and {2} to {3} items.',
        ...[sizeText(assumption.slow.bytes), sizeText(assumption.fast.bytes)],
        ...[assumption.slow.items.toLocaleString(), assumption.fast.items.toLocaleString()],
      );
    case 'mailboxesAtOnce':
      return l10n.t('Mailboxes at once: {0}.', assumption.count);
    case 'largestMailbox':
      return l10n.t(
        'The mailbox {0} with {1} takes longest; more mailboxes at once would not help.',
        ...[assumption.source, sizeText(assumption.bytes)],
      );
    case 'bytesPerHour':
      return l10n.t('No more than {0} an hour, as the job says.', sizeText(assumption.cap));
    case 'requestsPerMinute':
      return l10n.t('No more than {0} requests a minute, as the job says.', assumption.cap);
    case 'openHours':
      return l10n.t('It runs in {0} hours of each week.', assumption.perWeek);
    case 'beforeFilters':
      return beforeFiltersText(assumption.filters);
    case 'withoutMailboxes':
      return l10n.t('Mailboxes that were not scanned or failed are not counted: {0}.', assumption.count);
  }
}

function beforeFiltersText(filters: readonly ('dates' | 'classes')[]): string {
  if (filters.length > 1) return l10n.t('Dates and item classes are not taken into account: there is less to move.');
  return filters[0] === 'dates'
    ? l10n.t('Dates are not taken into account: there is less to move.')
    : l10n.t('Item classes are not taken into account: there is less to move.');
}
