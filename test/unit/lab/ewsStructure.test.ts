import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { codeOf, elements, findItem, getFolder, idsIn, inbox, LabClient, soap } from './support/labClient.ts';

/** Child order of types as Exchange's schema has it, as far as the lab gives these elements. */
const orders: Readonly<Record<string, string>> = {
  't:Folder':
    'FolderId ParentFolderId FolderClass DisplayName TotalCount ChildFolderCount ExtendedProperty EffectiveRights DistinguishedFolderId UnreadCount',
  't:CalendarFolder':
    'FolderId ParentFolderId FolderClass DisplayName TotalCount ChildFolderCount ExtendedProperty EffectiveRights DistinguishedFolderId',
  't:Message':
    'MimeContent ItemId ParentFolderId ItemClass Subject Sensitivity Body Attachments DateTimeReceived Size Categories Importance InReplyTo IsSubmitted IsDraft IsFromMe IsResend IsUnmodified InternetMessageHeaders DateTimeSent DateTimeCreated ResponseObjects ReminderIsSet DisplayCc DisplayTo HasAttachments ExtendedProperty Culture EffectiveRights LastModifiedName LastModifiedTime IsAssociated WebClientReadFormQueryString ConversationId Flag InstanceKey Sender ToRecipients CcRecipients IsReadReceiptRequested IsDeliveryReceiptRequested ConversationTopic From InternetMessageId IsRead IsResponseRequested References ReceivedBy ReceivedRepresenting',
  't:CalendarItem':
    'MimeContent ItemId ParentFolderId ItemClass Subject Sensitivity Body DateTimeReceived Size Categories Importance IsSubmitted IsDraft IsFromMe IsResend IsUnmodified DateTimeSent DateTimeCreated ReminderIsSet DisplayCc DisplayTo HasAttachments Culture EffectiveRights LastModifiedName LastModifiedTime IsAssociated WebClientReadFormQueryString ConversationId Flag InstanceKey UID DateTimeStamp Start End IsAllDayEvent LegacyFreeBusyStatus Location IsMeeting IsCancelled IsRecurring MeetingRequestWasSent IsResponseRequested CalendarItemType MyResponseType Organizer RequiredAttendees Duration TimeZone AppointmentSequenceNumber AppointmentState Recurrence StartTimeZoneId EndTimeZoneId IsOrganizer',
  't:FileAttachment': 'AttachmentId Name ContentType ContentId Size LastModifiedTime IsInline IsContactPhoto Content',
};

function assertOrder(body: string, name: string): void {
  const order = (orders[name] ?? '').split(' ').map((one) => `t:${one}`);
  const found = elements(body, name);
  assert.ok(found.length > 0, `the answer has ${name}`);
  for (const element of found) {
    const places = element.children.map((child) => order.indexOf(child.name));
    assert.ok(
      !places.includes(-1),
      `${name} has only known children: ${element.children.map((child) => child.name).join(' ')}`,
    );
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
    );
  }
}

describe('structure of EWS messages', () => {
  let client: LabClient;
  let token: string;
  before(async () => {
    client = await LabClient.start();
    token = await client.appToken();
  });
  after(() => client.close());
  const call = async (operation: string): Promise<string> => {
    const reply = await client.ews(token, operation, client.user(1).email);
    assert.equal(reply.status, 200, reply.body);
    return reply.body;
  };
  const getAll = (ids: readonly string[]): Promise<string> =>
    call(
      `<m:GetItem><m:ItemShape><t:BaseShape>AllProperties</t:BaseShape><t:IncludeMimeContent>true</t:IncludeMimeContent></m:ItemShape><m:ItemIds>${ids.join('')}</m:ItemIds></m:GetItem>`,
    );

  it('orders the children of folders as the schema does', async () => {
    const body = await call(getFolder(`${inbox}<t:DistinguishedFolderId Id="calendar"/>`, 'AllProperties'));
    assertOrder(body, 't:Folder');
    assertOrder(body, 't:CalendarFolder');
  });

  it('orders the children of items and attachments as the schema does', async () => {
    const messages = await getAll(idsIn(await call(findItem())));
    assertOrder(messages, 't:Message');
    assertOrder(messages, 't:FileAttachment');
    const calendar = findItem().replace(inbox, '<t:DistinguishedFolderId Id="calendar"/>');
    assertOrder(await getAll(idsIn(await call(calendar))), 't:CalendarItem');
  });

  it('gives only ids for IdOnly, and what is asked for besides', async () => {
    const plain = elements(await call(findItem()), 't:Message');
    assert.ok(plain.every((item) => item.children.map((child) => child.name).join() === 't:ItemId'));
    const shape = '<t:BaseShape>IdOnly</t:BaseShape>';
    const more = `${shape}<t:AdditionalProperties><t:FieldURI FieldURI="item:Subject"/><t:ExtendedFieldURI PropertyTag="0x0E08" PropertyType="Integer"/></t:AdditionalProperties>`;
    for (const item of elements(await call(findItem().replace(shape, more)), 't:Message')) {
      assert.equal(item.children.map((child) => child.name).join(), 't:ItemId,t:Subject,t:ExtendedProperty');
    }
  });

  const violations: readonly (readonly [string, string])[] = [
    [
      'an element in the wrong place',
      '<m:GetFolder><m:FolderIds><t:DistinguishedFolderId Id="inbox"/></m:FolderIds><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape></m:GetFolder>',
    ],
    [
      'a missing element',
      '<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape></m:GetFolder>',
    ],
    ['an unknown base shape', getFolder(inbox, 'Everything')],
    ['an unknown distinguished folder', getFolder('<t:DistinguishedFolderId Id="inboxx"/>')],
    ['a missing attribute', findItem().replace(' Traversal="Shallow"', '')],
    ['an unknown attribute', getFolder('<t:DistinguishedFolderId Id="inbox" Colour="red"/>')],
    [
      'too many changes asked for',
      `<m:SyncFolderItems><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:SyncFolderId>${inbox}</m:SyncFolderId><m:MaxChangesReturned>513</m:MaxChangesReturned></m:SyncFolderItems>`,
    ],
  ];
  for (const [what, operation] of violations) {
    it(`refuses ${what} with ErrorSchemaValidation`, async () => {
      const reply = await client.ews(token, operation, client.user(1).email);
      assert.equal(reply.status, 500);
      assert.equal(codeOf(reply), 'ErrorSchemaValidation');
      assert.match(reply.body, /<faultcode xmlns:a="[^"]+">a:ErrorSchemaValidation<\/faultcode>/);
      assert.match(reply.body, /<t:LineNumber>\d+<\/t:LineNumber>/);
    });
  }

  it('answers 400 to what is not XML, 415 to another content type and a fault to an unknown operation', async () => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'text/xml; charset=utf-8' };
    const url = client.lab.description.ews;
    for (const body of ['<broken', '', '<!DOCTYPE x><x/>']) {
      assert.equal((await client.send(url, { method: 'POST', headers, body })).status, 400);
    }
    const soap12 = { ...headers, 'content-type': 'application/soap+xml' };
    assert.equal(
      (await client.send(url, { method: 'POST', headers: soap12, body: soap(getFolder(inbox), '') })).status,
      415,
    );
    assert.equal(codeOf(await client.ews(token, '<m:MakeCoffee/>', client.user(1).email)), 'ErrorInvalidRequest');
  });

  it('never ignores a search that it cannot evaluate', async () => {
    const restriction =
      '<m:Restriction><t:IsEqualTo><t:FieldURI FieldURI="item:Culture"/><t:FieldURIOrConstant><t:Constant Value="en"/></t:FieldURIOrConstant></t:IsEqualTo></m:Restriction>';
    assert.match(await call(findItem('', 'IdOnly', restriction)), /ErrorUnsupportedPathForQuery/);
    const query = findItem().replace('</m:FindItem>', '<m:QueryString>subject:x</m:QueryString></m:FindItem>');
    assert.match(await call(query), /ErrorUnsupportedQueryFilter/);
  });
});
