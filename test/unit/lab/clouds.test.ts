import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { aadsts, at, textAt } from './support/graphClient.ts';
import { getFolder, inbox, LabClient } from './support/labClient.ts';
import type { Reply } from './support/labClient.ts';
import { claimsOf } from './support/signInWalk.ts';

describe('clouds', () => {
  let client: LabClient;
  before(async () => {
    client = await LabClient.start();
  });
  after(() => client.close());
  beforeEach(() => client.lab.reset());

  const document = async (): Promise<unknown> => {
    const { authority, tenant } = client.lab.description;
    const reply = await client.send(`${authority}/${tenant.domain}/v2.0/.well-known/openid-configuration`);
    assert.equal(reply.status, 200);
    return JSON.parse(reply.body);
  };
  const checkDocument = async (instanceName: string, regionSubScope: string | undefined): Promise<void> => {
    const found = await document();
    assert.equal(at(found, 'cloud_instance_name'), instanceName);
    assert.equal(at(found, 'tenant_region_sub_scope'), regionSubScope);
  };
  const appToken = (scope: string): Promise<Reply> => {
    const { clientId, secret } = client.app('Migration');
    return client.token({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: secret ?? '',
      scope,
    });
  };

  it('are worldwide unless the state says otherwise', () => checkDocument('microsoftonline.com', undefined));

  for (const [cloud, instanceName, regionSubScope] of [
    ['worldwide', 'microsoftonline.com', undefined],
    ['gccHigh', 'microsoftonline.us', 'DODCON'],
    ['dod', 'microsoftonline.us', 'DOD'],
    ['china', 'partner.microsoftonline.cn', undefined],
    ['bleu', 'sovcloud-identity.fr', undefined],
    ['delos', 'sovcloud-identity.de', undefined],
  ] as const) {
    it(`are named by the discovery document: ${cloud}`, async () => {
      client.lab.patch({ entra: { cloud } });
      await checkDocument(instanceName, regionSubScope);
      assert.equal((await appToken('https://outlook.office365.com/.default')).status, 200);
    });
  }

  it('are another than the one asked for when the tenant is in another', async () => {
    client.lab.patch({ entra: { tenant: 'otherCloud', cloud: 'china' } });
    await checkDocument('microsoftonline.us', 'DODCON');
    assert.equal(aadsts(await appToken('https://outlook.office365.com/.default')), 90038);
  });

  for (const [otherCloudRefusal, code, text] of [
    ['redirected', 90038, /request is being redirected to the National Cloud 'MicrosoftOnline\.US'\./],
    ['confidentialClient', 900382, /Confidential Client is not supported in Cross Cloud request\./],
    ['publicEndpoint', 900439, /Send your login requests to https:\/\/login\.microsoftonline\.us instead\./],
  ] as const) {
    it(`refuse what belongs to another one, though no document named it: AADSTS${code}`, async () => {
      client.lab.patch({ entra: { tenant: 'otherCloudUnnamed', otherCloudRefusal } });
      assert.equal(at(await document(), 'cloud_instance_name'), undefined);
      const refused = await appToken('https://outlook.office365.com/.default');
      assert.equal(refused.status, 400);
      assert.equal(aadsts(refused), code);
      assert.match(textAt(JSON.parse(refused.body), 'error_description'), text);
    });
  }

  for (const host of [
    'outlook.office365.com',
    'outlook.office365.us',
    'outlook-dod.office365.us',
    'partner.outlook.cn',
    'outlook.sovcloud.fr',
    'outlook.sovcloud.de',
  ]) {
    it(`have Exchange at ${host}, for apps and users`, async () => {
      const user = client.user(1);
      const opens = async (reply: Reply, impersonate: string): Promise<void> => {
        assert.equal(reply.status, 200, reply.body);
        const token = textAt(JSON.parse(reply.body), 'access_token');
        assert.equal(claimsOf(token).aud, `https://${host}`);
        assert.match((await client.ews(token, getFolder(inbox), impersonate)).body, /<t:FolderId /);
      };
      await opens(await appToken(`https://${host}/.default`), user.email);
      const byPassword = await client.token({
        grant_type: 'password',
        client_id: client.app('Public client').clientId,
        username: user.email,
        password: user.password,
        scope: `https://${host}/EWS.AccessAsUser.All`,
      });
      await opens(byPassword, '');
      client.lab.patch({ entra: { exchangeSubscribed: false } });
      assert.equal(aadsts(await appToken(`https://${host}/.default`)), 500011);
    });
  }
});
