import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import { scanOutcomeText } from '../../../../src/migration/scan/scanText.ts';
import { ManualPace } from '../../support/manualPace.ts';
import { mailboxRequests, mostAtOnce, ScanBench } from '../../support/scanBench.ts';
import { scan } from '../../support/scanRun.ts';
import { until } from '../../support/until.ts';

describe('A scan of many mailboxes', () => {
  let bench: ScanBench;
  before(async () => {
    bench = await ScanBench.open({ mailboxes: 30, items: 30 });
  });
  after(() => bench.close());
  afterEach(() => bench.reset());
  const atSource = () => mailboxRequests(bench.lab.requests());
  const atTarget = () => mailboxRequests(bench.server.requests());
  const underWay = () => [...atSource(), ...atTarget()].filter(({ ms }) => ms === null).length;

  it('finds all of them, and sums up what it has found', async () => {
    const { summary, mailboxes, progress } = await scan(bench);
    assert.deepEqual(
      mailboxes.map(({ source }) => source),
      bench.sources,
    );
    assert.deepEqual(summary.counts, { ready: 30, attention: 0, failed: 0, notScanned: 0 });
    assert.deepEqual([summary.outcome, summary.items], ['finished', 29 * 30]); // The last mailbox is empty.
    assert.equal(
      summary.bytes,
      mailboxes.reduce((sum, { bytes }) => sum + bytes, 0),
    );
    assert.equal(summary.requests, bench.lab.requests().length + bench.server.requests().length);
    assert.deepEqual([progress.length, progress.at(-1)?.scanned], [30, 30]);
    assert.ok(summary.estimate.fastMs > 0 && summary.estimate.slowMs > summary.estimate.fastMs);
  });

  it('asks a mailbox four things at once at most, and no more mailboxes than it may', async () => {
    const moreItems = [{ folder: 'inbox', count: 3, bytes: 80_000_000 }];
    bench.lab.patch({
      latencyMs: 20,
      mailboxes: Object.fromEntries(
        bench.sources.map((source) => [source, { moreItems, archive: { items: 10, moreItems: [] } }]),
      ),
    });
    bench.server.patch({ latencyMs: 20 });
    let most = 0;
    const watch = setInterval(() => {
      const open = atSource().filter(({ ms }) => ms === null);
      most = Math.max(most, new Set(open.map(({ anchorMailbox }) => anchorMailbox)).size);
    }, 5);
    await scan(bench, { speed: { mailboxesAtOnce: 6, connectionsPerMailbox: 4 } });
    clearInterval(watch);
    assert.ok(most > 1 && most <= 6, `${most} mailboxes at once`);
    assert.ok(mostAtOnce(atSource()) <= 4 && mostAtOnce(atTarget()) <= 4);
  });

  it('asks one after the other where a mailbox may have one connection', async () => {
    bench.lab.patch({ latencyMs: 10 });
    await scan(bench, { speed: { mailboxesAtOnce: 4, connectionsPerMailbox: 1 } });
    assert.equal(mostAtOnce(atSource()), 1);
  });

  for (const [server, form] of [
    ['source', 'serverBusy'],
    ['source', 'innerServerBusy'],
    ['source', 'http503'],
    ['source', 'http429'],
    ['target', 'serverBusy'],
  ] as const) {
    it(`stops all requests to a ${server} that is busy (${form}) for the time that it tells`, async () => {
      const clock = new ManualPace();
      const log = server === 'source' ? atSource : atTarget;
      const waits: number[] = [];
      const running = scan(bench, {
        clock,
        onProgress: ({ waiting }) => waiting && waits.push(waiting.ms),
        onMailbox: () => {
          if (busyAt === 0) patch({ ews: { busy: { form, times: 1, backOffMs: 7_000, retryAfterSeconds: 7 } } });
          busyAt = log().length;
          return Promise.resolve();
        },
      });
      let busyAt = 0;
      const patch = (state: Parameters<typeof bench.server.patch>[0] & Parameters<typeof bench.lab.patch>[0]): void => {
        (server === 'source' ? bench.lab : bench.server).patch(state);
      };
      await until('all at that server wait, and nothing is under way', () => clock.waiting > 0 && underWay() === 0);
      const stopped = log().length;
      clock.advance(6_999);
      await until('nothing is sent', () => underWay() === 0);
      assert.equal(log().length, stopped);
      const going = setInterval(() => clock.advance(100), 1);
      const { summary } = await running;
      clearInterval(going);
      assert.deepEqual([summary.outcome, summary.counts.ready], ['finished', 30]);
      assert.deepEqual([waits.length, waits[0]], [1, 7_000]);
    });
  }

  it('waits by itself, longer each time, where it is told 0 or nothing, and gives up in the end', async () => {
    bench.lab.patch({ ews: { busy: { form: 'connectionCount', backOffMs: 0 } } });
    const waits: number[] = [];
    const { summary } = await scan(bench, { onProgress: ({ waiting }) => waiting && waits.push(waiting.ms) });
    assert.deepEqual([summary.outcome, summary.failure?.finding.code], ['stopped', 'ews-busy']);
    assert.deepEqual(waits, [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000]);
    assert.ok(summary.counts.notScanned >= 25);
  });

  it('goes on after a bad moment of the network', async () => {
    bench.lab.patch({ faults: [{ service: 'ews', operation: 'FindFolder', kind: 'reset', times: 3 }] });
    const { summary } = await scan(bench);
    assert.deepEqual([summary.outcome, summary.counts.ready], ['finished', 30]);
  });

  it('keeps to the requests a minute that the job allows', async () => {
    const clock = new ManualPace();
    const running = scan(bench, { clock, speed: { caps: { requestsPerMinute: 600 } } });
    const going = setInterval(() => clock.advance(100), 1);
    await running;
    clearInterval(going);
    assert.ok(clock.now() >= atSource().length * 100 - 200, `${clock.now()} ms for ${atSource().length} requests`);
  });

  it('is cancelled, and says so: what was scanned stays', async () => {
    const cancel = new AbortController();
    let taken = 0;
    bench.lab.patch({ latencyMs: 10 });
    const { summary } = await scan(bench, {
      signal: cancel.signal,
      speed: { mailboxesAtOnce: 2 },
      onMailbox: () => {
        taken += 1;
        if (taken === 5) cancel.abort();
        return Promise.resolve();
      },
    });
    const { ready, notScanned } = summary.counts;
    assert.deepEqual([summary.outcome, ready, notScanned], ['cancelled', 5, 25]);
    assert.equal(scanOutcomeText(summary), 'Cancelled: 5 mailboxes were scanned, 25 were not.');
    await until('the requests have ended', () => underWay() === 0);
    assert.ok(atSource().length < 30);
    assert.deepEqual(summary.estimate.assumptions.at(-1), { kind: 'withoutMailboxes', count: 25 });
  });

  it('is cancelled while it waits', async () => {
    const cancel = new AbortController();
    bench.lab.patch({ ews: { busy: { form: 'serverBusy', backOffMs: 900_000 } } });
    const running = scan(bench, {
      signal: cancel.signal,
      clock: {
        now: () => 0,
        random: () => 0,
        pause: () =>
          new Promise((_, reject) => cancel.signal.addEventListener('abort', () => reject(new Error('cancelled')))),
      },
      onProgress: ({ waiting }) => waiting && cancel.abort(),
    });
    assert.equal((await running).summary.outcome, 'cancelled');
  });

  for (const [what, start, code] of [
    ['a secret that has ended', () => bench.lab.patch({ entra: { secret: 'expired' } }), 'secret-expired'],
    ['EWS that is switched off', () => bench.lab.patch({ ews: { enabled: false } }), 'ews-disabled'],
    ['a certificate that is not trusted', () => bench.server.patch({ tls: 'selfSigned' }), 'transport-tlsSelfSigned'],
  ] as const) {
    it(`does not begin with ${what}`, async () => {
      start();
      const { summary, mailboxes } = await scan(bench);
      assert.deepEqual([summary.outcome, summary.failure?.finding.code, mailboxes.length], ['stopped', code, 0]);
    });
  }

  for (const [what, stop, code] of [
    ['EWS is switched off', () => bench.lab.patch({ ews: { enabled: false } }), 'ews-disabled'],
    [
      'the target’s account is locked',
      () => bench.server.patch({ authentication: { disabled: ['migration'] } }),
      'credentials-refused',
    ],
    [
      'the source does not answer any more',
      () => bench.lab.patch({ faults: [{ service: 'ews', kind: 'reset' }] }),
      'transport-reset',
    ],
    ['a page stands in the way', () => bench.lab.patch({ faults: [{ service: 'ews', kind: 'html' }] }), 'answer-html'],
  ] as const) {
    it(`ends early when ${what}, and says why once`, async () => {
      let taken = 0;
      const { summary } = await scan(bench, {
        speed: { mailboxesAtOnce: 3 },
        onMailbox: () => {
          taken += 1;
          if (taken === 4) stop();
          return Promise.resolve();
        },
      });
      assert.deepEqual([summary.outcome, summary.failure?.finding.code], ['stopped', code]);
      assert.ok(summary.counts.notScanned > 10 && summary.counts.failed <= 8, JSON.stringify(summary.counts));
    });
  }

  it('goes on where single mailboxes cannot be opened', async () => {
    const missing = bench.sources.slice(0, 12);
    bench.lab.patch({ mailboxes: Object.fromEntries(missing.map((source) => [source, { state: 'missing' }])) });
    const { summary } = await scan(bench);
    assert.deepEqual([summary.outcome, summary.counts.failed, summary.counts.ready], ['finished', 12, 18]);
  });

  it('goes on where many mailboxes in a row have EWS switched off', async () => {
    const off = bench.sources.slice(3, 15);
    bench.lab.patch({ mailboxes: Object.fromEntries(off.map((source) => [source, { state: 'ewsDisabled' }])) });
    const { summary, mailboxes } = await scan(bench, { speed: { mailboxesAtOnce: 2 } });
    assert.deepEqual([summary.outcome, summary.counts.failed, summary.counts.ready], ['finished', 12, 18]);
    assert.equal(mailboxes[3]?.findings[0]?.code, 'ews-disabled');
  });

  it('ends when none of the first twenty may be opened', async () => {
    bench.server.patch({ impersonation: [] });
    const { summary } = await scan(bench);
    assert.deepEqual([summary.outcome, summary.failure?.finding.code], ['stopped', 'impersonation-missing']);
    assert.ok(summary.counts.failed < 20);
  });

  it('ends when nobody can keep what it finds', async () => {
    const full = new Error('The disk is full.');
    await assert.rejects(scan(bench, { onMailbox: () => Promise.reject(full) }), full);
  });

  it('renews its token while it goes on', async () => {
    let now = 0;
    const source = bench.source({}, { now: () => now });
    await scan(bench, {
      source,
      speed: { mailboxesAtOnce: 2 },
      onMailbox: () => {
        now += 10 * 60_000; // Each mailbox takes ten minutes of the token's hour.
        return Promise.resolve();
      },
    });
    const tokens = bench.lab.requests().filter(({ operation }) => operation === 'token').length;
    assert.ok(tokens >= 5 && tokens <= 8, `${tokens} tokens in five hours`);
  });

  it('scans a source alone', async () => {
    const { sources } = bench;
    const { summary } = await scan(bench, { pairs: sources.map((source) => ({ source })) });
    assert.deepEqual([summary.counts.attention, atTarget().length], [30, 0]);
  });
});
