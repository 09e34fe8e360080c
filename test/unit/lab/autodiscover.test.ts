import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { LabClient } from './support/labClient.ts';

describe('Autodiscover v2', () => {
  let client: LabClient;
  before(async () => {
    client = await LabClient.start();
  });
  after(() => client.close());
  beforeEach(() => client.lab.reset());
  const ask = (rest: string): ReturnType<LabClient['send']> =>
    client.send(`${client.lab.description.autodiscover}${rest}`);

  it('names the EWS address in both spellings of the question', async () => {
    const expected = { Protocol: 'EWS', Url: client.lab.description.ews };
    const { email } = client.user(1);
    assert.deepEqual(JSON.parse((await ask(`/v1.0/${email}?Protocol=EWS`)).body), expected);
    assert.deepEqual(JSON.parse((await ask(`/v1.0/${encodeURIComponent(email)}?Protocol=ews`)).body), expected);
    assert.deepEqual(JSON.parse((await ask(`?Email=${email}&Protocol=EWS&RedirectCount=3`)).body), expected);
  });

  it('refuses what it does not know', async () => {
    const { email } = client.user(1);
    const protocol = await ask(`/v1.0/${email}?Protocol=Pigeon`);
    assert.equal(protocol.status, 400);
    assert.match(protocol.body, /"ErrorCode":"InvalidProtocol"/);
    assert.match((await ask(`/v1.0/${email}`)).body, /"ErrorCode":"MandatoryParameterMissing"/);
    assert.equal((await ask('/v1.0/nobody@elsewhere.example?Protocol=EWS')).status, 404);
    assert.equal((await ask('/v1.0/nonsense?Protocol=EWS')).status, 400);
  });

  it('redirects when it is told to', async () => {
    client.lab.patch({ autodiscover: { redirectUrl: 'https://autodiscover.elsewhere.example/autodiscover.json' } });
    const reply = await ask(`/v1.0/${client.user(1).email}?Protocol=EWS`);
    assert.equal(reply.status, 302);
    assert.equal(reply.headers.location, 'https://autodiscover.elsewhere.example/autodiscover.json');
  });
});

describe('SOAP Autodiscover', () => {
  let client: LabClient;
  before(async () => {
    client = await LabClient.start();
  });
  after(() => client.close());

  const ask = (authorization: string, email: string): ReturnType<LabClient['send']> =>
    client.send(new URL('/autodiscover/autodiscover.svc', client.lab.description.authority).href, {
      method: 'POST',
      headers: { authorization, 'content-type': 'text/xml; charset=utf-8' },
      body: `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:x="http://schemas.microsoft.com/exchange/2010/Autodiscover"><s:Body><x:GetUserSettingsRequestMessage><x:Request><x:Users><x:User><x:Mailbox>${email}</x:Mailbox></x:User></x:Users><x:RequestedSettings><x:Setting>ExternalEwsUrl</x:Setting><x:Setting>MobileMailboxPolicy</x:Setting></x:RequestedSettings></x:Request></x:GetUserSettingsRequestMessage></s:Body></s:Envelope>`,
    });

  it('wants a token, gives the EWS address, and says which setting it does not have', async () => {
    const { email } = client.user(1);
    assert.equal((await ask('', email)).status, 401);
    const reply = await ask(`Bearer ${await client.appToken()}`, email);
    assert.equal(reply.status, 200);
    assert.ok(reply.body.includes(`<Name>ExternalEwsUrl</Name><Value>${client.lab.description.ews}</Value>`));
    assert.match(reply.body, /SettingIsNotAvailable.*<SettingName>MobileMailboxPolicy</);
  });

  it('knows who has no mailbox', async () => {
    const reply = await ask(`Bearer ${await client.appToken()}`, 'nobody@elsewhere.example');
    assert.match(reply.body, /<UserResponse><ErrorCode>InvalidUser</);
  });
});
