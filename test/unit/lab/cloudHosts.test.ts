import assert from 'node:assert/strict';
import { ConfidentialClientApplication, PublicClientApplication } from '@azure/msal-node';
import { after, before, beforeEach, describe, it } from 'mocha';
import { aadsts, at, GraphClient, listed, textAt } from './support/graphClient.ts';
import { getFolder, inbox, LabClient, soap } from './support/labClient.ts';
import type { Reply } from './support/labClient.ts';
import { networkOver } from './support/msalNetwork.ts';
import { realCloudNames, realClouds } from './support/realClouds.ts';
import { claimsOf, newVerifier, redirectUri, SignInWalk } from './support/signInWalk.ts';

for (const name of realCloudNames) {
  const { login, graph, ews, autodiscover, instanceName, subScope } = realClouds[name];

  describe(`the cloud ${name} by its host names, through the proxy`, () => {
    let client: LabClient;
    before(async () => {
      client = await LabClient.start({ proxy: true, items: 3 });
    });
    after(() => client.close());
    beforeEach(() => {
      client.lab.reset();
      client.lab.patch({ entra: { cloud: name } });
    });

    const get = async (url: string): Promise<unknown> => {
      const reply = await client.send(url);
      assert.equal(reply.status, 200, reply.body);
      return JSON.parse(reply.body);
    };
    const authority = (): string => `https://${login}/${client.lab.description.tenant.id}`;
    const appToken = async (resource: string): Promise<string> => {
      const { clientId, secret } = client.app('Migration');
      const msal = new ConfidentialClientApplication({
        auth: { clientId, clientSecret: secret ?? '', authority: authority() },
        system: { networkClient: networkOver(client) },
      });
      const result = await msal.acquireTokenByClientCredential({ scopes: [`${resource}/.default`] });
      return result?.accessToken ?? '';
    };
    const openInbox = (token: string, impersonate: string): Promise<Reply> =>
      client.send(`https://${ews}/EWS/Exchange.asmx`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'text/xml; charset=utf-8' },
        body: soap(getFolder(inbox), impersonate),
      });

    it('describes itself', async () => {
      const { tenant } = client.lab.description;
      const found = await get(`https://${login}/${tenant.domain}/v2.0/.well-known/openid-configuration`);
      assert.equal(textAt(found, 'issuer'), `https://${login}/${tenant.id}/v2.0`);
      for (const endpoint of ['token', 'authorization', 'device_authorization', 'end_session']) {
        assert.equal(new URL(textAt(found, `${endpoint}_endpoint`)).origin, `https://${login}`);
      }
      assert.equal(textAt(found, 'msgraph_host'), graph);
      assert.equal(textAt(found, 'cloud_instance_name'), instanceName);
      assert.equal(at(found, 'tenant_region_sub_scope'), subScope);
      const keys = await get(textAt(found, 'jwks_uri'));
      assert.equal(textAt(keys, 'keys', 0, 'issuer'), `https://${login}/{tenantid}/v2.0`);
    });

    it('names every cloud’s sign-in service', async () => {
      const instance = (host: string): string => {
        const about = new URLSearchParams({ authorization_endpoint: `https://${host}/contoso/oauth2/v2.0/authorize` });
        return `https://${login}/common/discovery/instance?api-version=1.1&${about.toString()}`;
      };
      for (const cloud of Object.values(realClouds)) {
        const found = await get(instance(cloud.login));
        assert.ok(JSON.stringify(at(found, 'metadata')).includes(`"${cloud.login}"`));
        const expected = `https://${cloud.login}/contoso/v2.0/.well-known/openid-configuration`;
        assert.equal(textAt(found, 'tenant_discovery_endpoint'), expected);
      }
      assert.equal(aadsts(await client.send(instance('login.example'))), 50049);
    });

    it('gives MSAL, which knows its addresses itself, an app’s token that opens a mailbox', async () => {
      const token = await appToken(`https://${ews}`);
      assert.equal(claimsOf(token).aud, `https://${ews}`);
      assert.match((await openInbox(token, client.user(1).email)).body, /<t:FolderId /);
    });

    it('signs a user in on its pages, for its Graph and its mailbox', async () => {
      const msal = new PublicClientApplication({
        auth: { clientId: client.app('Public client').clientId, authority: authority() },
        system: { networkClient: networkOver(client) },
      });
      const scopes = [`https://${graph}/User.Read.All`];
      const { verifier, challenge } = newVerifier();
      const url = await msal.getAuthCodeUrl({
        ...{ scopes, redirectUri, extraScopesToConsent: [`https://${ews}/EWS.AccessAsUser.All`] },
        ...{ codeChallenge: challenge, codeChallengeMethod: 'S256' },
      });
      assert.equal(new URL(url).host, login);
      const walk = await (await SignInWalk.open(client, url)).signIn(client.user(0));
      const code = walk.response.get('code') ?? '';
      const { account, accessToken } = await msal.acquireTokenByCode({
        scopes,
        redirectUri,
        code,
        codeVerifier: verifier,
      });
      assert.equal(claimsOf(accessToken).aud, `https://${graph}`);
      const users = await new GraphClient(client, accessToken).get(`https://${graph}/v1.0/users?$top=1`);
      assert.equal(listed(users).length, 1);
      assert.equal(new URL(textAt(users.json, '@odata.nextLink')).host, graph);
      assert.equal(new URL(textAt(users.json, '@odata.context')).host, graph);

      assert.ok(account);
      const silent = { account, scopes: [`https://${ews}/EWS.AccessAsUser.All`] };
      const mailbox = await msal.acquireTokenSilent(silent);
      assert.match((await openInbox(mailbox.accessToken, '')).body, /<t:FolderId /);
    });

    it('names its EWS address by Autodiscover, and itself where it wants a token', async () => {
      const expected = { Protocol: 'EWS', Url: `https://${ews}/EWS/Exchange.asmx` };
      for (const host of [ews, autodiscover]) {
        const url = `https://${host}/autodiscover/autodiscover.json/v1.0/${client.user(1).email}?Protocol=EWS`;
        assert.deepEqual(await get(url), expected);
      }
      const wanted = `authorization_uri="https://${login}/common/oauth2/authorize"`;
      const refused = [await openInbox('nonsense', ''), await client.send(`https://${graph}/v1.0/me`)];
      for (const { status, headers } of refused) {
        assert.equal(status, 401);
        assert.ok(headers['www-authenticate']?.includes(wanted), headers['www-authenticate']);
      }
    });
  });
}
