import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import type { Reply } from './support/labClient.ts';
import { basic, OnPremisesClient } from './support/onPremisesClient.ts';

const address = 'reception@contoso-lab.example';
const responseSchema = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a';
const pox = (email = address, schema = responseSchema): string =>
  `<?xml version="1.0"?><Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006"><Request><EMailAddress>${email}</EMailAddress><AcceptableResponseSchema>${schema}</AcceptableResponseSchema></Request></Autodiscover>`;
const soap = (email = address): string =>
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:a="http://schemas.microsoft.com/exchange/2010/Autodiscover"><s:Header><a:RequestedServerVersion>Exchange2013</a:RequestedServerVersion></s:Header><s:Body><a:GetUserSettingsRequestMessage><a:Request><a:Users><a:User><a:Mailbox>${email}</a:Mailbox></a:User></a:Users><a:RequestedSettings><a:Setting>InternalEwsUrl</a:Setting><a:Setting>ExternalEwsUrl</a:Setting><a:Setting>CasVersion</a:Setting></a:RequestedSettings></a:Request></a:GetUserSettingsRequestMessage></s:Body></s:Envelope>`;

/** The text of the first element of a name. */
const textIn = (body: string, name: string): string | undefined => new RegExp(`<${name}>([^<]*)<`).exec(body)?.[1];
const settingIn = (body: string, name: string): string | undefined =>
  new RegExp(`<Name>${name}</Name><Value>([^<]*)<`).exec(body)?.[1];
const protocol = (body: string, type: string): string =>
  new RegExp(`<Type>${type}</Type>.*?</Protocol>`).exec(body)?.[0] ?? '';

describe('Autodiscover on premises', () => {
  let client: OnPremisesClient;
  let ews: string;
  before(async () => {
    client = await OnPremisesClient.start();
    ews = client.server.description.ews;
  });
  after(() => client.close());
  beforeEach(() => client.server.reset());

  const ask = (file: string, body: string, name = 'Reception'): Promise<Reply> =>
    client.connect().ask(`${client.server.description.autodiscover}/${file}`, body, {
      'content-type': 'text/xml; charset=utf-8',
      authorization: basic(client.account(name)),
    });

  it('is for who has signed in, by NTLM, too', async () => {
    const { autodiscover } = client.server.description;
    const connection = client.connect();
    const plain = { 'content-type': 'text/xml' };
    assert.equal((await connection.ask(`${autodiscover}/autodiscover.xml`, pox(), plain)).status, 401);
    assert.equal((await connection.ask(`${autodiscover}/autodiscover.svc`, soap(), plain)).status, 401);
    await connection.ntlm('', client.identity('Reception'));
    assert.equal((await connection.ask(`${autodiscover}/autodiscover.xml`, pox(), plain)).status, 200);
    assert.equal((await ask('autodiscover.json', '')).status, 404);
  });

  it('names the EWS address for inside and outside in plain XML', async () => {
    client.server.patch({
      version: 'SE',
      autodiscover: { externalEwsUrl: 'https://mail.contoso.example/EWS/Exchange.asmx' },
    });
    const { status, body } = await ask('Autodiscover.xml', pox(address.toUpperCase()));
    assert.equal(status, 200);
    assert.equal(textIn(body, 'AutoDiscoverSMTPAddress'), address);
    assert.equal(textIn(body, 'Action'), 'settings');
    assert.equal(textIn(protocol(body, 'EXCH'), 'EwsUrl'), ews);
    assert.equal(textIn(protocol(body, 'EXCH'), 'ServerVersion'), '73C28A02', '15.2.2562');
    assert.equal(textIn(protocol(body, 'EXPR'), 'EwsUrl'), 'https://mail.contoso.example/EWS/Exchange.asmx');
    client.server.patch({ autodiscover: { hasExternalEwsUrl: false } });
    assert.equal(textIn(protocol((await ask('autodiscover.xml', pox())).body, 'EXPR'), 'EwsUrl'), undefined);
  });

  it('refuses in plain XML by the codes of Exchange', async () => {
    const code = async (body: string): Promise<string | undefined> =>
      textIn((await ask('autodiscover.xml', body)).body, 'ErrorCode');
    assert.equal(await code('nonsense'), '600');
    assert.equal(await code(pox(address, 'http://schemas.example/mobile')), '601');
    assert.equal(await code(pox('nobody@contoso-lab.example')), '500');
    client.server.patch({ autodiscover: { mailboxKnown: false } });
    assert.equal(await code(pox()), '500');
  });

  it('gives the settings by SOAP', async () => {
    const { body } = await ask('autodiscover.svc', soap());
    assert.equal(settingIn(body, 'InternalEwsUrl'), ews);
    assert.equal(settingIn(body, 'ExternalEwsUrl'), ews);
    assert.equal(settingIn(body, 'CasVersion'), '15.2.1748.10');
    assert.equal(client.server.requests().at(-1)?.operation, 'GetUserSettingsRequestMessage');
    client.server.patch({ autodiscover: { hasExternalEwsUrl: false } });
    const without = (await ask('autodiscover.svc', soap())).body;
    assert.match(without, /<ErrorCode>SettingIsNotAvailable<\/ErrorCode>.*<SettingName>ExternalEwsUrl</);
    assert.equal(
      textIn((await ask('autodiscover.svc', soap('nobody@contoso-lab.example'))).body, 'UserResponse><ErrorCode'),
      'InvalidUser',
    );
  });

  it('sends clients elsewhere when it is told to', async () => {
    client.server.patch({ autodiscover: { redirectAddress: 'r@fabrikam.example' } });
    assert.equal(textIn((await ask('autodiscover.xml', pox())).body, 'RedirectAddr'), 'r@fabrikam.example');
    const soapAnswer = (await ask('autodiscover.svc', soap())).body;
    assert.equal(textIn(soapAnswer, 'UserResponse><ErrorCode'), 'RedirectAddress');
    assert.equal(textIn(soapAnswer, 'RedirectTarget'), 'r@fabrikam.example');
    client.server.patch({ autodiscover: { redirectAddress: null, redirectUrl: 'https://other.example/a.xml' } });
    assert.equal(textIn((await ask('autodiscover.xml', pox())).body, 'RedirectUrl'), 'https://other.example/a.xml');
    assert.equal(textIn((await ask('autodiscover.svc', soap())).body, 'RedirectTarget'), 'https://other.example/a.xml');
  });
});
