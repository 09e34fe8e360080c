import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import { elements, LabClient } from './support/labClient.ts';

const folders = (root: string): string =>
  '<m:FindFolder Traversal="Deep"><m:FolderShape><t:BaseShape>Default</t:BaseShape><t:AdditionalProperties>' +
  '<t:ExtendedFieldURI PropertyTag="3592" PropertyType="Long"/><t:FieldURI FieldURI="folder:DistinguishedFolderId"/>' +
  '</t:AdditionalProperties></m:FolderShape>' +
  `<m:ParentFolderIds><t:DistinguishedFolderId Id="${root}"/></m:ParentFolderIds></m:FindFolder>`;

describe('what a mailbox holds in the lab', () => {
  let client: LabClient;
  let token: string;
  before(async () => {
    client = await LabClient.start();
    token = await client.appToken();
  });
  after(() => client.close());
  afterEach(() => client.lab.reset());
  const ask = async (operation: string, index = 1): Promise<string> => {
    const reply = await client.ews(token, operation, client.user(index).email);
    assert.equal(reply.status, 200, reply.body);
    return reply.body;
  };
  const patch = (state: object): void => client.lab.patch({ mailboxes: { [client.user(1).email]: state } });

  it('is an archive only where the state says so, of that mailbox only', async () => {
    assert.match(await ask(folders('archivemsgfolderroot')), /<m:ResponseCode>ErrorFolderNotFound</);
    patch({ archive: { items: 25, moreItems: [{ folder: 'archiveinbox', count: 2 }] } });
    const body = await ask(folders('archivemsgfolderroot'));
    const counts = elements(body, 't:TotalCount').map(({ text }) => Number(text));
    assert.equal(
      counts.reduce((sum, count) => sum + count, 0),
      27,
    );
    assert.match(await ask(folders('archivemsgfolderroot'), 2), /<m:ResponseCode>ErrorFolderNotFound</);
  });

  it('is in the language of the mailbox, under the same distinguished names', async () => {
    patch({ language: 'de' });
    const body = await ask(folders('msgfolderroot'));
    assert.match(body, /<t:DisplayName>Gesendete Elemente<\/t:DisplayName>/);
    assert.match(body, /<t:DistinguishedFolderId>sentitems</);
  });

  it('has sizes, and answers for a property in the form that Exchange has', async () => {
    patch({ moreItems: [{ folder: 'outbox', bytes: 150_000_000 }] });
    const body = await ask(folders('msgfolderroot'));
    assert.match(body, /<t:ExtendedFieldURI PropertyTag="0xe08" PropertyType="Long"\/><t:Value>150000000</);
  });

  it('has no sizes where folders lack the property, which the answer leaves out', async () => {
    patch({ sizesUntold: true });
    const body = await ask(folders('msgfolderroot'));
    assert.match(body, /<t:DisplayName>/);
    assert.doesNotMatch(body, /0xe08/);
  });

  it('is shown again by a search folder', async () => {
    assert.equal(elements(await ask(folders('msgfolderroot')), 't:SearchFolder').length, 0);
    patch({ searchFolder: true });
    const [found] = elements(await ask(folders('msgfolderroot')), 't:SearchFolder');
    const total = found?.children.find(({ name }) => name === 't:TotalCount');
    assert.ok(Number(total?.text) > 0);
  });
});
