import * as l10n from '@vscode/l10n';
import { matchStateText } from '../migration/matching/matchStateText.ts';
import { assumptionText, estimateText, scanOutcomeText, scanStateText } from '../migration/scan/scanText.ts';
import type { OversizedItem, ScanFinding, ScannedMailbox, ScanSummary } from '../migration/scan/scanTypes.ts';
import { sizeText } from '../migration/sizeText.ts';
import { commandLineHint } from './commandLineHint.ts';
import { printable } from './printable.ts';
import type { NotScanned, ScanHead, ScanOutput } from './scanOutput.ts';
import { marks, TerminalText } from './terminalText.ts';
import type { TextStyle } from './terminalText.ts';
import type { World } from './world.ts';

/** A scan for a terminal or a log: the mailboxes that somebody has to look at as they are found, and what it comes to. */
export class TextScan implements ScanOutput {
  readonly #write: World['write'];
  readonly #text: TerminalText;

  constructor(write: World['write'], style: TextStyle) {
    this.#write = write;
    this.#text = new TerminalText(style);
  }

  begin({ job, source, target, versions }: ScanHead): Promise<void> {
    return this.#lines([
      this.#text.paint('bold', l10n.t('Readiness scan of {0}', printable(job))),
      ...this.#text.labelled([
        [l10n.t('Source'), `${source.name} (${source.tenant})`],
        [l10n.t('Target'), `${target.name} (${target.server.ews})`],
        [l10n.t('Versions'), versions],
      ]),
      '',
    ]);
  }

  async mailbox({ source, target, state, findings, oversized, oversizedCount }: ScannedMailbox): Promise<void> {
    if (state === 'ready') return;
    const look = state === 'failed' ? 'failed' : 'warning';
    const where = printable(target === undefined ? source : `${source} → ${target}`);
    const more = oversizedCount - oversized.length;
    await this.#lines([
      `${this.#text.paint(look, marks[look])} ${where}  ${this.#text.paint(look, scanStateText(state))}`,
      ...findings.flatMap((finding) => this.#finding(finding)),
      ...oversized.map(oversizedText),
      ...(more > 0 ? [`      ${l10n.t('and {0} smaller ones', more.toLocaleString())}`] : []),
      '',
    ]);
  }

  async end(summary: ScanSummary, notScanned: Iterable<NotScanned>): Promise<void> {
    let isFirst = true;
    for (const { source, state } of notScanned) {
      if (state === 'matched') continue; // The outcome tells how many of these there are.
      if (isFirst) await this.#lines([l10n.t('Not scanned, as they are not matched:')]);
      isFirst = false;
      const text = state === 'undecided' ? l10n.t('Not matched yet') : matchStateText(state);
      await this.#lines([`${this.#text.paint('skipped', marks.skipped)} ${printable(source)}  ${text}`]);
    }
    const { outcome, failure, counts } = summary;
    const look = outcome === 'stopped' ? 'failed' : outcome === 'cancelled' ? 'cancelled' : lookOf(counts);
    const hint = failure && commandLineHint(failure.finding.code, 'scan');
    await this.#lines([
      ...(isFirst ? [] : ['']),
      ...this.#text.labelled(totals(summary)),
      '',
      ...this.#text.wrap(scanOutcomeText(summary), '').map((line) => this.#text.paint(look, line)),
      ...(failure ? this.#finding(failure.finding) : []),
      ...(hint === undefined ? [] : this.#text.remedy({ text: hint })),
    ]);
  }

  #finding({ code, severity, title, detail = '', remedies = [] }: ScanFinding): string[] {
    const look = severity === 'error' ? 'failed' : severity === 'warning' ? 'warning' : 'faint';
    return [
      ...this.#text.wrap(`${title} (${code})`, '    ').map((line) => this.#text.paint(look, line)),
      ...(detail === '' ? [] : this.#text.wrap(detail, '    ')),
      ...remedies.flatMap((remedy) => this.#text.remedy(remedy)),
    ];
  }

  #lines(lines: readonly string[]): Promise<void> {
    return this.#write(`${lines.join('\n')}\n`);
  }
}

function lookOf({ attention, failed }: ScanSummary['counts']): 'passed' | 'warning' | 'failed' {
  if (failed > 0) return 'failed';
  return attention > 0 ? 'warning' : 'passed';
}

function oversizedText({ bytes, received = '', itemClass, folder }: OversizedItem): string {
  const parts = [sizeText(bytes), received.slice(0, 10), itemClass, folder.join('/')];
  return `      ${parts
    .filter((part) => part !== '')
    .map(printable)
    .join('  ')}`;
}

function totals(summary: ScanSummary): (readonly [label: string, value: string])[] {
  const { startedAt, endedAt, counts, items, bytes, oversized, requests, estimate } = summary;
  const scanned = counts.ready + counts.attention + counts.failed;
  const number = (value: number): string => value.toLocaleString();
  return [
    [l10n.t('Started'), startedAt],
    [l10n.t('Ended'), endedAt],
    [l10n.t('Mailboxes'), l10n.t('{0} of {1} scanned', number(scanned), number(scanned + counts.notScanned))],
    [scanStateText('ready'), number(counts.ready)],
    [scanStateText('attention'), number(counts.attention)],
    [scanStateText('failed'), number(counts.failed)],
    [l10n.t('Content'), l10n.t('{0} items, {1}', number(items), sizeText(bytes))],
    [l10n.t('Too large'), number(oversized)],
    [l10n.t('Requests'), number(requests)],
    // Of nothing there is no duration to be told.
    ...(counts.ready + counts.attention === 0
      ? []
      : [
          [l10n.t('Estimate'), estimateText(estimate)] as const,
          ...estimate.assumptions.map((each) => ['', assumptionText(each)] as const),
        ]),
  ];
}
