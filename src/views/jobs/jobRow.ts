import * as l10n from '@vscode/l10n';
import type { JobDefinition, JobMailbox } from '../../migration/jobDefinition.ts';
import { matchStateText } from '../../migration/matching/matchStateText.ts';
import type { MatchState } from '../../migration/matching/matchStateText.ts';
import type { ScanSummary } from '../../migration/scan/scanTypes.ts';
import { tooltip } from '../connectionRow.ts';
import type { Row } from '../connectionRow.ts';

type JobStatus = 'notScanned' | 'scanning' | 'outdated' | 'stopped' | 'ready' | 'attention';

/** What there is to show of a job. */
export interface JobModel {
  readonly job: JobDefinition;
  /** Mailboxes that have a target. */
  readonly matched: number;
  /** Names of its connections; undefined: they are gone. */
  readonly source: string | undefined;
  readonly target: string | undefined;
  /** The last scan, of whatever state of the job. */
  readonly scan: ScanSummary | undefined;
  /** A scan is under way: mailboxes done. */
  readonly scanning: number | undefined;
}

function statusOf({ job, scan, scanning }: JobModel): JobStatus {
  if (scanning !== undefined) return 'scanning';
  if (scan === undefined) return 'notScanned';
  if (scan.subject !== job.subject) return 'outdated';
  if (scan.outcome === 'cancelled') return 'stopped';
  return scan.counts.attention + scan.counts.failed > 0 ? 'attention' : 'ready';
}

/** A status in words: never told by an icon or a colour alone. */
function statusText({ scan, scanning }: JobModel, status: JobStatus): string {
  switch (status) {
    case 'notScanned':
      return l10n.t('Not scanned');
    case 'scanning':
      return l10n.t('Scanning: {0}…', (scanning ?? 0).toLocaleString());
    case 'outdated':
      return l10n.t('Changed since its scan');
    case 'stopped':
      return l10n.t('Scan stopped');
    case 'ready':
      return l10n.t('Ready');
    case 'attention':
      return l10n.t(
        'Needs attention: {0}',
        ((scan?.counts.attention ?? 0) + (scan?.counts.failed ?? 0)).toLocaleString(),
      );
  }
}

const looks: { readonly [status in JobStatus]: { readonly icon: string; readonly color?: string } } = {
  notScanned: { icon: 'circle-outline' },
  scanning: { icon: 'loading~spin' },
  outdated: { icon: 'history' },
  stopped: { icon: 'debug-pause' },
  ready: { icon: 'pass-filled', color: 'testing.iconPassed' },
  attention: { icon: 'warning', color: 'list.warningForeground' },
};

export function jobRow(model: JobModel): Row {
  const { job, matched, source, target } = model;
  const status = statusOf(model);
  const gone = source === undefined || target === undefined;
  const text = gone ? l10n.t('Connection missing') : statusText(model, status);
  const mailboxes = l10n.t('{0}/{1} mailboxes', matched.toLocaleString(), job.mailboxes.length.toLocaleString());
  return {
    label: job.name,
    description: [text, mailboxes].join(' · '),
    ...(gone ? { icon: 'error', color: 'list.errorForeground' } : looks[status]),
    contextValue: `job.${status === 'scanning' ? 'scanning' : 'idle'}`,
    tooltip: tooltip(job.name, [[l10n.t('Status'), text], ...jobFacts(model)]),
    spoken: l10n.t('{0}, {1} of {2} mailboxes have a target, {3}', ...[job.name, matched, job.mailboxes.length], text),
  };
}

/** What a person may want to know of a job besides its name and status: names and values. */
function jobFacts({ job, matched, source, target, scan }: JobModel): (readonly [name: string, value: string])[] {
  const missing = l10n.t('missing');
  return [
    [l10n.t('Source'), source ?? missing],
    [l10n.t('Target'), target ?? missing],
    [l10n.t('Mailboxes with a target'), `${matched.toLocaleString()} / ${job.mailboxes.length.toLocaleString()}`],
    [l10n.t('Last scan'), scan === undefined ? l10n.t('never') : new Date(scan.endedAt).toLocaleString()],
    [l10n.t('Changed'), new Date(job.modifiedAt).toLocaleString()],
  ];
}

/** One of a job's mailboxes. */
export function jobMailboxRow({ address, match }: JobMailbox): Row {
  const state = match?.state ?? 'missing';
  const text = match?.state === 'matched' ? l10n.t('to {0}', match.target) : matchStateText(state);
  return {
    label: address,
    description: text,
    ...mailboxLooks[state],
    contextValue: 'jobMailbox',
    tooltip: tooltip(address, [[l10n.t('Target'), text]]),
    spoken: `${address}, ${text}`,
  };
}

const mailboxLooks: { readonly [state in MatchState]: Pick<Row, 'icon' | 'color'> } = {
  matched: { icon: 'pass', color: 'testing.iconPassed' },
  ambiguous: { icon: 'question', color: 'list.warningForeground' },
  missing: { icon: 'error', color: 'list.errorForeground' },
  duplicate: { icon: 'warning', color: 'list.warningForeground' },
  excluded: { icon: 'circle-slash' },
};
