import { InteractionRequiredAuthError, PublicClientApplication } from '@azure/msal-node';
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import type { DescribedUser } from '../../lab/description.ts';
import { LabClient } from './support/labClient.ts';
import { networkOver } from './support/msalNetwork.ts';
import { claimsOf, ewsScope, graphClient, newVerifier, redirectUri, SignInWalk } from './support/signInWalk.ts';

describe('interactive sign-in with MSAL', () => {
  let client: LabClient;
  before(async () => {
    client = await LabClient.start();
  });
  after(() => client.close());
  beforeEach(() => client.lab.reset());

  const scopes = [ewsScope];
  const azureCli = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';
  const application = (clientId = client.app('Public client').clientId): PublicClientApplication => {
    const { authority, tenant } = client.lab.description;
    return new PublicClientApplication({
      auth: { clientId, authority: `${authority}/${tenant.id}`, knownAuthorities: [new URL(authority).host] },
      system: { networkClient: networkOver(client) },
    });
  };
  const byCode = async (msal: PublicClientApplication, user: DescribedUser, wanted = scopes) => {
    const { verifier, challenge } = newVerifier();
    const request = { scopes: wanted, redirectUri, nonce: 'nonce-1', state: 'state-1' };
    const url = await msal.getAuthCodeUrl({ ...request, codeChallenge: challenge, codeChallengeMethod: 'S256' });
    const { response } = await (await SignInWalk.open(client, url)).signIn(user);
    assert.equal(response.get('state'), 'state-1');
    return msal.acquireTokenByCode(
      { scopes: wanted, redirectUri, code: response.get('code') ?? '', codeVerifier: verifier },
      { nonce: 'nonce-1', code: response.get('code') ?? '' },
    );
  };
  const silently = async (msal: PublicClientApplication, wanted = scopes, forceRefresh = true) => {
    const [account] = await msal.getTokenCache().getAllAccounts();
    assert.ok(account);
    return msal.acquireTokenSilent({ account, scopes: wanted, forceRefresh });
  };

  it('gives a token for a code, keeps it, and renews it', async () => {
    const msal = application();
    const result = await byCode(msal, client.user(1));
    assert.equal(result.account?.username, client.user(1).email);
    assert.deepEqual(result.scopes, scopes);
    assert.equal((await silently(msal, scopes, false)).accessToken, result.accessToken);
    const renewed = await silently(msal);
    assert.notEqual(renewed.accessToken, result.accessToken);
    assert.equal(claimsOf(renewed.accessToken).scp, 'EWS.AccessAsUser.All');
  });

  it('gives the command line tools a token for Graph, then one for another permission of it', async () => {
    const msal = application(graphClient);
    const wanted = ['https://graph.microsoft.com/Application.ReadWrite.All'];
    const result = await byCode(msal, client.user(0), wanted);
    assert.equal(claimsOf(result.accessToken).aud, 'https://graph.microsoft.com');
    assert.equal((await silently(msal, wanted, false)).fromCache, true);
    const more = await silently(msal, ['https://graph.microsoft.com/User.Read'], false);
    assert.match(String(claimsOf(more.accessToken).scp), /User\.Read/);
  });

  it('gives Azure CLI, without asking, the permissions of Graph that Microsoft gave it', async () => {
    client.lab.patch({ entra: { consentGranted: false } });
    // It writes the resource with a slash of its own.
    const wanted = ['https://graph.microsoft.com//.default'];
    const result = await byCode(application(azureCli), client.user(0), wanted);
    const names = String(claimsOf(result.accessToken).scp).split(' ');
    assert.ok(['Application.ReadWrite.All', 'AppRoleAssignment.ReadWrite.All'].every((name) => names.includes(name)));
  });

  it('gives a token for a device code', async () => {
    client.lab.patch({ entra: { deviceCodeIntervalSeconds: 0.02 } });
    const msal = application();
    let walked: Promise<unknown> = Promise.resolve();
    const result = await msal.acquireTokenByDeviceCode({
      scopes,
      deviceCodeCallback: ({ verificationUri, userCode }) => {
        walked = SignInWalk.open(client, verificationUri)
          .then((walk) => walk.click('Next', { code: userCode }))
          .then((walk) => walk.signIn(client.user(1)));
      },
    });
    await walked;
    assert.equal(result?.account?.username, client.user(1).email);
    assert.ok((await silently(msal)).accessToken);
  });

  it('says that a device code was declined', async () => {
    client.lab.patch({ entra: { deviceCodeIntervalSeconds: 0.02 } });
    let walked: Promise<unknown> = Promise.resolve();
    const asked = application().acquireTokenByDeviceCode({
      scopes,
      deviceCodeCallback: ({ verificationUri, userCode }) => {
        walked = SignInWalk.open(client, verificationUri)
          .then((walk) => walk.click('Next', { code: userCode }))
          .then((walk) => walk.click('Cancel'));
      },
    });
    await assert.rejects(asked, /authorization_declined/);
    await walked;
  });

  for (const refreshTokens of ['revoked', 'expired', 'signInFrequency'] as const) {
    it(`wants the user again when refresh tokens are ${refreshTokens}`, async () => {
      const msal = application();
      await byCode(msal, client.user(1));
      client.lab.patch({ entra: { refreshTokens } });
      await assert.rejects(silently(msal), InteractionRequiredAuthError);
    });
  }

  it('renews what it got for e-mail and password', async () => {
    const msal = application();
    const { email, password } = client.user(1);
    await msal.acquireTokenByUsernamePassword({ scopes, username: email, password });
    assert.ok((await silently(msal)).accessToken);
  });
});
