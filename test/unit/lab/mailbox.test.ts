import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { codeOf, elements, findItem, getFolder, idsIn, inbox, LabClient } from './support/labClient.ts';

/** Records of an export stream: [opcode, data]. */
function records(stream: Buffer): [number, Buffer][] {
  const list: [number, Buffer][] = [];
  let at = 0;
  while (at < stream.length) {
    const length = stream.readUInt32LE(at + 4);
    list.push([stream.readUInt32LE(at), stream.subarray(at + 8, at + 8 + length)]);
    at += 8 + length;
  }
  assert.equal(at, stream.length, 'the last record is whole');
  return list;
}

describe('mailboxes', () => {
  let client: LabClient;
  let token: string;
  before(async () => {
    client = await LabClient.start({ items: 5_000 });
    token = await client.appToken();
  });
  after(() => client.close());
  beforeEach(() => client.lab.reset());

  const call = async (operation: string, email = client.user(1).email): Promise<string> => {
    const reply = await client.ews(token, operation, email);
    assert.equal(reply.status, 200, reply.body);
    return reply.body;
  };
  const page = (offset: number, max: number): string =>
    findItem(`<m:IndexedPageItemView MaxEntriesReturned="${max}" Offset="${offset}" BasePoint="Beginning"/>`);
  const total = (body: string): number => Number(/TotalItemsInView="(\d+)"/.exec(body)?.[1]);

  async function allInboxIds(): Promise<string[]> {
    const ids: string[] = [];
    for (;;) {
      const body = await call(page(ids.length, 1_000));
      ids.push(...idsIn(body));
      if (body.includes('IncludesLastItemInRange="true"')) return ids;
    }
  }

  it('pages through thousands of items without a gap or a double', async () => {
    const ids = await allInboxIds();
    assert.equal(new Set(ids).size, ids.length);
    assert.equal(ids.length, total(await call(page(0, 1))));
    assert.ok(ids.length > 1_000);
  });

  it('never gives more than 1000 items a page, nor 250 with a restriction', async () => {
    assert.equal(idsIn(await call(page(0, 5_000))).length, 1_000);
    const restriction = '<m:Restriction><t:Exists><t:FieldURI FieldURI="item:Subject"/></t:Exists></m:Restriction>';
    assert.equal(idsIn(await call(findItem('', 'IdOnly', restriction))).length, 250);
  });

  it('filters and sorts as it is asked to', async () => {
    const restriction =
      '<m:Restriction><t:And><t:Contains ContainmentMode="Substring" ContainmentComparison="IgnoreCase"><t:FieldURI FieldURI="item:Subject"/><t:Constant Value="INVOICE"/></t:Contains><t:IsEqualTo><t:FieldURI FieldURI="message:IsRead"/><t:FieldURIOrConstant><t:Constant Value="false"/></t:FieldURIOrConstant></t:IsEqualTo></t:And></m:Restriction><m:SortOrder><t:FieldOrder Order="Ascending"><t:FieldURI FieldURI="item:Size"/></t:FieldOrder></m:SortOrder>';
    const body = await call(findItem('', 'AllProperties', restriction));
    const texts = (name: string): string[] => elements(body, name).map((element) => element.text);
    assert.ok(texts('t:Subject').length > 10);
    assert.ok(texts('t:Subject').every((subject) => subject.includes('Invoice')));
    assert.ok(texts('t:IsRead').every((isRead) => isRead === 'false'));
    const sizes = texts('t:Size').map(Number);
    assert.deepEqual(
      sizes,
      sizes.toSorted((a, b) => a - b),
    );
  });

  it('has a realistic tree with nested and non-ASCII names, and an empty mailbox', async () => {
    const find =
      '<m:FindFolder Traversal="Deep"><m:FolderShape><t:BaseShape>AllProperties</t:BaseShape></m:FolderShape><m:ParentFolderIds><t:DistinguishedFolderId Id="msgfolderroot"/></m:ParentFolderIds></m:FindFolder>';
    const body = await call(find);
    const names = elements(body, 't:DisplayName').map((name) => name.text);
    for (const name of [
      'Inbox',
      'Sent Items',
      'Calendar',
      'Contacts',
      'Tasks',
      'Notes',
      'Übergabe/Ärger',
      '受信プロジェクト',
    ]) {
      assert.ok(names.includes(name), name);
    }
    const sum = (xml: string): number =>
      elements(xml, 't:TotalCount').reduce((count, element) => count + Number(element.text), 0);
    assert.equal(sum(body), 5_000);
    const owners = client.lab.description.users.filter((user) => user.mailbox);
    assert.equal(sum(await call(find, owners.at(-1)?.email)), 0);
  });

  it('exports each item as the container of records, the same every time', async () => {
    const ids = idsIn(await call(page(0, 20)));
    const operation = `<m:ExportItems><m:ItemIds>${ids.join('')}</m:ItemIds></m:ExportItems>`;
    const body = await call(operation);
    const streams = elements(body, 'm:Data').map((data) => Buffer.from(data.text, 'base64'));
    assert.equal(streams.length, 20);
    for (const stream of streams) {
      const [config, isInterfaceOk, version, ...transfers] = records(stream);
      assert.deepEqual([config?.[0], isInterfaceOk?.[0], version?.[0]], [1, 3, 4]);
      assert.deepEqual([version?.[1].readUInt16LE(0), version?.[1].readUInt16LE(2)], [15, 20]);
      assert.ok(transfers.length > 0 && transfers.every(([opcode]) => opcode === 2));
    }
    assert.equal(await call(operation), body);
  });

  it('breaks an export off as often as the state says', async () => {
    client.lab.patch({ ews: { truncatedExports: 1 } });
    const operation = `<m:ExportItems><m:ItemIds>${idsIn(await call(page(0, 1))).join('')}</m:ItemIds></m:ExportItems>`;
    const data = async (): Promise<string> =>
      Buffer.from(elements(await call(operation), 'm:Data')[0]?.text ?? '', 'base64').toString('latin1');
    assert.ok((await data()).endsWith('=== Truncated Data ==='));
    assert.ok(!(await data()).includes('=== Truncated Data ==='));
  });

  it('gives MIME with the attachments that it lists', async () => {
    const shape =
      '<m:ItemShape><t:BaseShape>Default</t:BaseShape><t:IncludeMimeContent>true</t:IncludeMimeContent></m:ItemShape>';
    const ids = idsIn(await call(page(0, 30)));
    const body = await call(`<m:GetItem>${shape}<m:ItemIds>${ids.join('')}</m:ItemIds></m:GetItem>`);
    const messages = elements(body, 't:Message');
    let attachments = 0;
    for (const message of messages) {
      const mime = Buffer.from(
        message.children.find((child) => child.name === 't:MimeContent')?.text ?? '',
        'base64',
      ).toString('latin1');
      assert.match(mime, /^From: .*\r\nTo: /);
      assert.ok(mime.split('\r\n').every((line) => line.length <= 998 && /^[\x09\x20-\x7e]*$/.test(line)));
      const listed = message.children.find((child) => child.name === 't:Attachments')?.children.length ?? 0;
      assert.equal((mime.match(/^Content-Disposition: /gm) ?? []).length, listed);
      attachments += listed;
    }
    assert.ok(attachments > 0);
  });

  it('hands out an attachment with the size that it announced', async () => {
    const shape = '<m:ItemShape><t:BaseShape>Default</t:BaseShape></m:ItemShape>';
    const items = await call(
      `<m:GetItem>${shape}<m:ItemIds>${idsIn(await call(page(0, 30))).join('')}</m:ItemIds></m:GetItem>`,
    );
    const [attachment] = elements(items, 't:FileAttachment');
    const id = attachment?.children.find((child) => child.name === 't:AttachmentId')?.attributes.get('Id') ?? '';
    const size = Number(attachment?.children.find((child) => child.name === 't:Size')?.text);
    const body = await call(
      `<m:GetAttachment><m:AttachmentIds><t:AttachmentId Id="${id}"/></m:AttachmentIds></m:GetAttachment>`,
    );
    assert.equal(Buffer.from(elements(body, 't:Content')[0]?.text ?? '', 'base64').length, size);
  });

  it('synchronises a folder in steps, then only what has arrived, and refuses a spoilt state', async () => {
    const sync = (state: string): string =>
      `<m:SyncFolderItems><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:SyncFolderId>${inbox}</m:SyncFolderId>${state === '' ? '' : `<m:SyncState>${state}</m:SyncState>`}<m:MaxChangesReturned>512</m:MaxChangesReturned></m:SyncFolderItems>`;
    const seen: string[] = [];
    let state = '';
    const step = async (): Promise<boolean> => {
      const body = await call(sync(state));
      seen.push(...idsIn(body));
      state = elements(body, 'm:SyncState')[0]?.text ?? '';
      return elements(body, 'm:IncludesLastItemInRange')[0]?.text === 'true';
    };
    while (!(await step()));
    assert.deepEqual(new Set(seen), new Set(await allInboxIds()));
    seen.length = 0;
    client.lab.patch({ mailboxes: { [client.user(1).email]: { state: 'ok', newMessages: 2 } } });
    assert.ok(await step());
    assert.equal(seen.length, 2);
    assert.ok(await step());
    assert.equal(seen.length, 2);
    const spoilt = await client.ews(token, sync('H4sIAAAA'), client.user(1).email);
    assert.equal(codeOf(spoilt), 'ErrorInvalidSyncStateData');
  });

  it('refuses ids that are not ids, and things that are not there', async () => {
    const one = async (id: string): Promise<string> =>
      codeOf(await client.ews(token, getFolder(id), client.user(1).email));
    assert.equal(await one('<t:FolderId Id="nonsense"/>'), 'ErrorInvalidIdMalformed');
    assert.equal(await one('<t:DistinguishedFolderId Id="archivemsgfolderroot"/>'), 'ErrorFolderNotFound');
    const item = idsIn(await call(page(0, 1)))[0] ?? '';
    assert.equal(await one(item.replace('t:ItemId', 't:FolderId')), 'ErrorCannotUseItemIdForFolderId');
  });

  it('makes the same mailboxes on every start', async () => {
    const other = await LabClient.start({ items: 5_000 });
    try {
      const operation = findItem(
        '<m:IndexedPageItemView MaxEntriesReturned="50" Offset="100" BasePoint="Beginning"/>',
        'AllProperties',
      );
      const theirs = await other.ews(await other.appToken(), operation, other.user(1).email);
      assert.equal(theirs.body, await call(operation));
    } finally {
      await other.close();
    }
  });
});
