import type { ScanFinding, ScannedMailbox, ScanSummary } from '../migration/scan/scanTypes.ts';
import { printableJson } from './printable.ts';
import type { NotScanned, ScanHead, ScanOutput } from './scanOutput.ts';
import type { World } from './world.ts';

/** Entries that are written at once. */
const entriesAtOnce = 500;

/** A scan as one JSON document, piece by piece, with a mailbox a line: docs/cli.md describes it. */
export class JsonScan implements ScanOutput {
  readonly #write: World['write'];
  #isFirst = true;

  constructor(write: World['write']) {
    this.#write = write;
  }

  async begin({ job, source, target, versions }: ScanHead): Promise<void> {
    const head = {
      job,
      source: { name: source.name, tenant: source.tenant, cloud: source.cloud },
      target: { name: target.name, ews: target.server.ews },
      versions,
    };
    await this.#write(`${printableJson(head).slice(0, -1)},\n"mailboxes": [`);
  }

  async mailbox(mailbox: ScannedMailbox): Promise<void> {
    await this.#entries([{ ...mailbox, findings: mailbox.findings.map(toldFinding) }]);
  }

  async end(summary: ScanSummary, notScanned: Iterable<NotScanned>): Promise<void> {
    this.#isFirst = true;
    await this.#write('\n],\n"notScanned": [');
    let count = 0;
    let entries: NotScanned[] = [];
    for (const each of notScanned) {
      entries.push(each);
      count += 1;
      if (entries.length < entriesAtOnce) continue;
      await this.#entries(entries);
      entries = [];
    }
    await this.#entries(entries);
    const { startedAt, endedAt, outcome, failure, counts, items, bytes, oversized, requests, estimate } = summary;
    const told = {
      ...{ startedAt, endedAt, outcome },
      ...(failure && { failure: { ...failure, finding: toldFinding(failure.finding) } }),
      counts: { ...counts, notScanned: count },
      ...{ items, bytes, oversized, requests, estimate },
    };
    await this.#write(`\n],\n"summary": ${printableJson(told)}}\n`);
  }

  async #entries(entries: readonly unknown[]): Promise<void> {
    if (entries.length === 0) return;
    const lines = entries.map(printableJson).join(',\n');
    const text = `${this.#isFirst ? '\n' : ',\n'}${lines}`;
    this.#isFirst = false; // Before it waits: several mailboxes may be done meanwhile.
    await this.#write(text);
  }
}

/** With the names that the JSON of a verification has. */
function toldFinding({ remedies = [], ...finding }: ScanFinding): object {
  return { ...finding, remedy: remedies };
}
