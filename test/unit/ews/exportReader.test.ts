import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { Base64Decoder } from '../../../src/ews/base64Decoder.ts';
import { ExportReader, MalformedExport, TruncatedExportError } from '../../../src/ews/exportReader.ts';
import { EwsError } from '../../../src/ews/ewsError.ts';

const success = (data: Buffer): string =>
  `<m:ExportItemsResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode>` +
  `<m:ItemId Id="A&amp;B" ChangeKey="C"/><m:Data>${data.toString('base64')}</m:Data></m:ExportItemsResponseMessage>`;
const failure = (code: string, more = ''): string =>
  `<m:ExportItemsResponseMessage ResponseClass="Error"><m:MessageText>It &lt;failed&gt;.</m:MessageText>` +
  `<m:ResponseCode>${code}</m:ResponseCode>${more}</m:ExportItemsResponseMessage>`;
const answer = (...messages: string[]): string =>
  `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="s"><s:Header><h:Info xmlns:h="h" a="&gt;>"/></s:Header><s:Body>` +
  `<m:ExportItemsResponse xmlns:m="m" xmlns:t="t"><m:ResponseMessages>${messages.join('')}</m:ResponseMessages>` +
  `</m:ExportItemsResponse></s:Body></s:Envelope>`;

/** Pushes the text cut at these places. */
function read(text: string, cuts: readonly number[] = []): { items: ExportReader['items']; data: Buffer[] } {
  const pieces: Buffer[][] = [];
  const reader = new ExportReader((position, piece) => (pieces[position] ??= []).push(piece));
  const places = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length];
  for (const [index, start] of places.slice(0, -1).entries()) reader.push(text.slice(start, places[index + 1]));
  reader.end();
  return { items: reader.items, data: reader.items.map((_, index) => Buffer.concat(pieces[index] ?? [])) };
}

const evidenceOf = (error: Error | undefined): unknown => (error instanceof EwsError ? error.evidence : error);

const cutAt = fc.array(fc.nat(10_000), { maxLength: 30 });

describe('An answer of ExportItems', () => {
  it('gives the same bytes however it is cut into pieces', () => {
    const items = fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(items, cutAt, (contents, cuts) => {
        const buffers = contents.map((content) => Buffer.from(content));
        const { data, items: read_ } = read(answer(...buffers.map(success)), cuts);
        assert.deepEqual(data, buffers);
        assert.deepEqual(
          read_,
          buffers.map(({ length }, position) => ({ position, bytes: length })),
        );
      }),
    );
  });

  it('may have line breaks in its data', () => {
    const content = randomBytes(500);
    const broken = success(content).replace(/(?<=<m:Data>)[^<]*/, (text) => text.replace(/.{76}/g, '$&\r\n'));
    assert.deepEqual(read(answer(broken)).data, [content]);
  });

  it('tells for each item whether it failed, by position', () => {
    const { items, data } = read(
      answer(success(Buffer.from('one')), failure('ErrorItemNotFound'), success(Buffer.from('3'))),
    );
    assert.deepEqual(
      items.map(({ position, bytes, error }) => [position, bytes, evidenceOf(error)]),
      [
        [0, 3, undefined],
        [1, 0, { kind: 'response', code: 'ErrorItemNotFound', message: 'It <failed>.' }],
        [2, 1, undefined],
      ],
    );
    assert.equal(data[2]?.toString(), '3');
  });

  it('tells what a busy server wraps into an internal error, and how long to wait', () => {
    const values = (more: string): string => `<m:MessageXml>${more}</m:MessageXml>`;
    const wrapped = failure(
      'ErrorInternalServerError',
      values(
        '<t:Value Name="InnerErrorResponseCode">ErrorServerBusy</t:Value><t:Value Name="BackOffMilliseconds">700</t:Value>',
      ),
    );
    const [busy, next] = read(answer(wrapped, failure('ErrorInternalServerError'))).items;
    assert.deepEqual(evidenceOf(busy?.error), {
      kind: 'response',
      code: 'ErrorServerBusy',
      message: 'It <failed>.',
      backOffMs: 700,
    });
    assert.equal(next?.error?.message, 'ErrorInternalServerError');
  });

  it('may hold an item without data', () => {
    const empty = success(Buffer.alloc(0)).replace('<m:Data></m:Data>', '<m:Data/>');
    assert.deepEqual(read(answer(empty, success(Buffer.from('x')))).items, [
      { position: 0, bytes: 0 },
      { position: 1, bytes: 1 },
    ]);
  });

  it('is known as truncated wherever the mark is cut in two', () => {
    const text = answer(success(Buffer.from('abc'))).replace('</m:Data>', '=== Truncated Data ===');
    fc.assert(
      fc.property(cutAt, (cuts) => {
        assert.throws(() => read(text, cuts), TruncatedExportError);
      }),
    );
    for (let cut = text.indexOf('==='); cut < text.length; cut++) {
      assert.throws(() => read(text, [cut]), TruncatedExportError);
    }
  });

  it('marks an item whose data ends in the truncation mark, and goes on with the next', () => {
    const broken = Buffer.from('first half=== Truncated Data ===');
    fc.assert(
      fc.property(cutAt, (cuts) => {
        const { items } = read(answer(success(broken), success(Buffer.from('x'))), cuts);
        assert.deepEqual(
          items.map(({ error }) => error instanceof TruncatedExportError),
          [true, false],
        );
      }),
    );
  });

  const good = answer(success(Buffer.from('abcdef')));
  const data = Buffer.from('abcdef').toString('base64');
  const malformed: readonly (readonly [string, string])[] = [
    ['nothing', ''],
    ['text', 'Service Unavailable'],
    ['a web page', '<!DOCTYPE html><html><body><p>Sorry</html>'],
    ['half an answer', good.slice(0, -20)],
    ['half of the data', good.slice(0, good.indexOf(data) + 4)],
    ['something else than base64', good.replace(data, 'ab-d')],
    ['a comment within the data', good.replace(data, `${data.slice(0, 4)}<!-- x -->${data.slice(4)}`)],
    ['an element within the data', good.replace(data, `${data.slice(0, 4)}<m:X/>${data.slice(4)}`)],
    ['a section within the data', good.replace(data, `<![CDATA[${data}]]>`)],
    ['base64 that ends too early', good.replace(data, data.slice(0, -3))],
    ['padding within the data', good.replace(data, `QQ==${data}`)],
    ['a tag without an end', `<${'x'.repeat(200_000)}`],
  ];
  for (const [what, text] of malformed) {
    it(`is refused when it is ${what}`, () => assert.throws(() => read(text), MalformedExport));
  }

  it('is never refused with an error of another kind, whatever the bytes', () => {
    const mutated = fc
      .tuple(fc.nat(good.length), fc.nat(5), fc.string({ unit: 'binary', maxLength: 8 }))
      .map(([at, removed, added]) => good.slice(0, at) + added + good.slice(at + removed));
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), mutated), cutAt, (text, cuts) => {
        try {
          read(text, cuts);
        } catch (error) {
          assert.ok(error instanceof MalformedExport || error instanceof TruncatedExportError, String(error));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is not held: the pieces come out as they go in', () => {
    let seen = 0;
    const reader = new ExportReader((_, piece) => (seen += piece.length));
    const [before = '', after = ''] = answer(success(Buffer.from('DATA'))).split(
      Buffer.from('DATA').toString('base64'),
    );
    reader.push(before);
    const piece = randomBytes(30_000).toString('base64');
    for (let sent = 1; sent <= 100; sent++) {
      reader.push(piece);
      assert.equal(seen, sent * 30_000);
    }
    reader.push(after);
    reader.end();
    assert.equal(reader.items[0]?.bytes, 3_000_000);
  });
});

describe('The decoder of base64', () => {
  it('gives what was encoded, however it is cut', () => {
    fc.assert(
      fc.property(fc.uint8Array(), cutAt, (content, cuts) => {
        const text = Buffer.from(content).toString('base64');
        const decoder = new Base64Decoder();
        const places = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length];
        const pieces = places
          .slice(0, -1)
          .map((start, index) => decoder.push(text.slice(start, places[index + 1])) ?? assert.fail());
        assert.deepEqual(Buffer.concat(pieces), Buffer.from(content));
        assert.ok(decoder.whole);
      }),
    );
  });
});
