import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { exportStream } from '../../lab/mailboxes/exportStream.ts';
import { readElements, writeElements } from '../../lab/mailboxes/fastTransfer.ts';
import { importMime } from '../../lab/mailboxes/importMime.ts';
import { importStream } from '../../lab/mailboxes/importStream.ts';
import type { LabItem, NewItem } from '../../lab/mailboxes/item.ts';
import { Mailbox } from '../../lab/mailboxes/mailbox.ts';
import { mimeOf } from '../../lab/mailboxes/mime.ts';
import { packStream, unpackStream } from '../../lab/mailboxes/streamContainer.ts';

const mailbox = new Mailbox({ name: 'Reception', email: 'reception@contoso-lab.example' }, { items: 300 });
const items = mailbox.folders.all.flatMap((folder) => mailbox.itemsOf(folder));

/** What an item says, for comparing; attachments with their bytes. */
const contents = (item: LabItem | NewItem, keys: readonly (keyof NewItem)[]): unknown => ({
  ...Object.fromEntries(keys.map((key) => [key, item[key]])),
  attachments: item.attachments.map(({ content, name, contentType, contentId }) => ({
    ...{ name, contentType, contentId },
    bytes: content().toString('base64'),
  })),
});

const inStream = [
  ...(['kind', 'itemClass', 'subject', 'html', 'text', 'received', 'from', 'to', 'cc', 'isRead', 'isDraft'] as const),
  ...(['importance', 'categories', 'messageId', 'inReplyTo', 'event'] as const),
];

describe('imported items', () => {
  it('are of every kind, and as they were exported', () => {
    assert.equal(new Set(items.map((item) => item.kind)).size, 6);
    for (const item of items) {
      const stream = exportStream(item, [15, 20, 9320]);
      const imported = importStream(stream);
      assert.deepEqual(contents(imported.item, inStream), contents(item, inStream));
      assert.deepEqual(imported.version, [15, 20, 9320]);
      const again = exportStream({ ...imported.item, folder: item.folder, ordinal: 0, revision: 0 }, [15, 2, 1748]);
      assert.deepEqual(again, stream, 'exported again, it is what was imported');
    }
  });

  it('are read whole or not at all', () => {
    const [item] = items;
    assert.ok(item);
    const stream = exportStream(item, [15, 20, 9320]);
    const { content } = unpackStream(stream);
    const broken = [
      Buffer.alloc(0),
      Buffer.from('nonsense'),
      stream.subarray(0, -1),
      Buffer.concat([stream, Buffer.from('=== Truncated Data ===')]),
      packStream({ version: [15, 2, 0], content: content.subarray(0, -1) }),
      packStream({ version: [15, 2, 0], content: content.subarray(4) }),
    ];
    for (const one of broken) assert.throws(() => importStream(one), RangeError);
  });

  it('keep properties that the lab does not know', () => {
    const number = Buffer.alloc(4);
    const stream = writeElements([
      // A Boolean, a list of numbers, a named text, and a text of code page 1252.
      { tag: 0x0e1b000b, named: null, value: Buffer.of(1, 0) },
      {
        tag: 0x8a001003,
        named: { set: '00'.repeat(16), name: 'x' },
        value: Buffer.concat([Buffer.of(2, 0, 0, 0), number, number]),
      },
      { tag: 0x8a01001f, named: { set: '00'.repeat(16), name: 7 }, value: Buffer.from('a\0', 'utf16le') },
      { tag: 0x007084e4, named: null, value: Buffer.from('abc\0') },
    ]);
    const elements = readElements(stream);
    assert.deepEqual(
      elements.map((one) => one.value.length),
      [2, 12, 4, 4],
    );
    assert.deepEqual(writeElements(elements), stream);
  });

  it('are messages as their Internet format has them', () => {
    const keys = [
      'subject',
      'html',
      'text',
      'received',
      'from',
      'to',
      'cc',
      'importance',
      'messageId',
      'inReplyTo',
    ] as const;
    const messages = items.filter((item) => item.kind === 'message');
    assert.ok(messages.some((item) => item.attachments.length > 1) && messages.some((item) => item.cc.length > 0));
    for (const item of messages) {
      const mime = mimeOf(item);
      const imported = importMime(mime, new Date(0));
      assert.ok(imported);
      assert.deepEqual(contents(imported, keys), contents(item, keys));
      assert.equal(
        mimeOf({ ...imported, folder: item.folder, ordinal: 0, revision: 0 }),
        mime,
        'and given back as they came',
      );
    }
  });

  it('are read from what other mail programs write', () => {
    const mime = [
      'From: =?iso-8859-1?Q?J=F6rg_M=FCller?= <joerg@fabrikam.example>',
      'To: "Last, First" <a@contoso-lab.example>, b@contoso-lab.example',
      'Subject: =?utf-8?B?w5xi?=',
      ' =?utf-8?Q?ergabe?=',
      'Content-Type: text/plain; charset=iso-8859-1',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'Gr=FC=DFe=',
      '!',
    ].join('\r\n');
    const imported = importMime(Buffer.from(mime), new Date(5));
    assert.equal(imported?.from.name, 'Jörg Müller');
    assert.deepEqual(
      imported.to.map((one) => one.name),
      ['Last, First', 'b@contoso-lab.example'],
    );
    assert.equal(imported.subject, 'Übergabe');
    assert.equal(imported.text, 'Grüße!');
    assert.deepEqual(imported.received, new Date(5), 'without a date, the time of now');
    assert.equal(importMime(Buffer.from('nothing like mail'), new Date()), undefined);
  });
});
