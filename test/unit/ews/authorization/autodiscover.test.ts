import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'mocha';
import { NtlmAuthorization } from '../../../../src/ews/authorization/ntlm.ts';
import { poxRequest, readPox } from '../../../../src/ews/onPremisesAutodiscover/pox.ts';
import { readSoap, soapRequest } from '../../../../src/ews/onPremisesAutodiscover/soap.ts';
import { collect } from '../../../../src/ews/transport/answer.ts';
import { HttpClient } from '../../../../src/ews/transport/httpClient.ts';
import { trustedCas } from '../../../../src/ews/transport/trustedCas.ts';
import { startOnPremises } from '../../../lab/onPremises/onPremises.ts';
import type { OnPremises } from '../../../lab/onPremises/onPremises.ts';

describe('Autodiscover of an Exchange server on premises', () => {
  let server: OnPremises;
  let client: HttpClient;
  before(async () => {
    server = await startOnPremises();
    client = new HttpClient(trustedCas(await readFile(server.description.ca, 'utf8')));
  });
  after(async () => {
    client.close();
    await server.close();
  });

  const ask = async (file: string, body: string): Promise<string> => {
    const { logon, password } = server.description.accounts[0] ?? assert.fail();
    const http = client.within({ signal: new AbortController().signal });
    const response = await new NtlmAuthorization({ userName: logon, password }).send(
      http,
      ({ authorization, connection, bodiless }) =>
        http.stream({
          ...{ method: 'POST', url: `${server.description.autodiscover}/${file}`, body: bodiless ? '' : body },
          ...(connection && { connection }),
          headers: { 'content-type': 'text/xml; charset=utf-8', ...(authorization && { authorization }) },
        }),
    );
    return (await collect(response)).toString();
  };
  const mailbox = (): string => server.description.accounts[1]?.email ?? assert.fail();

  it('names EWS by plain XML and by SOAP', async () => {
    const expected = { kind: 'ews', urls: [server.description.ews] };
    const url = `${server.description.autodiscover}/autodiscover.svc`;
    assert.deepEqual(readPox(await ask('autodiscover.xml', poxRequest(mailbox()))), expected);
    assert.deepEqual(readSoap(await ask('autodiscover.svc', soapRequest(mailbox(), url))), expected);
  });

  it('knows no stranger', async () => {
    const url = `${server.description.autodiscover}/autodiscover.svc`;
    const stranger = `nobody@${server.description.domain}`;
    assert.deepEqual(readPox(await ask('autodiscover.xml', poxRequest(stranger))), { kind: 'unknownMailbox' });
    assert.deepEqual(readSoap(await ask('autodiscover.svc', soapRequest(stranger, url))), { kind: 'unknownMailbox' });
  });
});
