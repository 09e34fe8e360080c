import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import type { ConnectionSecret } from '../../../../src/connections/secret.ts';
import { GraphError, GraphPermissionError } from '../../../../src/identity/graph/graphError.ts';
import { MissingEndpointError } from '../../../../src/identity/endpoints.ts';
import { SignInError } from '../../../../src/identity/signInError.ts';
import type { DirectoryPage, SourceDirectory } from '../../../../src/migration/directory/sourceDirectory.ts';
import type { DirectoryMailbox } from '../../../../src/migration/mailbox.ts';
import { MailboxIndex } from '../../../../src/migration/mailboxIndex.ts';
import { DirectoryBench } from '../../support/directoryBench.ts';

const domain = 'contoso-lab.onmicrosoft.com';

describe('The directory of a source', () => {
  let bench: DirectoryBench;
  before(async () => {
    bench = await DirectoryBench.start();
  });
  beforeEach(() => bench.bench.lab.reset());
  after(() => bench.close());

  const pagesOf = async (directory: SourceDirectory): Promise<readonly DirectoryPage[]> => {
    const pages: DirectoryPage[] = [];
    for await (const page of directory.pages()) pages.push(page);
    return pages;
  };
  const failure = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => assert.fail('It did not fail.'),
      (error: unknown) => error,
    );
  const asked = (operation: string): number =>
    bench.bench.lab.requests().filter((request) => request.operation === operation).length;

  it('lists all mailboxes by pages, and counts whom it leaves out', async () => {
    await bench.grant('User.Read.All');
    bench.bench.lab.patch({ graph: { moreUsers: 2000, guests: 30 } });
    const pages = await pagesOf(await bench.open());
    const mailboxes = pages.flatMap((page) => page.mailboxes);
    assert.deepEqual(
      pages.map((page) => page.soFar.mailboxes),
      // Seven users of the lab are there besides, two of them without an address.
      [997, 1996, 2005],
    );
    assert.deepEqual(pages.at(-1)?.soFar, { mailboxes: 2005, guests: 30, withoutAddress: 2 });
    assert.equal(new Set(mailboxes.map(({ address }) => address)).size, 2005);
    assert.deepEqual(mailboxes[5], {
      ...{ address: `person1@${domain}`, displayName: 'Person 1', type: 'unknown', department: 'Department 0' },
    } satisfies DirectoryMailbox);
  });

  it('asks for a page when the one before it was taken', async () => {
    await bench.grant('User.Read.All');
    bench.bench.lab.patch({ graph: { moreUsers: 5000 } });
    const directory = await bench.open();
    for await (const { mailboxes } of directory.pages()) {
      assert.equal(mailboxes.length, 997);
      break;
    }
    assert.equal(asked('users'), 1);
  });

  it('ends between two pages with the reason of who cancels', async () => {
    await bench.grant('User.Read.All');
    bench.bench.lab.patch({ graph: { moreUsers: 5000 } });
    const controller = new AbortController();
    const directory = await bench.open({ signal: controller.signal });
    const reason = new Error('closed');
    const walk = async (): Promise<void> => {
      for await (const page of directory.pages()) if (page.soFar.mailboxes > 1000) controller.abort(reason);
    };
    assert.equal(await failure(walk()), reason);
    assert.equal(asked('users'), 2);
  });

  it('ends while it waits for an answer, too', async () => {
    await bench.grant('User.Read.All');
    const controller = new AbortController();
    const directory = await bench.open({ signal: controller.signal });
    bench.bench.lab.patch({ faults: [{ service: 'graph', kind: 'hang' }] });
    const reason = new Error('closed');
    const listed = failure(pagesOf(directory));
    setImmediate(() => controller.abort(reason));
    assert.equal(await listed, reason);
  });

  it('says which permission is missing, without asking', async () => {
    const directory = await bench.open();
    assert.equal(directory.mayList, false);
    const error = await failure(pagesOf(directory));
    assert.ok(error instanceof GraphPermissionError && error.anyOf[0] === 'User.Read.All', String(error));
    assert.equal(asked('users'), 0);
    assert.deepEqual(await directory.details(), { state: 'unknown', reason: 'noPermission' });
  });

  it('keeps what Graph said when it refuses', async () => {
    await bench.grant('User.Read.All');
    bench.bench.lab.patch({ graph: { fail: [{ operation: 'users', status: 403 }] } });
    const error = await failure(pagesOf(await bench.open()));
    assert.ok(error instanceof GraphError && error.evidence.status === 403, String(error));
  });

  it('needs an address of Graph in a custom cloud', async () => {
    const { authority, ews } = bench.bench.lab.description;
    const settings = { cloud: 'custom', endpoints: { authority, ews: new URL(ews).origin } } as const;
    const error = await failure(bench.open({ settings }));
    assert.ok(error instanceof MissingEndpointError && error.endpoint === 'graph', String(error));
  });

  it('tells the refusal of a wrong secret', async () => {
    const error = await failure(bench.open({ secret: { method: 'appSecret', clientSecret: 'wrong' } }));
    assert.ok(error instanceof SignInError && error.evidence.codes.includes(7000215), String(error));
  });

  describe('for an account', () => {
    const signIn = () => ({
      signIn: bench.bench.passwordSignIn,
      secret: { method: 'password', password: bench.bench.administrator.password } as const,
    });

    it('lists what it may by what it has consented to', async () => {
      bench.bench.lab.patch({ entra: { graphConsent: ['User.ReadBasic.All'] } });
      const directory = await bench.open(signIn());
      assert.equal((await pagesOf(directory)).at(-1)?.soFar.mailboxes, 5);
      assert.ok((await directory.domains())?.has(domain));
    });

    it('that has signed in by browser lists by the same sign-in, which is renewed', async () => {
      bench.bench.lab.patch({ entra: { graphConsent: ['User.Read.All'] } });
      const { clientId } = bench.bench.passwordSignIn;
      const renewed: ConnectionSecret[] = [];
      const secret = await bench.accountSecret();
      const signIn = { method: 'account' as const, clientId };
      const directory = await bench.open({ signIn, secret, onRenewed: (each) => renewed.push(each) });
      assert.equal((await pagesOf(directory)).at(-1)?.soFar.mailboxes, 5);
      const [again = secret] = renewed;
      assert.equal(renewed.length, 1);
      assert.ok((await bench.open({ signIn, secret: again })).mayList);
    });

    it('lists nothing with its own profile alone', async () => {
      assert.equal((await bench.open(signIn())).mayList, false);
    });

    it('that has consented to nothing lacks a permission, and nothing is wrong with its sign-in', async () => {
      bench.bench.lab.patch({ entra: { consentGranted: false } });
      const error = await failure(bench.open(signIn()));
      assert.ok(error instanceof GraphPermissionError && error.cause instanceof SignInError, String(error));
    });
  });

  describe('knows the tenant’s own domains', () => {
    it('from the organization', async () => {
      await bench.grant('Organization.Read.All');
      assert.deepEqual(await (await bench.open()).domains(), new Set([domain]));
      assert.equal(asked('domains'), 0);
    });

    it('from the list of domains, where only that is permitted: those that are verified', async () => {
      await bench.grant('Domain.Read.All');
      assert.deepEqual(await (await bench.open()).domains(), new Set([domain]));
    });

    it('or does not', async () => {
      assert.equal(await (await bench.open()).domains(), undefined);
    });
  });

  describe('learns sizes and types', () => {
    const listed = async (): Promise<{ directory: SourceDirectory; index: MailboxIndex }> => {
      await bench.grant('User.Read.All', 'Reports.Read.All');
      const directory = await bench.open();
      const index = new MailboxIndex();
      for await (const { mailboxes } of directory.pages()) index.add(mailboxes);
      return { directory, index };
    };

    it('from the report, which is fetched without the token', async () => {
      bench.bench.lab.patch({ graph: { moreUsers: 30 } });
      const { directory, index } = await listed();
      const details = await directory.details();
      assert.ok(details.state === 'known', JSON.stringify(details));
      assert.equal(details.count, 35);
      await index.learn(details.get);
      const of = (address: string): DirectoryMailbox | undefined =>
        index.window(0, 50).find(({ mailbox }) => mailbox.address === `${address}@${domain}`)?.mailbox;
      assert.deepEqual([of('person4')?.type, of('person4')?.size], ['shared', 1_000_000 + 3 * 4096]);
      // It signs in by another name, which is the one that the report has.
      assert.deepEqual([of('person10')?.type, of('person10')?.size], ['shared', 1_000_000 + 9 * 4096]);
      index.show({ types: ['room'] });
      assert.equal(index.shownCount, 6);
      // The lab refuses a download with a token.
      assert.equal(asked('downloadReport'), 1);
    });

    it('without types, where the report has none', async () => {
      bench.bench.lab.patch({ graph: { reports: { recipientTypes: false } } });
      const details = await (await listed()).directory.details();
      assert.deepEqual(details.state === 'known' && details.get(`reception@${domain}`), { size: 1_004_096 });
    });

    it('not from a report that names nobody', async () => {
      bench.bench.lab.patch({ graph: { reports: { concealed: true } } });
      assert.deepEqual(await (await listed()).directory.details(), { state: 'unknown', reason: 'concealed' });
    });

    it('not where Graph refuses all the same', async () => {
      bench.bench.lab.patch({ graph: { fail: [{ operation: 'mailboxUsage', status: 403 }] } });
      const details = await (await listed()).directory.details();
      assert.ok(details.state === 'unknown' && details.reason === 'noPermission');
    });

    for (const [what, location] of [
      ['to http', 'http://127.0.0.1:1/data/download/x'],
      ['nowhere', ''],
      ['to what is not there', `https://localhost:PORT/data/download/nothing`],
    ] as const) {
      it(`not where the redirect leads ${what}`, async () => {
        const { port } = new URL(bench.bench.lab.description.graph);
        bench.bench.lab.patch({ graph: { reports: { location: location.replace('PORT', port) } } });
        const details = await (await listed()).directory.details();
        assert.ok(details.state === 'unknown' && details.reason === 'failed');
        assert.doesNotMatch(String(details.cause), /data\/download/);
      });
    }

    it('not from a page in its place', async () => {
      bench.bench.lab.patch({ faults: [{ service: 'graph', operation: 'downloadReport', kind: 'html' }] });
      const details = await (await listed()).directory.details();
      assert.ok(details.state === 'unknown' && details.reason === 'failed');
    });

    it('until somebody cancels', async () => {
      const controller = new AbortController();
      await bench.grant('Reports.Read.All');
      const directory = await bench.open({ signal: controller.signal });
      const reason = new Error('closed');
      controller.abort(reason);
      assert.equal(await failure(directory.details()), reason);
    });
  });
});
