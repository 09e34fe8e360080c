import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { exportStream } from '../../lab/mailboxes/exportStream.ts';
import { Mailbox } from '../../lab/mailboxes/mailbox.ts';
import { mimeOf } from '../../lab/mailboxes/mime.ts';
import { codeOf, elements, findItem, idsIn, inbox, soap } from './support/labClient.ts';
import type { Reply } from './support/labClient.ts';
import { OnPremisesClient } from './support/onPremisesClient.ts';

/** What is to be moved: items of the tenant that the migration comes from. */
const source = new Mailbox({ name: 'Reception', email: 'reception@contoso-lab.onmicrosoft.com' }, { items: 80 });
const sourceItems = source.folders.all.flatMap((folder) => source.itemsOf(folder));
const streamOf = (index: number): string => {
  const item = sourceItems[index];
  assert.ok(item);
  return exportStream(item, [15, 20, 9320]).toString('base64');
};

const attribute = (xml: string, name: string): string => new RegExp(` ${name}="([^"]*)"`).exec(xml)?.[1] ?? '';
const codes = (reply: Reply): string[] => elements(reply.body, 'm:ResponseCode').map((one) => one.text);

describe('writing on premises', () => {
  let client: OnPremisesClient;
  let inboxId: string;
  before(async () => {
    client = await OnPremisesClient.start({ mailboxes: 2 });
  });
  after(() => client.close());
  beforeEach(async () => {
    client.server.reset();
    inboxId = await folderId('inbox');
  });

  const ask = (operation: string): Promise<Reply> => client.as('Reception', soap(operation, ''));
  const folderId = async (name: string): Promise<string> => {
    const found = await ask(
      `<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape><m:FolderIds><t:DistinguishedFolderId Id="${name}"/></m:FolderIds></m:GetFolder>`,
    );
    return attribute(found.body, 'Id');
  };
  const subjects = async (folder: string): Promise<string[]> => {
    const found = await ask(findItem('', 'Default').replace(inbox, `<t:DistinguishedFolderId Id="${folder}"/>`));
    return elements(found.body, 't:Subject').map((one) => one.text);
  };
  const count = async (folder: string): Promise<number> => (await subjects(folder)).length;
  const exported = async (id: string): Promise<string> =>
    elements((await ask(`<m:ExportItems><m:ItemIds>${id}</m:ItemIds></m:ExportItems>`)).body, 'm:Data')[0]?.text ?? '';
  const upload = (data: string, action = 'CreateNew', itemId = '', parent = inboxId): Promise<Reply> =>
    ask(
      `<m:UploadItems><m:Items><t:Item CreateAction="${action}"><t:ParentFolderId Id="${parent}"/>${itemId}<t:Data>${data}</t:Data></t:Item></m:Items></m:UploadItems>`,
    );
  const uploaded = async (...parameters: Parameters<typeof upload>): Promise<string> => {
    const reply = await upload(...parameters);
    assert.equal(codeOf(reply), 'NoError', reply.body);
    const [id = ''] = /<m:ItemId [^>]*\/>/.exec(reply.body) ?? [];
    return id.replace('m:ItemId', 't:ItemId');
  };
  const create = (items: string, folder = inbox, more = 'MessageDisposition="SaveOnly"'): Promise<Reply> =>
    ask(
      `<m:CreateItem ${more}><m:SavedItemFolderId>${folder}</m:SavedItemFolderId><m:Items>${items}</m:Items></m:CreateItem>`,
    );
  const remove = (ids: string, how: string, more = ''): Promise<Reply> =>
    ask(`<m:DeleteItem DeleteType="${how}" ${more}><m:ItemIds>${ids}</m:ItemIds></m:DeleteItem>`);
  const makeFolder = (name: string, parent = inbox, element = 'Folder', more = ''): Promise<Reply> =>
    ask(
      `<m:CreateFolder><m:ParentFolderId>${parent}</m:ParentFolderId><m:Folders><t:${element}>${more}<t:DisplayName>${name}</t:DisplayName></t:${element}></m:Folders></m:CreateFolder>`,
    );
  const removeFolder = (id: string, how: string): Promise<Reply> =>
    ask(`<m:DeleteFolder DeleteType="${how}"><m:FolderIds>${id}</m:FolderIds></m:DeleteFolder>`);

  describe('UploadItems', () => {
    it('brings items of every kind, which come out again byte for byte', async () => {
      for (const index of sourceItems.keys()) {
        const data = streamOf(index);
        assert.equal(await exported(await uploaded(data)), data);
      }
      assert.equal(await count('inbox'), sourceItems.length);
      const sent = sourceItems.map((item) => item.subject).sort();
      assert.deepEqual((await subjects('inbox')).sort(), sent);
    });

    it('makes a duplicate with each CreateNew, whatever id comes along', async () => {
      const id = await uploaded(streamOf(0));
      const other = await uploaded(streamOf(0), 'CreateNew', id);
      assert.notEqual(attribute(other, 'Id'), attribute(id, 'Id'));
      assert.equal(await count('inbox'), 2);
    });

    it('updates an item in its folder, which keeps its id and gets another change key', async () => {
      const id = await uploaded(streamOf(0));
      const updated = await uploaded(streamOf(1), 'Update', id);
      assert.equal(attribute(updated, 'Id'), attribute(id, 'Id'));
      assert.notEqual(attribute(updated, 'ChangeKey'), attribute(id, 'ChangeKey'));
      assert.equal(await exported(id), streamOf(1));
      assert.deepEqual(await subjects('inbox'), [sourceItems[1]?.subject]);
    });

    it('does not update what is not in the folder, and makes it there when that is asked for', async () => {
      const id = await uploaded(streamOf(0), 'CreateNew', '', await folderId('junkemail'));
      assert.equal(codeOf(await upload(streamOf(1), 'Update', id)), 'ErrorItemNotFound');
      const made = await uploaded(streamOf(1), 'UpdateOrCreate', id);
      assert.notEqual(attribute(made, 'Id'), attribute(id, 'Id'));
      assert.deepEqual([await count('junkemail'), await count('inbox')], [1, 1]);
      assert.equal(attribute(await uploaded(streamOf(2), 'UpdateOrCreate', made), 'Id'), attribute(made, 'Id'));
      assert.equal(await count('inbox'), 1);
    });

    it('refuses an update without an item by a fault, and a bad id or change key in its message', async () => {
      for (const action of ['Update', 'UpdateOrCreate']) {
        const fault = await upload(streamOf(0), action);
        assert.equal(fault.status, 500);
        assert.equal(codeOf(fault), 'ErrorInvalidRequest');
      }
      const id = attribute(await uploaded(streamOf(0)), 'Id');
      for (const [item, code] of [
        ['<t:ItemId Id=""/>', 'ErrorInvalidIdEmpty'],
        ['<t:ItemId Id="nonsense"/>', 'ErrorInvalidIdMalformed'],
        [`<t:ItemId Id="${inboxId}"/>`, 'ErrorCannotUseFolderIdForItemId'],
        [`<t:ItemId Id="${id}" ChangeKey="nonsense"/>`, 'ErrorInvalidChangeKey'],
      ] as const) {
        const reply = await upload(streamOf(0), 'Update', item);
        assert.equal(reply.status, 200);
        assert.equal(codeOf(reply), code);
      }
    });

    it('refuses data that is no item, and one item does not concern the others', async () => {
      const whole = Buffer.from(streamOf(0), 'base64');
      const truncated = Buffer.concat([whole.subarray(0, 100), Buffer.from('=== Truncated Data ===')]);
      const one = (data: string): string =>
        `<t:Item CreateAction="CreateNew"><t:ParentFolderId Id="${inboxId}"/><t:Data>${data}</t:Data></t:Item>`;
      const items = [truncated.toString('base64'), streamOf(1), 'AAAA', ''].map(one).join('');
      const reply = await ask(`<m:UploadItems><m:Items>${items}</m:Items></m:UploadItems>`);
      assert.deepEqual(codes(reply), ['ErrorCorruptData', 'NoError', 'ErrorCorruptData', 'ErrorCorruptData']);
      assert.equal(await count('inbox'), 1);
    });

    it('is held to the schema', async () => {
      for (const wrong of [
        await upload('not base64!'),
        await upload(streamOf(0), 'Replace'),
        await ask('<m:UploadItems><m:Items/></m:UploadItems>'),
        await ask(
          `<m:UploadItems><m:Items><t:Item CreateAction="CreateNew"><t:Data>AAAA</t:Data><t:ParentFolderId Id="${inboxId}"/></t:Item></m:Items></m:UploadItems>`,
        ),
      ]) {
        assert.equal(wrong.status, 500);
        assert.equal(codeOf(wrong), 'ErrorSchemaValidation');
      }
    });

    it('has the limits of the mailbox and the moods of the server', async () => {
      const codeWith = async (patch: Parameters<typeof client.server.patch>[0]): Promise<string> => {
        client.server.patch(patch);
        return codeOf(await upload(streamOf(0)));
      };
      const address = 'reception@contoso-lab.example';
      assert.equal(await codeWith({ ews: { uploads: { corrupt: 1 } } }), 'ErrorCorruptData');
      assert.equal(await codeWith({}), 'NoError', 'it was once');
      assert.equal(await codeWith({ ews: { uploads: { largestItemBytes: 10 } } }), 'ErrorMessageSizeExceeded');
      assert.equal(
        await codeWith({ ews: { uploads: { largestItemBytes: null } }, mailboxes: { [address]: { quotaBytes: 1 } } }),
        'ErrorQuotaExceeded',
      );
      assert.equal(
        await codeWith({ ews: { uploads: { newerStreams: 'refused' } }, mailboxes: { [address]: null } }),
        'ErrorCorruptData',
      );
      client.server.patch({ version: 'SE' });
      const old = exportStream(sourceItems[0] ?? assert.fail(), [15, 1, 2507]).toString('base64');
      assert.equal(codeOf(await upload(old)), 'NoError', 'a stream of an older server');
    });
  });

  describe('CreateItem', () => {
    it('keeps a message as MIME, and reads its properties from it', async () => {
      const message = sourceItems.find((item) => item.kind === 'message' && item.attachments.length > 1);
      assert.ok(message);
      const mime = mimeOf(message).toString('base64');
      const made = await create(`<t:Message><t:MimeContent>${mime}</t:MimeContent></t:Message>`);
      assert.equal(codeOf(made), 'NoError', made.body);
      const [id = ''] = idsIn(made.body);
      const opened = await ask(
        `<m:GetItem><m:ItemShape><t:BaseShape>Default</t:BaseShape><t:IncludeMimeContent>true</t:IncludeMimeContent></m:ItemShape><m:ItemIds>${id}</m:ItemIds></m:GetItem>`,
      );
      assert.equal(elements(opened.body, 't:MimeContent')[0]?.text, mime);
      assert.equal(elements(opened.body, 't:Subject')[0]?.text, message.subject);
      assert.equal(elements(opened.body, 't:FileAttachment').length, message.attachments.length);
    });

    it('is a draft unless its message flags say otherwise, and is dated as they say', async () => {
      const property = (tag: string, type: string, value: string): string =>
        `<t:ExtendedProperty><t:ExtendedFieldURI PropertyTag="${tag}" PropertyType="${type}"/><t:Value>${value}</t:Value></t:ExtendedProperty>`;
      await create('<t:Message><t:Subject>Draft</t:Subject></t:Message>');
      await create(
        `<t:Message><t:Subject>Old</t:Subject>${property('0x0E07', 'Integer', '1')}${property('3590', 'SystemTime', '2019-05-06T07:08:09Z')}</t:Message>`,
      );
      const found = await ask(findItem('', 'AllProperties'));
      assert.deepEqual(
        elements(found.body, 't:IsDraft').map((one) => one.text),
        ['false', 'true'],
      );
      assert.equal(elements(found.body, 't:DateTimeReceived')[0]?.text, '2019-05-06T07:08:09Z');
    });

    it('takes the properties of the schema, with attachments and own ones that can be searched for', async () => {
      const own =
        '<t:ExtendedFieldURI PropertySetId="6b1a2c3d-0000-4000-8000-000000000001" PropertyName="SourceId" PropertyType="String"/>';
      const made = await create(
        [
          '<t:Message><t:ItemClass>IPM.Note</t:ItemClass><t:Subject>Grüße</t:Subject><t:Body BodyType="Text">a &lt; b</t:Body>',
          '<t:Attachments><t:FileAttachment><t:Name>a.txt</t:Name><t:Content>YWJj</t:Content></t:FileAttachment></t:Attachments>',
          '<t:Categories><t:String>Blue</t:String></t:Categories><t:Importance>High</t:Importance>',
          `<t:ExtendedProperty>${own}<t:Value>AAQk-1</t:Value></t:ExtendedProperty>`,
          '<t:ToRecipients><t:Mailbox><t:EmailAddress>a@b.example</t:EmailAddress></t:Mailbox></t:ToRecipients>',
          '<t:IsRead>false</t:IsRead></t:Message>',
        ].join(''),
      );
      assert.equal(codeOf(made), 'NoError', made.body);
      const search = `<m:Restriction><t:IsEqualTo>${own}<t:FieldURIOrConstant><t:Constant Value="AAQk-1"/></t:FieldURIOrConstant></t:IsEqualTo></m:Restriction>`;
      const shape = findItem(search, 'Default').replace(
        '</t:BaseShape>',
        `</t:BaseShape><t:AdditionalProperties>${own}</t:AdditionalProperties>`,
      );
      const found = await ask(shape);
      assert.deepEqual(
        elements(found.body, 't:Value').map((one) => one.text),
        ['AAQk-1'],
        found.body,
      );
      assert.equal(idsIn((await ask(shape.replace('Value="AAQk-1"', 'Value="AAQk-2"'))).body).length, 0);
      const opened = await ask(
        `<m:GetItem><m:ItemShape><t:BaseShape>AllProperties</t:BaseShape><t:BodyType>Text</t:BodyType></m:ItemShape><m:ItemIds>${idsIn(made.body)[0] ?? ''}</m:ItemIds></m:GetItem>`,
      );
      const text = (name: string): string | undefined => elements(opened.body, name)[0]?.text;
      assert.deepEqual(
        ['t:Subject', 't:Body', 't:Importance', 't:IsRead', 't:String', 't:DisplayTo', 't:Size'].map(text).slice(0, 6),
        ['Grüße', 'a < b', 'High', 'false', 'Blue', 'a@b.example'],
      );
    });

    it('makes appointments, contacts and tasks, also from iCalendar and vCard', async () => {
      const mimeOfKind = (kind: string): string => {
        const item = sourceItems.find((one) => one.kind === kind);
        assert.ok(item);
        return `<t:MimeContent>${mimeOf(item).toString('base64')}</t:MimeContent>`;
      };
      const folder = (name: string): string => `<t:DistinguishedFolderId Id="${name}"/>`;
      const silent = 'SendMeetingInvitations="SendToNone"';
      const event = '<t:Start>2026-11-24T10:00:00Z</t:Start><t:End>2026-11-24T11:00:00Z</t:End>';
      const replies = [
        await create(
          `<t:CalendarItem><t:Subject>Fair</t:Subject>${event}</t:CalendarItem>`,
          folder('calendar'),
          silent,
        ),
        await create(`<t:CalendarItem>${mimeOfKind('appointment')}</t:CalendarItem>`, folder('calendar'), silent),
        await create(`<t:Contact>${mimeOfKind('contact')}</t:Contact>`, folder('contacts'), ''),
        await create('<t:Task><t:Subject>Count</t:Subject></t:Task>', folder('tasks'), ''),
      ];
      assert.deepEqual(
        replies.map(codeOf),
        ['NoError', 'NoError', 'NoError', 'NoError'],
        replies.map((one) => one.body).join(),
      );
      assert.deepEqual([await count('calendar'), await count('contacts'), await count('tasks')], [2, 1, 1]);
      const found = await ask(findItem('', 'Default').replace(inbox, folder('calendar')));
      const original = sourceItems.find((one) => one.kind === 'appointment');
      assert.equal(elements(found.body, 't:Subject')[0]?.text, original?.subject);
      assert.equal(elements(found.body, 't:Start')[0]?.text, original?.event?.start.toISOString().replace('.000', ''));
    });

    it('refuses what Exchange refuses', async () => {
      for (const [items, more, code] of [
        ['<t:Message/>', '', 'ErrorMessageDispositionRequired'],
        ['<t:CalendarItem/>', '', 'ErrorSendMeetingInvitationsRequired'],
        ['<t:CalendarItem/>', 'SendMeetingInvitations="SendToNone"', 'ErrorRequiredPropertyMissing'],
        ['<t:Message><t:MimeContent>%%</t:MimeContent></t:Message>', undefined, 'ErrorMimeContentInvalidBase64String'],
        ['<t:Message><t:MimeContent>AAAA</t:MimeContent></t:Message>', undefined, 'ErrorMimeContentInvalid'],
        ['<t:Task><t:MimeContent>AAAA</t:MimeContent></t:Task>', '', 'ErrorUnsupportedMimeConversion'],
        ['<t:Message><t:Size>1</t:Size></t:Message>', undefined, 'ErrorInvalidPropertySet'],
        ['<t:Contact><t:ItemClass>IPM.Task</t:ItemClass></t:Contact>', '', 'ErrorObjectTypeChanged'],
        [
          '<t:Message><t:Subject>a</t:Subject><t:ItemClass>IPM.Note</t:ItemClass></t:Message>',
          undefined,
          'ErrorSchemaValidation',
        ],
        ['<t:Message><t:IsRead>maybe</t:IsRead></t:Message>', undefined, 'ErrorSchemaValidation'],
        ['<t:Message/>', 'MessageDisposition="SendOnly"', 'ErrorInvalidOperation'],
      ] as const) {
        assert.equal(codeOf(await create(items, inbox, more)), code, `${items} ${more ?? ''}`);
      }
      assert.equal(await count('inbox'), 0);
    });
  });

  describe('folders', () => {
    it('are made below others, of any kind, and found there', async () => {
      const made = await makeFolder('Projekte &amp; Übergabe');
      const [id = ''] = /<t:FolderId [^>]*\/>/.exec(made.body) ?? [];
      assert.equal(codeOf(await makeFolder('2026', id, 'CalendarFolder')), 'NoError');
      const walked = await ask(
        `<m:FindFolder Traversal="Deep"><m:FolderShape><t:BaseShape>AllProperties</t:BaseShape></m:FolderShape><m:ParentFolderIds>${inbox}</m:ParentFolderIds></m:FindFolder>`,
      );
      const text = (name: string): string[] => elements(walked.body, name).map((one) => one.text);
      assert.deepEqual(text('t:DisplayName'), ['Projekte & Übergabe', '2026']);
      assert.deepEqual(text('t:FolderClass'), ['IPF.Note', 'IPF.Appointment']);
      const stored = await uploaded(streamOf(0), 'CreateNew', '', attribute(id, 'Id'));
      assert.equal(await exported(stored), streamOf(0));
    });

    it('have names of their own', async () => {
      assert.equal(codeOf(await makeFolder('Projects')), 'NoError');
      const twice = await makeFolder('PROJECTS');
      assert.equal(twice.status, 200);
      assert.equal(codeOf(twice), 'ErrorFolderExists');
      assert.equal(codeOf(await makeFolder('Projects', '<t:DistinguishedFolderId Id="msgfolderroot"/>')), 'NoError');
      assert.equal(codeOf(await makeFolder('')), 'ErrorFolderSave');
      assert.equal(
        codeOf(await makeFolder('x', inbox, 'TasksFolder', '<t:FolderClass>IPF.Note</t:FolderClass>')),
        'ErrorNoFolderClassOverride',
      );
      assert.equal(
        codeOf(await makeFolder('x', '<t:DistinguishedFolderId Id="archivemsgfolderroot"/>')),
        'ErrorParentFolderNotFound',
      );
      assert.equal(codeOf(await makeFolder('x', inbox, 'Mailbox')), 'ErrorSchemaValidation');
    });

    it('are deleted for good or put among the deleted ones', async () => {
      const idOf = async (name: string): Promise<string> =>
        /<t:FolderId [^>]*\/>/.exec((await makeFolder(name)).body)?.[0] ?? '';
      const [gone, kept] = [await idOf('Gone'), await idOf('Kept')];
      const item = await uploaded(streamOf(0), 'CreateNew', '', attribute(gone, 'Id'));
      assert.equal(codeOf(await removeFolder(gone, 'HardDelete')), 'NoError');
      assert.equal(codeOf(await removeFolder(gone, 'HardDelete')), 'ErrorFolderNotFound');
      assert.equal(await exported(item), '');
      assert.equal(codeOf(await removeFolder(kept, 'MoveToDeletedItems')), 'NoError');
      const deleted = await ask(
        '<m:FindFolder Traversal="Shallow"><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape><m:ParentFolderIds><t:DistinguishedFolderId Id="deleteditems"/></m:ParentFolderIds></m:FindFolder>',
      );
      assert.deepEqual(
        elements(deleted.body, 't:DisplayName').map((one) => one.text),
        ['Kept'],
      );
      assert.equal(codeOf(await removeFolder(inbox, 'HardDelete')), 'ErrorDeleteDistinguishedFolder');
    });
  });

  describe('DeleteItem', () => {
    it('deletes for good, recoverably, or into the deleted ones, and once', async () => {
      const ids = [await uploaded(streamOf(0)), await uploaded(streamOf(1)), await uploaded(streamOf(2))];
      for (const [index, how] of ['HardDelete', 'SoftDelete', 'MoveToDeletedItems'].entries()) {
        assert.equal(codeOf(await remove(ids[index] ?? '', how)), 'NoError', how);
        assert.equal(codeOf(await remove(ids[index] ?? '', how)), 'ErrorItemNotFound', `${how} again`);
      }
      const counts = [await count('inbox'), await count('recoverableitemsdeletions'), await count('deleteditems')];
      assert.deepEqual(counts, [0, 1, 1]);
    });

    it('wants to know more of meetings and tasks', async () => {
      const idOf = async (kind: string): Promise<string> =>
        uploaded(streamOf(sourceItems.findIndex((item) => item.kind === kind)));
      const [event, task] = [await idOf('appointment'), await idOf('task')];
      assert.equal(codeOf(await remove(event, 'HardDelete')), 'ErrorSendMeetingCancellationsRequired');
      assert.equal(codeOf(await remove(event, 'HardDelete', 'SendMeetingCancellations="SendToNone"')), 'NoError');
      assert.equal(codeOf(await remove(task, 'HardDelete')), 'ErrorAffectedTaskOccurrencesRequired');
      assert.equal(codeOf(await remove(task, 'HardDelete', 'AffectedTaskOccurrences="AllOccurrences"')), 'NoError');
    });
  });

  it('is undone by a reset', async () => {
    await uploaded(streamOf(0));
    await makeFolder('Projects');
    client.server.reset();
    assert.equal(await count('inbox'), 0);
    assert.equal(codeOf(await makeFolder('Projects')), 'NoError');
  });

  it('is for who may open the mailbox', async () => {
    const asAdmin = (operation: string): Promise<Reply> => client.as('Administrator', soap(operation, ''));
    const id = await uploaded(streamOf(0));
    const data = `<m:ExportItems><m:ItemIds>${id}</m:ItemIds></m:ExportItems>`;
    assert.equal(codeOf(await asAdmin(data)), 'NoError', 'Full Access');
    assert.equal(codeOf(await client.as('Intern', soap(data, ''))), 'ErrorAccessDenied');
    assert.equal(
      codeOf(
        await client.as(
          'Intern',
          soap(`<m:DeleteItem DeleteType="HardDelete"><m:ItemIds>${id}</m:ItemIds></m:DeleteItem>`, ''),
        ),
      ),
      'ErrorAccessDenied',
    );
  });
});
