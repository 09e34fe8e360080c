import ews from 'ews-javascript-api';
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { Mailbox } from '../../lab/mailboxes/mailbox.ts';
import { mimeOf } from '../../lab/mailboxes/mime.ts';
import { libraryTransport } from './support/libraryTransport.ts';
import { OnPremisesClient } from './support/onPremisesClient.ts';

describe('ews-javascript-api on premises', () => {
  let client: OnPremisesClient;
  let service: ews.ExchangeService;
  const inbox = new ews.FolderId(ews.WellKnownFolderName.Inbox);
  before(async () => {
    client = await OnPremisesClient.start();
    const connection = client.connect();
    await connection.ntlm('', client.identity('Migration'));
    service = new ews.ExchangeService(ews.ExchangeVersion.Exchange2013_SP1);
    service.Url = new ews.Uri(client.server.description.ews);
    service.Credentials = new ews.WebCredentials('unused', 'unused');
    service.ImpersonatedUserId = new ews.ImpersonatedUserId(
      ews.ConnectingIdType.SmtpAddress,
      client.account('Reception').email,
    );
    // NTLM has signed the connection in: what the library says of credentials is left out.
    service.XHRApi = libraryTransport(({ body }) => connection.send(body));
  });
  after(() => client.close());

  it('makes folders, and is told when there is one already', async () => {
    const make = async (): Promise<ews.Folder> => {
      const folder = new ews.Folder(service);
      folder.DisplayName = 'Übernommen';
      await folder.Save(inbox);
      return folder;
    };
    const made = await make();
    const opened = await ews.Folder.Bind(service, made.Id);
    assert.equal(opened.DisplayName, 'Übernommen');
    await assert.rejects(
      make(),
      (error: unknown) =>
        error instanceof ews.ServiceResponseException && error.ErrorCode === ews.ServiceError.ErrorFolderExists,
    );
    await opened.Delete(ews.DeleteMode.HardDelete);
    assert.equal((await service.FindFolders(inbox, new ews.FolderView(10))).TotalCount, 0);
  });

  it('stores messages by MIME, reads them again and deletes them', async () => {
    const source = new Mailbox({ name: 'R', email: 'r@fabrikam.example' }, { items: 60 });
    const [folder] = source.folders.all.filter((one) => one.distinguished === 'inbox');
    const original = folder && source.itemsOf(folder).find((item) => item.attachments.length > 0);
    assert.ok(original);
    const message = new ews.EmailMessage(service);
    message.MimeContent = new ews.MimeContent('UTF-8', mimeOf(original).toString('base64'));
    await message.Save(inbox);
    const found = await service.FindItems(inbox, new ews.ItemView(10));
    assert.equal(found.TotalCount, 1);
    const properties = new ews.PropertySet(ews.BasePropertySet.FirstClassProperties, [ews.ItemSchema.MimeContent]);
    const opened = await ews.EmailMessage.Bind(service, message.Id, properties);
    assert.equal(opened.Subject, original.subject);
    assert.equal(opened.IsDraft, true);
    assert.equal(opened.MimeContent.Content, mimeOf(original).toString('base64'));
    assert.equal(opened.Attachments.Count, original.attachments.length);
    await opened.Delete(ews.DeleteMode.MoveToDeletedItems);
    const deleted = await service.FindItems(
      new ews.FolderId(ews.WellKnownFolderName.DeletedItems),
      new ews.ItemView(1),
    );
    assert.equal(deleted.TotalCount, 1);
  });

  it('makes appointments', async () => {
    const appointment = new ews.Appointment(service);
    appointment.Subject = 'Fair';
    appointment.Start = ews.DateTime.Parse('2026-11-24T10:00:00Z');
    appointment.End = ews.DateTime.Parse('2026-11-24T11:00:00Z');
    appointment.Location = 'Große Halle';
    await appointment.Save(ews.SendInvitationsMode.SendToNone);
    const opened = await ews.Appointment.Bind(service, appointment.Id);
    assert.equal(opened.Location, 'Große Halle');
    assert.equal(opened.Start.TotalMilliSeconds, Date.UTC(2026, 10, 24, 10));
  });
});
