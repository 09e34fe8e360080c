import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { aadsts, at, textAt } from './support/graphClient.ts';
import { getFolder, inbox, LabClient, soap } from './support/labClient.ts';
import type { Reply } from './support/labClient.ts';
import { realClouds } from './support/realClouds.ts';

const { worldwide, gccHigh, dod, bleu } = realClouds;

describe('clouds by host names, where the tenant is in another', () => {
  let client: LabClient;
  before(async () => {
    client = await LabClient.start({ proxy: true, items: 3 });
  });
  after(() => client.close());
  beforeEach(() => client.lab.reset());

  const documentAt = async (login: string): Promise<unknown> => {
    const { domain } = client.lab.description.tenant;
    const reply = await client.send(`https://${login}/${domain}/v2.0/.well-known/openid-configuration`);
    assert.equal(reply.status, 200, reply.body);
    return JSON.parse(reply.body);
  };
  const tokenAt = (login: string, resource: string): Promise<Reply> => {
    const { clientId, secret } = client.app('Migration');
    return client.send(`https://${login}/${client.lab.description.tenant.id}/oauth2/v2.0/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        ...{ grant_type: 'client_credentials', client_id: clientId, client_secret: secret ?? '' },
        scope: `${resource}/.default`,
      }).toString(),
    });
  };
  const accessToken = async (login: string, resource: string): Promise<string> => {
    const reply = await tokenAt(login, resource);
    assert.equal(reply.status, 200, reply.body);
    return textAt(JSON.parse(reply.body), 'access_token');
  };
  const openInboxAt = (ews: string, token: string): Promise<Reply> =>
    client.send(`https://${ews}/EWS/Exchange.asmx`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'text/xml; charset=utf-8' },
      body: soap(getFolder(inbox), client.user(1).email),
    });

  for (const [cloud, name] of [
    ['gccHigh', 'MicrosoftOnline.US'],
    ['dod', 'MicrosoftOnline.US'],
    ['bleu', 'sovcloud-identity.fr'],
  ] as const) {
    const home = realClouds[cloud];
    it(`the worldwide one names it and refuses the sign-in: ${cloud}`, async () => {
      client.lab.patch({ entra: { cloud } });
      const found = await documentAt(worldwide.login);
      assert.equal(textAt(found, 'cloud_instance_name'), home.instanceName);
      assert.equal(at(found, 'tenant_region_sub_scope'), home.subScope);
      assert.equal(new URL(textAt(found, 'token_endpoint')).host, worldwide.login);
      const refused = await tokenAt(worldwide.login, `https://${worldwide.ews}`);
      assert.equal(aadsts(refused), 90038);
      assert.ok(refused.body.includes(`the National Cloud '${name}'`), refused.body);
      assert.equal((await tokenAt(home.login, `https://${home.ews}`)).status, 200);
    });

    it(`the worldwide Autodiscover leads there: ${cloud}`, async () => {
      client.lab.patch({ entra: { cloud } });
      const path = `/autodiscover/autodiscover.json/v1.0/${client.user(1).email}?Protocol=EWS`;
      const redirected = await client.send(`https://${worldwide.ews}${path}`);
      assert.equal(redirected.status, 302);
      assert.equal(redirected.headers.location, `https://${home.autodiscover}${path}`);
      const answered = await client.send(redirected.headers.location);
      assert.equal(textAt(JSON.parse(answered.body), 'Url'), `https://${home.ews}/EWS/Exchange.asmx`);
      const unknown = await client.send(`https://${worldwide.ews}${path.replace('@', '@not.')}`);
      assert.equal(unknown.status, 404);
    });
  }

  it('GCC High and DoD share the sign-in service, which has no tokens for the other’s Exchange', async () => {
    client.lab.patch({ entra: { cloud: 'dod' } });
    assert.equal(textAt(await documentAt(gccHigh.login), 'tenant_region_sub_scope'), 'DOD');
    assert.equal(aadsts(await tokenAt(gccHigh.login, `https://${gccHigh.ews}`)), 500011);
    assert.equal((await tokenAt(gccHigh.login, `https://${dod.ews}`)).status, 200);
  });

  it('a cloud’s Exchange and Graph take no token of another', async () => {
    const token = await accessToken(worldwide.login, `https://${worldwide.ews}`);
    assert.equal((await openInboxAt(worldwide.ews, token)).status, 200);
    const elsewhere = await openInboxAt(bleu.ews, token);
    assert.equal(elsewhere.status, 401);
    assert.match(String(elsewhere.headers['x-ms-diagnostics']), /^2000003;/);
    const forGraph = await accessToken(worldwide.login, `https://${worldwide.graph}`);
    const headers = { authorization: `Bearer ${forGraph}` };
    const organization = (graph: string): Promise<Reply> =>
      client.send(`https://${graph}/v1.0/organization`, { headers });
    assert.equal((await organization(worldwide.graph)).status, 403); // It is known, and may not.
    assert.match((await organization(gccHigh.graph)).body, /Invalid audience/);
  });

  for (const tenant of ['otherCloud', 'otherCloudUnnamed'] as const) {
    it(`is in GCC High by the state ${tenant}`, async () => {
      client.lab.patch({ entra: { tenant } });
      const hint = tenant === 'otherCloud' ? gccHigh.instanceName : undefined;
      assert.equal(at(await documentAt(worldwide.login), 'cloud_instance_name'), hint);
      assert.equal(aadsts(await tokenAt(worldwide.login, `https://${worldwide.ews}`)), 90038);
      assert.equal(textAt(await documentAt(gccHigh.login), 'cloud_instance_name'), gccHigh.instanceName);
      assert.equal((await tokenAt(gccHigh.login, `https://${gccHigh.ews}`)).status, 200);
    });
  }

  it('at a cloud’s host is what that host is for, and no control', async () => {
    const { email } = client.user(1);
    const { domain } = client.lab.description.tenant;
    for (const url of [
      `https://${worldwide.graph}/control`,
      `https://${worldwide.ews}/control`,
      `https://${worldwide.login}/EWS/Exchange.asmx`,
      `https://${worldwide.autodiscover}/EWS/Exchange.asmx`,
      `https://${worldwide.ews}/v1.0/me`,
      `https://${worldwide.graph}/${domain}/v2.0/.well-known/openid-configuration`,
      `https://${worldwide.login}/autodiscover/autodiscover.json/v1.0/${email}?Protocol=EWS`,
    ]) {
      assert.equal((await client.send(url)).status, 404, url);
    }
  });

  it('the lab’s own address is still every cloud at once', async () => {
    client.lab.patch({ entra: { cloud: 'china' } });
    const { authority, tenant, autodiscover, ews } = client.lab.description;
    const reply = await client.send(`${authority}/${tenant.domain}/v2.0/.well-known/openid-configuration`);
    assert.equal(new URL(textAt(JSON.parse(reply.body), 'token_endpoint')).origin, authority);
    const found = await client.send(`${autodiscover}/v1.0/${client.user(1).email}?Protocol=EWS`);
    assert.equal(textAt(JSON.parse(found.body), 'Url'), ews);
    assert.match((await client.ews(await client.appToken(), getFolder(inbox), client.user(1).email)).body, /FolderId/);
  });
});
