import { PublicClientApplication } from '@azure/msal-node';
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { makeAppCertificate } from '../../lab/certificates.ts';
import type { AppCertificate } from '../../lab/certificates.ts';
import {
  aadsts,
  at,
  exchangeAppId,
  fullAccessAsApp,
  GraphClient,
  graphToken,
  keyCredential,
  listed,
  signInByCertificate,
  textAt,
} from './support/graphClient.ts';
import { getFolder, inbox, LabClient } from './support/labClient.ts';
import { networkOver } from './support/msalNetwork.ts';
import {
  authorizationCode,
  claimsOf,
  ewsScope,
  graphClient,
  newVerifier,
  redirectUri,
  SignInWalk,
} from './support/signInWalk.ts';

describe('registration of an app by who signs in for it', () => {
  let client: LabClient;
  let identity: AppCertificate;
  before(async () => {
    [client, identity] = await Promise.all([LabClient.start(), makeAppCertificate('Registered')]);
  });
  after(() => client.close());
  beforeEach(() => client.lab.reset());

  const permissions = ['Application.ReadWrite.All', 'AppRoleAssignment.ReadWrite.All'];
  const scopes = permissions.map((name) => `https://graph.microsoft.com/${name}`);
  const bootstrap = () => {
    const { authority, tenant } = client.lab.description;
    return new PublicClientApplication({
      auth: {
        clientId: graphClient,
        authority: `${authority}/${tenant.id}`,
        knownAuthorities: [new URL(authority).host],
      },
      system: { networkClient: networkOver(client) },
    });
  };

  it('goes from the sign-in with the command line tools to the mailbox that the new app opens', async () => {
    client.lab.patch({ entra: { consentGranted: false, mfaRequired: true } });
    const msal = bootstrap();
    const { verifier, challenge } = newVerifier();
    const url = await msal.getAuthCodeUrl({
      scopes,
      redirectUri,
      state: 'state-1',
      codeChallenge: challenge,
      codeChallengeMethod: 'S256',
    });
    const walk = await (await SignInWalk.open(client, url)).signIn(client.user(0));
    await walk.click('Approve');
    for (const name of permissions) assert.ok(walk.text.includes(`(${name})`), walk.text);
    const { response } = await walk.click('Accept');
    assert.equal(response.get('state'), 'state-1');
    const { accessToken } = await msal.acquireTokenByCode({
      scopes,
      redirectUri,
      code: response.get('code') ?? '',
      codeVerifier: verifier,
    });
    // From here on an app's permission needs the grant alone, which the state's consentGranted stands for.
    client.lab.patch({ entra: { consentGranted: true, mfaRequired: false } });

    const graph = new GraphClient(client, accessToken);
    const names = listed(await graph.get('/applications')).map((one) => at(one, 'displayName'));
    assert.deepEqual(names, ['Migration', 'No permission', 'Public client']);
    const { id, appId } = await graph.createApp('Mail Migration', {
      signInAudience: 'AzureADMyOrg',
      requiredResourceAccess: [
        { resourceAppId: exchangeAppId, resourceAccess: [{ id: fullAccessAsApp, type: 'Role' }] },
      ],
    });
    const key = await graph.send('PATCH', `/applications/${id}`, { keyCredentials: [keyCredential(identity)] });
    assert.equal(key.status, 204, key.body);
    const granted = await graph.grant(await graph.createPrincipal(appId), exchangeAppId, fullAccessAsApp);
    assert.equal(granted.status, 201, granted.body);

    const signedIn = await signInByCertificate(client, appId, identity);
    assert.equal(signedIn.status, 200, signedIn.body);
    const token = textAt(JSON.parse(signedIn.body), 'access_token');
    const opened = await client.ews(token, getFolder(inbox), client.user(1).email);
    assert.match(opened.body, /<t:FolderId /);
  });

  for (const [role, template] of [
    ['globalAdministrator', '62e90394-69f5-4237-9190-012177145e10'],
    ['applicationAdministrator', '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3'],
  ] as const) {
    it(`lets the role ${role} consent, and names it in the token`, async () => {
      client.lab.patch({ entra: { consentGranted: false }, graph: { role } });
      const changes = { client_id: graphClient, scope: scopes.join(' ') };
      const walk = await (await SignInWalk.authorize(client, changes)).signIn(client.user(0));
      const { response } = await walk.click('Accept');
      const reply = await client.token({
        grant_type: 'authorization_code',
        client_id: graphClient,
        code: response.get('code') ?? '',
        redirect_uri: redirectUri,
      });
      const { wids } = claimsOf(textAt(JSON.parse(reply.body), 'access_token'));
      assert.ok(Array.isArray(wids) && wids.includes(template));
    });
  }

  it('sends who has no role any more to an administrator', async () => {
    client.lab.patch({ entra: { consentGranted: false }, graph: { role: 'user' } });
    const changes = { client_id: graphClient, scope: scopes.join(' ') };
    const walk = await (await SignInWalk.authorize(client, changes)).signIn(client.user(0));
    assert.match(walk.text, /Need admin approval .*AADSTS90094: /);
  });

  it('makes public clients too, which need isFallbackPublicClient for a device code', async () => {
    const graph = new GraphClient(client, await graphToken(client));
    const { id, appId } = await graph.createApp('Desktop', { publicClient: { redirectUris: ['http://localhost'] } });
    const deviceCode = async () => {
      const { authority, tenant } = client.lab.description;
      return client.send(`${authority}/${tenant.id}/oauth2/v2.0/devicecode`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ client_id: appId, scope: ewsScope }).toString(),
      });
    };
    const redeemed = await client.token({
      grant_type: 'authorization_code',
      client_id: appId,
      code: await authorizationCode(client, client.user(1), { client_id: appId }),
      redirect_uri: redirectUri,
    });
    assert.equal(redeemed.status, 200, redeemed.body);
    const renewed = await client.token({
      grant_type: 'refresh_token',
      client_id: appId,
      refresh_token: textAt(JSON.parse(redeemed.body), 'refresh_token'),
    });
    assert.equal(renewed.status, 200, renewed.body);
    assert.equal(aadsts(await deviceCode()), 7000218);
    await graph.send('PATCH', `/applications/${id}`, { isFallbackPublicClient: true });
    assert.equal((await deviceCode()).status, 200);
    await graph.send('PATCH', `/applications/${id}`, { publicClient: { redirectUris: [] } });
    assert.ok(await authorizationCode(client, client.user(1), { client_id: appId }));
  });
});
