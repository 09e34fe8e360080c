import assert from 'node:assert/strict';
import fc from 'fast-check';
import { afterEach, before, describe, it } from 'mocha';
import type { Asking } from '../../../src/ews/askEws.ts';
import { basic } from '../../../src/ews/authorization/basic.ts';
import { encodeBase64 } from '../../../src/ews/base64Encoder.ts';
import { EwsError } from '../../../src/ews/ewsError.ts';
import { EwsSession } from '../../../src/ews/ewsSession.ts';
import { AnswerError } from '../../../src/ews/transport/answer.ts';
import { HttpClient } from '../../../src/ews/transport/httpClient.ts';
import { TransportError } from '../../../src/ews/transport/transportError.ts';
import { trustedCas } from '../../../src/ews/transport/trustedCas.ts';
import { uploadItems, uploadLength } from '../../../src/ews/uploadItems.ts';
import type { ItemToUpload } from '../../../src/ews/uploadItems.ts';
import { createFolder, createMessage, deleteFolder, deleteItems } from '../../../src/ews/writeOperations.ts';
import { makeServerCertificates } from '../../lab/certificates.ts';
import type { ServerCertificates } from '../../lab/certificates.ts';
import { httpAnswer, startRawServer } from '../support/rawServer.ts';
import type { RawServer } from '../support/rawServer.ts';

const namespaces =
  'xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" ' +
  'xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"';
const good = (operation: string, content = ''): string =>
  `<m:${operation}ResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode>${content}</m:${operation}ResponseMessage>`;
const bad = (operation: string, code: string, values = ''): string =>
  `<m:${operation}ResponseMessage ResponseClass="Error"><m:MessageText>No.</m:MessageText><m:ResponseCode>${code}</m:ResponseCode>${values}</m:${operation}ResponseMessage>`;

describe('Writing to a mailbox', () => {
  let certificates: ServerCertificates;
  let server: RawServer;
  let client: HttpClient;
  let asked: string[];
  before(async () => {
    certificates = await makeServerCertificates();
  });
  afterEach(async () => {
    client.close();
    await server.close();
  });

  /** @param messages response messages to answer with; undefined: the connection is cut */
  const open = async (operation: string, messages: string | undefined): Promise<Asking> => {
    asked = [];
    server = await startRawServer(certificates, (socket, { text }) => {
      asked.push(text);
      const body = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><m:${operation}Response ${namespaces}><m:ResponseMessages>${messages}</m:ResponseMessages></m:${operation}Response></s:Body></s:Envelope>`;
      if (messages === undefined && asked.length > 1) socket.destroy();
      else socket.write(httpAnswer(200, { 'content-type': 'text/xml' }, body));
    });
    client = new HttpClient(trustedCas(certificates.ca));
    const session = new EwsSession({
      url: `${server.origin}/EWS/Exchange.asmx`,
      authorization: basic('CONTOSO\\admin', 'secret'),
      anchorMailbox: 'user@contoso.com',
      userAgent: 'test',
      requestVersion: 'Exchange2010_SP1',
    });
    const http = client.within({ signal: new AbortController().signal });
    return { http, session, impersonate: 'user@contoso.com' };
  };
  const failure = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => assert.fail('it succeeded'),
      (error: unknown) => error,
    );

  it('creates a folder and gives its id', async () => {
    const asking = await open(
      'CreateFolder',
      good('CreateFolder', '<m:Folders><t:Folder><t:FolderId Id="F&amp;1" ChangeKey="x"/></t:Folder></m:Folders>'),
    );
    assert.equal(await createFolder(asking, 'A & B'), 'F&1');
    assert.match(asked[0] ?? '', /<t:DisplayName>A &amp; B<\/t:DisplayName>/);
    assert.match(asked[0] ?? '', /RequestServerVersion Version="Exchange2010_SP1"/);
    assert.match(asked[0] ?? '', /<t:PrimarySmtpAddress>user@contoso.com</);
  });

  it('creates a message in a folder, and sends it to nobody', async () => {
    const asking = await open(
      'CreateItem',
      good('CreateItem', '<m:Items><t:Message><t:ItemId Id="I1"/></t:Message></m:Items>'),
    );
    assert.equal(await createMessage(asking, { folderId: 'F"1', subject: '<S>', text: 'T' }), 'I1');
    assert.match(asked[0] ?? '', /MessageDisposition="SaveOnly".*Id="F&quot;1".*<t:Subject>&lt;S&gt;</);
  });

  it('says of each item whether it was deleted', async () => {
    const asking = await open('DeleteItem', good('DeleteItem') + bad('DeleteItem', 'ErrorItemNotFound'));
    const [first, second] = await deleteItems(asking, ['I1', 'I2']);
    assert.equal(first?.error, undefined);
    assert.deepEqual(second?.error?.evidence, { kind: 'response', code: 'ErrorItemNotFound', message: 'No.' });
  });

  it('tells why a folder was not deleted, and how long to wait', async () => {
    const values = '<m:MessageXml><t:Value Name="BackOffMilliseconds">1500</t:Value></m:MessageXml>';
    const asking = await open('DeleteFolder', bad('DeleteFolder', 'ErrorServerBusy', values));
    const error = await failure(deleteFolder(asking, 'F1'));
    assert.ok(error instanceof EwsError);
    assert.deepEqual(error.evidence, { kind: 'response', code: 'ErrorServerBusy', message: 'No.', backOffMs: 1500 });
  });

  for (const [what, messages] of [
    ['of nothing', ''],
    ['of two things', good('CreateFolder') + good('CreateFolder')],
    ['without an id', good('CreateFolder')],
  ] as const) {
    it(`does not take an answer ${what} for one about a folder`, async () => {
      const error = await failure(createFolder(await open('CreateFolder', messages), 'A'));
      assert.ok(error instanceof AnswerError && error.reason === 'unexpected', String(error));
    });
  }

  const item = (size: number, pieceSize: number, more: Partial<ItemToUpload> = {}): ItemToUpload => ({
    parentFolderId: 'F1',
    bytes: size,
    pieces: async function* () {
      for (let at = 0; at < size; at += pieceSize) {
        yield await Promise.resolve(Buffer.alloc(Math.min(pieceSize, size - at), 'abc'));
      }
    },
    ...more,
  });

  it('uploads items piece by piece and says what became of each', async () => {
    const asking = await open(
      'UploadItems',
      good('UploadItems', '<m:ItemId Id="I1" ChangeKey="x"/>') + bad('UploadItems', 'ErrorQuotaExceeded'),
    );
    const items = [item(10, 4), item(7, 3, { associated: true, replaces: 'I"9' })];
    const [first, second] = await uploadItems(asking, items);
    assert.deepEqual(first, { itemId: 'I1' });
    assert.equal(second?.itemId, undefined);
    assert.equal(second?.error?.evidence.kind === 'response' && second.error.evidence.code, 'ErrorQuotaExceeded');
    const [request = ''] = asked;
    const body = request.slice(request.indexOf('\r\n\r\n') + 4);
    assert.equal(body.length, uploadLength(asking, items));
    const data = [...body.matchAll(/<t:Data>(.*?)<\/t:Data>/g)].map(
      ([, text = '']) => Buffer.from(text, 'base64').length,
    );
    assert.deepEqual(data, [10, 7]);
    assert.match(body, /CreateAction="CreateNew" IsAssociated="false"><t:ParentFolderId Id="F1"\/><t:Data>/);
    assert.match(
      body,
      /CreateAction="Update" IsAssociated="true"><t:ParentFolderId Id="F1"\/><t:ItemId Id="I&quot;9"\/>/,
    );
  });

  it('never uploads twice, though a kept connection was closed', async () => {
    const asking = await open('UploadItems', undefined);
    await failure(uploadItems(asking, [item(3, 3)])); // Leaves a connection that is kept.
    const error = await failure(uploadItems(asking, [item(3, 3)]));
    assert.ok(error instanceof TransportError && error.reason === 'reset', String(error));
    assert.equal(asked.length, 2);
  });

  it('encodes any pieces as their whole', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 12 }), async (arrays) => {
        const buffers = arrays.map((array) => Buffer.from(array));
        const parts: Buffer[] = [];
        for await (const part of encodeBase64(asIterable(buffers))) parts.push(part);
        assert.equal(Buffer.concat(parts).toString(), Buffer.concat(buffers).toString('base64'));
      }),
    );
  });
});

async function* asIterable(buffers: readonly Buffer[]): AsyncGenerator<Buffer> {
  for (const buffer of buffers) yield await Promise.resolve(buffer);
}
