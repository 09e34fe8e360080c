import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import { findFolders } from '../../../../src/ews/findFolders.ts';
import { EwsError } from '../../../../src/ews/ewsError.ts';
import type { MailboxServer } from '../../../../src/migration/access/mailboxServer.ts';
import { ScanBench } from '../../support/scanBench.ts';
import { until } from '../../support/until.ts';

const { signal } = new AbortController();

/** How many folders each mailbox has, asked for all at once. */
async function folderCounts(server: MailboxServer, mailboxes: readonly string[]): Promise<readonly number[]> {
  return Promise.all(
    mailboxes.map(async (mailbox) => {
      const [page] = await findFolders(server.asking(mailbox), ['msgfolderroot']);
      return page === undefined || page instanceof EwsError ? 0 : page.total;
    }),
  );
}

async function failure(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => assert.fail('it succeeded'),
    (error: unknown) => error,
  );
}

describe('A source outside of a verification', () => {
  let bench: ScanBench;
  before(async () => {
    bench = await ScanBench.open({ mailboxes: 8 });
  });
  after(() => bench.close());
  afterEach(() => bench.reset());
  const operations = (name: string): number =>
    bench.lab.requests().filter(({ operation }) => operation === name).length;

  it('opens many mailboxes at once by one sign-in, on behalf of their owners', async () => {
    const source = bench.source();
    await source.open(signal);
    assert.deepEqual(new Set(await folderCounts(source, bench.sources)), new Set([23]));
    assert.deepEqual([operations('token'), operations('Autodiscover') <= 1], [1, true]);
    const impersonated = () =>
      bench.lab
        .requests()
        .filter(({ operation }) => operation === 'FindFolder')
        .flatMap((request) => request.impersonated ?? [])
        .sort();
    await until('all are logged', () => impersonated().length === bench.sources.length);
    assert.deepEqual(impersonated(), [...bench.sources].sort());
    assert.equal(source.requests, bench.lab.requests().length);
  });

  it('opens them as an account by its Full Access, and impersonates nobody', async () => {
    const [administrator] = bench.lab.description.users;
    const app = bench.lab.description.apps.find(({ name }) => name === 'Public client');
    const signIn = { method: 'password', clientId: app?.clientId ?? '', userName: administrator?.email ?? '' } as const;
    const secret = { method: 'password', password: administrator?.password ?? '' } as const;
    const source = bench.source({ signIn }, { secret });
    await source.open(signal);
    const [, second = '', , fourth = ''] = bench.sources;
    assert.deepEqual(await folderCounts(source, [second]), [23]);
    const [refused] = await findFolders(source.asking(fourth), ['msgfolderroot']);
    assert.equal(source.explain(refused, fourth).code, 'full-access-missing');
    assert.ok(source.explain(refused, fourth).title.includes(fourth));
    assert.ok(bench.lab.requests().every(({ impersonated }) => impersonated === null));
  });

  it('finds its EWS address itself, and uses the one that was entered', async () => {
    const source = bench.source({
      endpoints: { authority: bench.lab.description.authority, ews: bench.lab.description.ews },
    });
    await source.open(signal);
    assert.equal(bench.lab.requests().filter(({ service }) => service === 'autodiscover').length, 0);
  });

  it('renews its token before that ends, once for all who ask', async () => {
    let now = 0;
    const source = bench.source({}, { now: () => now });
    await source.open(signal);
    now = 45 * 60_000;
    await folderCounts(source, bench.sources);
    assert.equal(operations('token'), 1);
    now = 51 * 60_000; // The lab's tokens live an hour.
    await folderCounts(source, bench.sources);
    assert.equal(operations('token'), 2);
    await folderCounts(source, bench.sources);
    assert.equal(operations('token'), 2);
  });

  it('gets another token when Exchange refuses one', async () => {
    const source = bench.source();
    await source.open(signal);
    bench.lab.patch({ ews: { busy: { form: 'http401', times: 1 } } });
    assert.deepEqual(await folderCounts(source, bench.sources.slice(0, 1)), [23]);
    assert.equal(operations('token'), 2);
  });

  it('tells why it does not open, in words of the verification', async () => {
    for (const [state, code] of [
      [{ entra: { secret: 'expired' } }, 'secret-expired'],
      [{ ews: { enabled: false } }, 'ews-disabled'],
      [{ entra: { permissionGranted: false } }, 'permission-missing'],
    ] as const) {
      bench.lab.reset();
      bench.lab.patch(state);
      const source = bench.source();
      assert.equal(source.explain(await failure(source.open(signal))).code, code);
    }
  });

  it('keeps its secret out of what it tells', async () => {
    const clientSecret = 'a secret that somebody repeats';
    const source = bench.source({}, { secret: { method: 'appSecret', clientSecret } });
    const error = new EwsError({ kind: 'response', code: 'ErrorOdd', message: `You sent ${clientSecret}.` });
    assert.ok(!JSON.stringify(source.explain(error)).includes(clientSecret));
    assert.equal(source.clean(`A folder of ${clientSecret}`), 'A folder of •••');
    await failure(source.open(signal));
  });
});

describe('A target outside of a verification', () => {
  let bench: ScanBench;
  before(async () => {
    bench = await ScanBench.open({ mailboxes: 8 });
  });
  after(() => bench.close());
  afterEach(() => bench.reset());

  it('opens many mailboxes at once by NTLM, each over connections that are signed in', async () => {
    const target = bench.target();
    await target.open(signal);
    const mailboxes = bench.server.description.accounts.filter(({ mailbox }) => mailbox).map(({ email }) => email);
    bench.server.patch({ latencyMs: 20 });
    assert.deepEqual(new Set(await folderCounts(target, mailboxes)), new Set([13]));
    const impersonated = () =>
      bench.server
        .requests()
        .filter(({ operation, status }) => operation === 'FindFolder' && status === 200)
        .map((request) => request.impersonated)
        .sort();
    await until('all are logged', () => impersonated().length === mailboxes.length);
    assert.deepEqual(impersonated(), [...mailboxes].sort());
    const before = bench.server.requests().length;
    await folderCounts(target, mailboxes);
    // By the connections of before: nobody signs in again.
    assert.equal(bench.server.requests().length - before, mailboxes.length);
  });

  it('opens them by Basic as well', async () => {
    const account = bench.server.description.accounts.find(({ name }) => name === 'Migration');
    const target = bench.target({ signIn: { method: 'basic', userName: account?.logon ?? '' } });
    await target.open(signal);
    assert.deepEqual(await folderCounts(target, [bench.targetOf(bench.sources[2] ?? '')]), [13]);
  });

  it('tries a wrong password once, before any mailbox', async () => {
    const target = bench.target({}, { secret: { method: 'ntlm', password: 'wrong' } });
    assert.equal(target.explain(await failure(target.open(signal))).code, 'credentials-refused');
    assert.equal(bench.server.requests().length, 2); // The two that a sign-in by NTLM takes.
  });
});
