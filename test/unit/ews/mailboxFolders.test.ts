import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { after, afterEach, before, describe, it } from 'mocha';
import type { Asking } from '../../../src/ews/askEws.ts';
import { basic } from '../../../src/ews/authorization/basic.ts';
import { EwsError, ewsCode } from '../../../src/ews/ewsError.ts';
import { EwsSession } from '../../../src/ews/ewsSession.ts';
import { findFolders, folderNames, isMissing } from '../../../src/ews/findFolders.ts';
import type { FolderRoot, MailboxFolder } from '../../../src/ews/findFolders.ts';
import { findLargeItems } from '../../../src/ews/findLargeItems.ts';
import { Paging } from '../../../src/ews/paging.ts';
import { AnswerError } from '../../../src/ews/transport/answer.ts';
import type { Http } from '../../../src/ews/transport/httpClient.ts';
import { TransportError } from '../../../src/ews/transport/transportError.ts';
import type { LabStatePatch } from '../../lab/lab.ts';
import { bestLongestSlice } from '../support/longestSlice.ts';
import { ScanBench } from '../support/scanBench.ts';

describe('The folders of a mailbox', () => {
  let bench: ScanBench;
  let asking: Asking;
  let mailbox: string;
  before(async () => {
    bench = await ScanBench.open();
    mailbox = bench.sources[1] ?? '';
  });
  after(() => bench.close());
  afterEach(() => bench.reset());

  const open = async (state: LabStatePatch = {}): Promise<void> => {
    const source = bench.source();
    await source.open(new AbortController().signal);
    asking = source.asking(mailbox);
    bench.lab.patch(state);
  };
  const foldersOf = async (...roots: FolderRoot[]): Promise<readonly MailboxFolder[]> => {
    const found = await findFolders(asking, roots);
    return found.flatMap((page) => (page instanceof EwsError ? assert.fail(page.message) : page.rows));
  };
  const failure = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => assert.fail('it succeeded'),
      (error: unknown) => error,
    );

  it('come with what they hold and what they are for', async () => {
    await open();
    const contents = bench.contentsOf(mailbox);
    const found = await foldersOf('msgfolderroot', 'recoverableitemsroot');
    const expected = ['msgfolderroot', 'recoverableitemsroot'].flatMap((name) => {
      const root = contents.folders.byDistinguishedName(name);
      return root ? contents.folders.descendantsOf(root) : [];
    });
    assert.deepEqual(
      found.map(({ displayName, folderClass, items, bytes, distinguished }) => ({
        ...{ displayName, folderClass, items, bytes, distinguished },
      })),
      expected.map((folder) => ({
        displayName: folder.name,
        folderClass: folder.folderClass ?? '',
        items: contents.count(folder),
        bytes: contents.sizeOf(folder),
        distinguished: folder.distinguished ?? undefined,
      })),
    );
    const inbox = found.find(({ distinguished }) => distinguished === 'inbox');
    assert.equal(found.find(({ displayName }) => displayName === 'Projects')?.parentId, inbox?.id);
  });

  it('have the same roles in another language', async () => {
    await open({ mailboxes: { [mailbox]: { language: 'de' } } });
    const inbox = (await foldersOf('msgfolderroot')).find(({ distinguished }) => distinguished === 'inbox');
    assert.equal(inbox?.displayName, 'Posteingang');
  });

  it('include search folders, which are told apart', async () => {
    await open({ mailboxes: { [mailbox]: { searchFolder: true } } });
    const found = await foldersOf('msgfolderroot');
    assert.deepEqual(
      found.filter(({ isSearchFolder }) => isSearchFolder).map(({ displayName }) => displayName),
      ['Search in mail'],
    );
  });

  it('of an archive are found as those of the mailbox', async () => {
    await open({ mailboxes: { [mailbox]: { archive: { items: 30 } } } });
    const found = await foldersOf('archivemsgfolderroot', 'archiverecoverableitemsroot');
    assert.equal(
      found.reduce((sum, { items }) => sum + items, 0),
      30,
    );
    assert.ok(found.some(({ distinguished }) => distinguished === 'archiveinbox'));
  });

  it('of an archive that is not there are missing, and no failure', async () => {
    await open();
    const [archive] = await findFolders(asking, ['archivemsgfolderroot']);
    assert.ok(archive instanceof EwsError && isMissing(archive));
  });

  it('are not taken for missing when Exchange is busy within an answer', async () => {
    await open({ ews: { busy: { form: 'innerServerBusy', backOffMs: 1500 } } });
    const [answer] = await findFolders(asking, ['archivemsgfolderroot']);
    assert.ok(answer instanceof EwsError && !isMissing(answer));
    assert.deepEqual(
      [ewsCode(answer), answer.evidence.kind === 'response' && answer.evidence.backOffMs],
      ['ErrorServerBusy', 1500],
    );
  });

  for (const [kind, check] of [
    ['truncated', (error: unknown) => error instanceof TransportError && error.reason === 'truncated'],
    ['html', (error: unknown) => error instanceof AnswerError && error.reason === 'html'],
    ['notXml', (error: unknown) => error instanceof AnswerError && error.reason === 'notXml'],
  ] as const) {
    it(`are a failure when the answer is ${kind}`, async () => {
      await open({ faults: [{ service: 'ews', operation: 'FindFolder', kind }] });
      const error = await failure(findFolders(asking, ['msgfolderroot']));
      assert.ok(check(error), String(error));
    });
  }

  it('are named by their ids where a server does not tell with the folders', async () => {
    await open();
    const found = await foldersOf('msgfolderroot');
    const names = await folderNames(asking, ['inbox', 'calendar', 'recoverableitemsdiscoveryholds']);
    const told = found.filter(({ distinguished = '' }) => ['inbox', 'calendar'].includes(distinguished));
    assert.deepEqual([...names].sort(), told.map(({ id, distinguished }) => [id, distinguished]).sort());
  });

  it('tell their large items, the largest first, folder by folder', async () => {
    const moreItems = [
      { folder: 'inbox', bytes: 70_000_000 },
      { folder: 'inbox', bytes: 90_000_000 },
      { folder: 'calendar', bytes: 60_000_000 },
    ];
    await open({ mailboxes: { [mailbox]: { moreItems: moreItems.map((item) => ({ ...item, count: 1 })) } } });
    const folders = await foldersOf('msgfolderroot');
    const idOf = (role: string): string => folders.find(({ distinguished }) => distinguished === role)?.id ?? '';
    const found = await findLargeItems(asking, ['inbox', 'drafts', 'calendar'].map(idOf), 50_000_000);
    assert.deepEqual(
      found.map((page) =>
        page instanceof EwsError ? page : page.rows.map(({ bytes, itemClass }) => [bytes, itemClass]),
      ),
      [
        [
          [90_000_000, 'IPM.Note'],
          [70_000_000, 'IPM.Note'],
        ],
        [],
        [[60_000_000, 'IPM.Appointment']],
      ],
    );
    assert.match(JSON.stringify(found[0]), /"received":"\d{4}-\d\d-\d\dT/);
  });

  it('are paged', async () => {
    await open();
    const [page] = await findFolders(asking, ['msgfolderroot'], 20);
    assert.ok(page && !(page instanceof EwsError));
    assert.deepEqual([page.total, page.next], [20 + page.rows.length, undefined]);
  });
});

describe('A mailbox with very many folders', () => {
  it('is read without holding up anything else', async () => {
    const folder = (at: number): string =>
      `<t:Folder><t:FolderId Id="${'A'.repeat(120)}${at}" ChangeKey="x"/><t:ParentFolderId Id="${'A'.repeat(120)}" ChangeKey="x"/>` +
      `<t:FolderClass>IPF.Note</t:FolderClass><t:DisplayName>Folder ${at}</t:DisplayName><t:TotalCount>${at}</t:TotalCount>` +
      '<t:ExtendedProperty><t:ExtendedFieldURI PropertyTag="0xe08" PropertyType="Long"/>' +
      `<t:Value>${at}000</t:Value></t:ExtendedProperty></t:Folder>`;
    const folders = Array.from({ length: 5_000 }, (_, at) => folder(at)).join('');
    const spaces =
      'xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" ' +
      'xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"';
    const body =
      `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><m:FindFolderResponse ${spaces}>` +
      '<m:ResponseMessages><m:FindFolderResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode>' +
      `<m:RootFolder TotalItemsInView="5000" IncludesLastItemInRange="true"><t:Folders>${folders}</t:Folders></m:RootFolder>` +
      '</m:FindFolderResponseMessage></m:ResponseMessages></m:FindFolderResponse></s:Body></s:Envelope>';
    const pieces = Array.from({ length: Math.ceil(body.length / 65_536) }, (_, at) =>
      Buffer.from(body.slice(at * 65_536, (at + 1) * 65_536)),
    );
    const http: Http = {
      request: () => assert.fail('not used'),
      stream: ({ url }) =>
        Promise.resolve({ url, status: 200, headers: { 'content-type': 'text/xml' }, body: Readable.from(pieces) }),
    };
    const session = new EwsSession({
      ...{ url: 'https://host/EWS/Exchange.asmx', authorization: basic('user', 'password') },
      ...{ anchorMailbox: 'user@contoso.com', userAgent: 'test' },
    });
    let bytes = 0;
    const longest = await bestLongestSlice(40, async () => {
      const [page] = await findFolders({ http, session }, ['msgfolderroot']);
      bytes = page === undefined || page instanceof EwsError ? 0 : (page.rows.at(-1)?.bytes ?? 0);
    });
    assert.equal(bytes, 4_999_000);
    assert.ok(longest < 50, `${Math.round(longest)} ms`);
  });
});

describe('A page', () => {
  const page = (attributes: Readonly<Record<string, string>>, rows: readonly string[]) => {
    const paging = new Paging<string>(10);
    paging.open('RootFolder', (name) => attributes[name] ?? '');
    paging.rows.push(...rows);
    return paging.result();
  };

  it('that is not the last one tells where the next begins', () => {
    const attributes = { TotalItemsInView: '30', IncludesLastItemInRange: 'false' };
    assert.deepEqual(page(attributes, ['a', 'b']), { rows: ['a', 'b'], total: 30, next: 12 });
  });

  it('with nothing on it that is not the last one is none: it would be taken for the end', () => {
    assert.equal(page({ TotalItemsInView: '30', IncludesLastItemInRange: 'false' }, []), undefined);
  });
});
