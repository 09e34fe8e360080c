import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { JsonScan } from '../../../src/cli/jsonScan.ts';
import { ProgressLine } from '../../../src/cli/progressLine.ts';
import type { NotScanned, ScanHead, ScanOutput } from '../../../src/cli/scanOutput.ts';
import { TextScan } from '../../../src/cli/textScan.ts';
import type { ScannedMailbox, ScanSummary } from '../../../src/migration/scan/scanTypes.ts';
import { scanSchema } from '../../cli/support/scanSchema.ts';
import { sampleSettings } from '../support/sampleSettings.ts';

const summary: ScanSummary = {
  ...{ scanVersion: 1, subject: 'not told' },
  ...{ startedAt: '2026-11-29T06:00:00.000Z', endedAt: '2026-11-29T07:00:00.000Z', outcome: 'finished' },
  counts: { ready: 1, attention: 1, failed: 0, notScanned: 0 },
  ...{ items: 3, bytes: 80_000_000, oversized: 120, requests: 9 },
  estimate: { fastMs: 60_000, slowMs: 120_000, assumptions: [{ kind: 'mailboxesAtOnce', count: 10 }] },
};

/** @param named changes each text that a server could have a hand in */
function sample(named: (text: string) => string = (text) => text): { head: ScanHead; mailbox: ScannedMailbox } {
  const head: ScanHead = {
    job: named('Everybody'),
    source: sampleSettings({ name: named('Contoso') }),
    target: {
      name: named('Premises'),
      server: { ews: 'https://mail.example/EWS/Exchange.asmx', from: 'typed' },
      signIn: { method: 'ntlm', userName: 'CONTOSO\\migration' },
      testMailbox: 'anna@new.example',
    },
    versions: 'Exchange Migration 1',
  };
  const mailbox: ScannedMailbox = {
    ...{ row: 0, source: 'anna@old.example', target: 'anna@new.example', state: 'attention' },
    folders: [{ path: [named('Inbox')], role: 'inbox', part: 'primary', items: 3, bytes: 80_000_000 }],
    leftOut: { folders: 0, items: 0, bytes: 0 },
    ...{ items: 3, bytes: 80_000_000 },
    oversized: [{ folder: [named('Inbox')], bytes: 80_000_000, itemClass: named('IPM.Note') }],
    oversizedCount: 120,
    findings: [
      {
        ...{ code: 'items-oversized', severity: 'warning', title: named('title'), detail: named('detail') },
        remedies: [{ text: named('remedy'), command: named('Get-Mailbox') }],
      },
    ],
  };
  return { head, mailbox };
}

/** Everything that is written, piece by piece. */
async function pieces(
  outputOf: (write: (text: string) => Promise<void>) => ScanOutput,
  { head, mailbox }: ReturnType<typeof sample>,
  end: { readonly summary: ScanSummary; readonly notScanned: Iterable<NotScanned>; readonly mailboxes?: number },
): Promise<readonly string[]> {
  const written: string[] = [];
  const output = outputOf((text) => Promise.resolve(void written.push(text)));
  await output.begin(head);
  await Promise.all(Array.from({ length: end.mailboxes ?? 1 }, () => output.mailbox(mailbox)));
  await output.end(end.summary, end.notScanned);
  return written;
}

const asText = (write: (text: string) => Promise<void>) => new TextScan(write, { columns: 80, colours: false });
const asJson = (write: (text: string) => Promise<void>) => new JsonScan(write);
const nasty = (text: string): string => `${text}\u001b[2J\u009b31m\u0007\u202e\r`;

describe('A scan in a terminal', () => {
  it('has what somebody has to look at, and what it comes to', async () => {
    const text = (await pieces(asText, sample(), { summary, notScanned: [] })).join('');
    assert.match(text, /\n! anna@old\.example → anna@new\.example {2}Needs attention\n {4}title \(items-oversized\)\n/);
    assert.match(text, /\n {4}→ remedy\n {8}Get-Mailbox\n/);
    assert.match(text, /\n {6}80 MB {2}IPM\.Note {2}Inbox\n {6}and 119 smaller ones\n\n/);
    assert.match(text, /\n {2}Estimate +Between 1 min and 2 min\.\n {19}Mailboxes at once: 10\.\n/);
  });

  it('lets no value move the cursor, change colours or turn the direction of the text', async () => {
    const stopped: ScanSummary = {
      ...summary,
      outcome: 'stopped',
      failure: { server: 'source', finding: { code: 'ews-busy', severity: 'error', title: nasty('title') } },
    };
    const text = (await pieces(asText, sample(nasty), { summary: stopped, notScanned: [] })).join('');
    assert.doesNotMatch(text, /(?!\n)[\p{Cc}\u202a-\u202e]/u);
  });
});

describe('A scan as JSON', () => {
  it('escapes what would move the cursor, and changes no value', async () => {
    const text = (await pieces(asJson, sample(nasty), { summary, notScanned: [] })).join('');
    assert.doesNotMatch(text, /(?!\n)[\p{Cc}\u202a-\u202e]/u);
    const document = scanSchema.parse(JSON.parse(text));
    const { mailbox } = sample(nasty);
    const findings = mailbox.findings.map(({ remedies: remedy, ...finding }) => ({ ...finding, remedy }));
    assert.deepEqual(document.mailboxes, [{ ...mailbox, findings }]);
  });

  it('is written in small pieces, however many mailboxes there are, and is whole with none', async () => {
    const notScanned = Array.from({ length: 100_000 }, (_, index): NotScanned => ({
      source: `a${index}@old.example`,
      state: 'missing',
    }));
    const written = await pieces(asJson, sample(), { summary, notScanned, mailboxes: 1_000 });
    assert.ok(Math.max(...written.map(({ length }) => length)) < 50_000);
    const document = scanSchema.parse(JSON.parse(written.join('')));
    assert.deepEqual([document.mailboxes.length, document.notScanned.length], [1_000, 100_000]);
    assert.equal(document.summary.counts.notScanned, 100_000);
    const none = await pieces(asJson, sample(), { summary, notScanned: [], mailboxes: 0 });
    assert.deepEqual(scanSchema.parse(JSON.parse(none.join(''))).mailboxes, []);
  });
});

describe('The line of progress', () => {
  it('takes one line of the terminal, and is gone when nothing goes on', () => {
    let text = '';
    const line = new ProgressLine((more) => (text += more), 10);
    line.show('');
    assert.equal(text, '');
    line.show('0 of 5 mailboxes scanned');
    line.show('0 of 5 mailboxes scanned');
    assert.equal(text, '\r\u001b[K0 of 5 ma');
    line.show('');
    assert.equal(text, '\r\u001b[K0 of 5 ma\r\u001b[K');
  });
});
