import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { probeAccess } from '../../../src/ews/accessProbe.ts';
import { bearer } from '../../../src/ews/authorization/bearer.ts';
import { EwsSession } from '../../../src/ews/ewsSession.ts';
import { exportItems } from '../../../src/ews/exportItems.ts';
import { EwsLibrary } from '../../../src/ews/library/ewsLibrary.ts';
import type { Http, HttpRequest } from '../../../src/ews/transport/httpClient.ts';
import { readXml } from '../../lab/ews/xmlReader.ts';
import type { XmlElement } from '../../lab/ews/xmlReader.ts';

/** Keeps the bodies of requests and answers none of them. */
class Recorder implements Http {
  readonly bodies: string[] = [];

  request(): Promise<never> {
    return Promise.reject(new Error('not used'));
  }

  stream({ body }: HttpRequest): Promise<never> {
    this.bodies.push(typeof body === 'string' ? body : '');
    return Promise.reject(new Error('no answer'));
  }
}

/** Names of an element and of all within it, as `m:FindFolder(m:FolderShape(…))`. */
function shapeOf({ name, children }: XmlElement): string {
  return children.length === 0 ? name : `${name}(${children.map(shapeOf).join(' ')})`;
}

const odd = `a&b<c>"d'@contoso.com`;
const impersonation = 't:ExchangeImpersonation(t:ConnectingSID(t:PrimarySmtpAddress))';

describe('The requests to EWS', () => {
  let library: EwsLibrary;
  before(() => {
    library = new EwsLibrary(new URL('../../../src/ews/library/worker.ts', import.meta.url));
  });
  after(() => library.dispose());

  const record = async (send: (http: Http, session: EwsSession) => Promise<unknown>): Promise<XmlElement> => {
    const http = new Recorder();
    const session = new EwsSession({
      url: 'https://server.example/EWS/Exchange.asmx',
      authorization: bearer(() => Promise.resolve('token')),
      anchorMailbox: odd,
      userAgent: '',
    });
    await assert.rejects(send(http, session));
    assert.equal(http.bodies.length, 1);
    return readXml(http.bodies[0] ?? '') ?? assert.fail('the request is not well-formed');
  };
  const withSignal = (http: Http, session: EwsSession, impersonate?: string) => ({
    http,
    session,
    signal: new AbortController().signal,
    ...(impersonate !== undefined && { impersonate }),
  });
  const textOf = (element: XmlElement, name: string): string | undefined =>
    element.name === name
      ? element.text
      : element.children.map((each) => textOf(each, name)).find((text) => text !== undefined);
  const idOf = (element: XmlElement, name: string): string | undefined =>
    element.name === name
      ? element.attributes.get('Id')
      : element.children.map((each) => idOf(each, name)).find((id) => id !== undefined);

  it('probe access without a mailbox and without impersonation', async () => {
    const request = await record((http, session) => probeAccess(http, session));
    assert.equal(
      shapeOf(request),
      's:Envelope(s:Header(t:RequestServerVersion) s:Body(m:GetServerTimeZones(m:Ids(t:Id))))',
    );
  });

  it('export items by their ids, on behalf of the mailbox’s owner', async () => {
    const request = await record((http, session) => exportItems(http, session, ['A&"<', 'B'], odd, () => undefined));
    assert.equal(
      shapeOf(request),
      `s:Envelope(s:Header(t:RequestServerVersion ${impersonation}) s:Body(m:ExportItems(m:ItemIds(t:ItemId t:ItemId))))`,
    );
    assert.equal(idOf(request, 't:ItemId'), 'A&"<');
    assert.equal(textOf(request, 't:PrimarySmtpAddress'), odd);
  });

  it('export at most a hundred items at once', async () => {
    const ids = Array.from({ length: 101 }, String);
    const http = new Recorder();
    const session = new EwsSession({
      url: '',
      authorization: bearer(() => Promise.resolve('')),
      anchorMailbox: '',
      userAgent: '',
    });
    await assert.rejects(
      exportItems(http, session, ids, undefined, () => undefined),
      RangeError,
    );
    assert.deepEqual(http.bodies, []);
  });

  it('find folders below the root of the mailbox, as its owner or by Full Access', async () => {
    for (const impersonate of [odd, undefined]) {
      const request = await record((http, session) =>
        library.run('findFolders', { offset: 0, pageSize: 1000 }, withSignal(http, session, impersonate)),
      );
      const shape = shapeOf(request);
      assert.match(shape, /^s:Envelope\(s:Header\(t:RequestServerVersion/);
      assert.match(
        shape,
        /m:FindFolder\(m:FolderShape\(t:BaseShape t:AdditionalProperties\(t:FieldURI t:FieldURI t:FieldURI\)\) m:IndexedPageFolderView m:ParentFolderIds\(t:DistinguishedFolderId\(t:Mailbox\(t:EmailAddress/,
      );
      assert.equal(shape.includes('t:ExchangeImpersonation(t:ConnectingSID('), impersonate !== undefined);
      assert.equal(idOf(request, 't:DistinguishedFolderId'), 'msgfolderroot');
      assert.equal(textOf(request, 't:EmailAddress'), odd);
    }
  });

  it('find items of one folder', async () => {
    const request = await record((http, session) =>
      library.run('findItems', { folderId: 'F&1', offset: 40, pageSize: 20 }, withSignal(http, session, odd)),
    );
    assert.match(
      shapeOf(request),
      /m:FindItem\(m:ItemShape\(t:BaseShape t:AdditionalProperties\(t:FieldURI\)\) m:IndexedPageItemView m:ParentFolderIds\(t:FolderId\)\)/,
    );
    assert.equal(idOf(request, 't:FolderId'), 'F&1');
  });
});
