import ews from 'ews-javascript-api';
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { LabClient } from './support/labClient.ts';
import { libraryTransport } from './support/libraryTransport.ts';

/** The library's transport over the test's client, which trusts the lab's authority. */
const transportOver = (client: LabClient) =>
  libraryTransport(({ url, type, headers, body }) => {
    const sent = Object.entries((headers ?? {}) as Record<string, unknown>); // The library types its headers as any.
    return client.send(url, {
      method: type ?? 'GET',
      headers: Object.fromEntries(sent.map(([name, value]) => [name, String(value)])),
      body,
    });
  });

describe('ews-javascript-api', () => {
  let client: LabClient;
  let service: ews.ExchangeService;
  before(async () => {
    client = await LabClient.start();
    service = new ews.ExchangeService(ews.ExchangeVersion.Exchange2016);
    service.Url = new ews.Uri(client.lab.description.ews);
    service.Credentials = new ews.OAuthCredentials(await client.appToken());
    service.ImpersonatedUserId = new ews.ImpersonatedUserId(ews.ConnectingIdType.SmtpAddress, client.user(1).email);
    service.XHRApi = transportOver(client);
  });
  after(() => client.close());

  it('walks all folders and counts the items that each announces', async () => {
    const root = new ews.FolderId(ews.WellKnownFolderName.MsgFolderRoot);
    const view = new ews.FolderView(100);
    view.Traversal = ews.FolderTraversal.Deep;
    const { Folders: folders, TotalCount: total } = await service.FindFolders(root, view);
    assert.equal(folders.length, total);
    let items = 0;
    for (const folder of folders) {
      const found =
        folder.TotalCount === 0 ? 0 : (await service.FindItems(folder.Id, new ews.ItemView(100))).Items.length;
      assert.equal(found, folder.TotalCount, folder.DisplayName);
      items += found;
    }
    assert.equal(items, 60);
  });

  it('opens messages with their text, MIME and attachments', async () => {
    const inbox = new ews.FolderId(ews.WellKnownFolderName.Inbox);
    const found = await service.FindItems(inbox, new ews.ItemView(50));
    let files = 0;
    for (const { Id: id } of found.Items) {
      const properties = new ews.PropertySet(ews.BasePropertySet.FirstClassProperties, [ews.ItemSchema.MimeContent]);
      const item = await ews.Item.Bind(service, id, properties);
      assert.ok(item.Subject.length > 0);
      assert.ok(item.MimeContent.Content.length > 100);
      assert.match(item.Body.Text, /^<html>/);
      for (const attachment of item.Attachments.GetEnumerator()) {
        await attachment.Load();
        if (attachment instanceof ews.FileAttachment) {
          assert.equal(Buffer.from(attachment.Base64Content, 'base64').length, attachment.Size);
          files += 1;
        }
      }
    }
    assert.ok(files > 0);
  });

  it('reads appointments, also the recurring ones', async () => {
    const found = await service.FindItems(new ews.FolderId(ews.WellKnownFolderName.Calendar), new ews.ItemView(50));
    const appointments = await Promise.all(found.Items.map((item) => ews.Appointment.Bind(service, item.Id)));
    assert.ok(appointments.every((one) => one.Start.TotalMilliSeconds < one.End.TotalMilliSeconds));
    assert.ok(appointments.some((one) => one.AppointmentType === ews.AppointmentType.RecurringMaster));
  });

  it('synchronises, resolves names and asks for time zones', async () => {
    const inbox = new ews.FolderId(ews.WellKnownFolderName.Inbox);
    const first = await service.SyncFolderItems(
      inbox,
      ews.PropertySet.IdOnly,
      [],
      512,
      ews.SyncFolderItemsScope.NormalItems,
      '',
    );
    assert.ok(first.Count > 0);
    const again = await service.SyncFolderItems(
      inbox,
      ews.PropertySet.IdOnly,
      [],
      512,
      ews.SyncFolderItemsScope.NormalItems,
      first.SyncState,
    );
    assert.equal(again.Count, 0);
    const names = await service.ResolveName('reception');
    assert.equal(names.Count, 1);
    assert.equal(names._getItem(0).Mailbox.Address, client.user(1).email);
    const zones = await service.GetServerTimeZones();
    assert.ok(zones.length > 10);
  });

  it('is told by the code what was refused', async () => {
    await assert.rejects(
      service.FindFolders(new ews.FolderId(ews.WellKnownFolderName.ArchiveRoot), new ews.FolderView(1)),
      (error: unknown) =>
        error instanceof ews.ServiceResponseException && error.ErrorCode === ews.ServiceError.ErrorFolderNotFound,
    );
  });
});
