import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import type { LabStatePatch } from '../../lab/lab.ts';
import { getFolder, inbox, LabClient } from './support/labClient.ts';
import type { Reply } from './support/labClient.ts';
import {
  authorizationCode,
  claimsOf,
  ewsScope,
  fieldsOf,
  graphClient,
  newVerifier,
  redirectUri,
  SignInWalk,
} from './support/signInWalk.ts';

const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10';

describe('codes and refresh tokens', () => {
  let client: LabClient;
  before(async () => {
    client = await LabClient.start();
  });
  after(() => client.close());
  beforeEach(() => client.lab.reset());

  const redeem = (code: string, more: Readonly<Record<string, string>> = {}): Promise<Reply> =>
    client.token({
      grant_type: 'authorization_code',
      client_id: client.app('Public client').clientId,
      code,
      redirect_uri: redirectUri,
      ...more,
    });
  const refresh = (token: string, more: Readonly<Record<string, string>> = {}): Promise<Reply> =>
    client.token({
      grant_type: 'refresh_token',
      client_id: client.app('Public client').clientId,
      refresh_token: token,
      ...more,
    });
  const refreshToken = async (): Promise<string> =>
    fieldsOf(await redeem(await authorizationCode(client))).refresh_token ?? '';
  const assertRefused = (reply: Reply, error: string, code: number): void => {
    const fields = fieldsOf(reply);
    assert.equal(fields.error, error, reply.body);
    assert.equal(fields.error_codes, String(code));
  };

  it('gives the tokens that were asked for, which Exchange takes', async () => {
    const code = await authorizationCode(client, client.user(1), { nonce: 'nonce-1' });
    const fields = fieldsOf(await redeem(code, { client_info: '1' }));
    assert.equal(fields.scope, ewsScope);
    assert.equal(claimsOf(fields.id_token).nonce, 'nonce-1');
    assert.deepEqual(claimsOf(`x.${fields.client_info ?? ''}`).utid, client.lab.description.tenant.id);
    const { scp, aud, upn } = claimsOf(fields.access_token);
    assert.deepEqual([scp, aud, upn], ['EWS.AccessAsUser.All', 'https://outlook.office365.com', client.user(1).email]);
    const answer = await client.ews(fields.access_token ?? '', getFolder(inbox), '');
    assert.match(answer.body, /ResponseClass="Success"/);
  });

  it('gives no refresh and id token that were not asked for', async () => {
    const fields = fieldsOf(await redeem(await authorizationCode(client, client.user(1), { scope: ewsScope })));
    assert.ok(fields.access_token);
    for (const name of ['refresh_token', 'id_token', 'client_info']) assert.ok(!(name in fields));
  });

  it('gives the command line tools a token for Graph with the roles of the administrator', async () => {
    const scope = 'https://graph.microsoft.com/Application.ReadWrite.All AppRoleAssignment.ReadWrite.All openid';
    const code = await authorizationCode(client, client.user(0), { client_id: graphClient, scope });
    const { access_token: token, scope: granted } = fieldsOf(await redeem(code, { client_id: graphClient }));
    const { aud, scp, wids, appid } = claimsOf(token);
    assert.equal(aud, 'https://graph.microsoft.com');
    assert.equal(scp, 'Application.ReadWrite.All AppRoleAssignment.ReadWrite.All openid');
    assert.equal(appid, graphClient);
    assert.ok(Array.isArray(wids) && wids.includes(globalAdministrator));
    assert.match(granted ?? '', /Application\.ReadWrite\.All/);
    const own = await authorizationCode(client, client.user(1), {
      scope: `${client.lab.description.graph}/User.Read`,
    });
    const claims = claimsOf(fieldsOf(await redeem(own)).access_token);
    assert.equal(claims.aud, 'https://graph.microsoft.com');
    assert.ok(!JSON.stringify(claims.wids).includes(globalAdministrator));
  });

  it('keeps the first-party app where the tenant has no app of its own', async () => {
    client.lab.patch({ entra: { app: 'absent' } });
    const scope = 'User.Read';
    const code = await authorizationCode(client, client.user(1), { client_id: graphClient, scope });
    assert.equal((await redeem(code, { client_id: graphClient })).status, 200);
  });

  it('checks the proof key', async () => {
    const { verifier, challenge } = newVerifier();
    const pkce = { code_challenge: challenge, code_challenge_method: 'S256' };
    const code = await authorizationCode(client, client.user(1), pkce);
    assertRefused(await redeem(code, { code_verifier: newVerifier().verifier }), 'invalid_grant', 501481);
    assertRefused(await redeem(code), 'invalid_grant', 50148);
    assert.equal((await redeem(code, { code_verifier: verifier })).status, 200);
  });

  it('takes a code once, within ten minutes, from its app and for its address', async () => {
    const code = await authorizationCode(client);
    assertRefused(await redeem(code, { redirect_uri: 'http://localhost:1' }), 'invalid_client', 500112);
    assertRefused(await redeem(code, { client_id: graphClient }), 'invalid_grant', 70000);
    assert.equal((await redeem(code)).status, 200);
    assertRefused(await redeem(code), 'invalid_grant', 54005);
    assertRefused(await redeem('made up'), 'invalid_grant', 70000);
    const late = await authorizationCode(client);
    client.lab.patch({ clockSkewSeconds: 601 });
    assertRefused(await redeem(late), 'invalid_grant', 70008);
  });

  it('gives one resource a token, out of several that were consented to', async () => {
    const graphScope = 'https://graph.microsoft.com/User.Read';
    const code = await authorizationCode(client, client.user(1), { scope: `${ewsScope} ${graphScope}` });
    assertRefused(await redeem(code), 'invalid_request', 28003);
    assertRefused(await redeem(code, { scope: `${ewsScope} ${graphScope}` }), 'invalid_request', 28000);
    assert.equal(fieldsOf(await redeem(code, { scope: graphScope })).scope, graphScope);
  });

  it('gives new tokens for a refresh token, which stays good', async () => {
    const first = await refreshToken();
    const second = fieldsOf(await refresh(first));
    assert.ok(second.access_token && second.id_token);
    assert.notEqual(second.refresh_token, first);
    for (const token of [first, second.refresh_token ?? '']) assert.equal((await refresh(token)).status, 200);
    const graph = fieldsOf(await refresh(first, { scope: 'https://graph.microsoft.com/User.Read' }));
    assert.equal(claimsOf(graph.access_token).aud, 'https://graph.microsoft.com');
    client.lab.reset();
    assert.equal((await refresh(first)).status, 200);
  });

  it('refuses a refresh token that is none, or of another app', async () => {
    assertRefused(await refresh('made up'), 'invalid_grant', 70000);
    assertRefused(await refresh(await refreshToken(), { client_id: graphClient }), 'invalid_grant', 70000);
    assertRefused(await refresh(''), 'invalid_request', 900144);
  });

  const conditions: readonly (readonly [LabStatePatch, number])[] = [
    [{ entra: { refreshTokens: 'revoked' } }, 50173],
    [{ entra: { refreshTokens: 'expired' } }, 700082],
    [{ entra: { refreshTokens: 'signInFrequency' } }, 70043],
    [{ clockSkewSeconds: 91 * 24 * 3_600 }, 700082],
    [{ entra: { mfaRequired: true } }, 50076],
    [{ entra: { conditionalAccess: 'blocked' } }, 53003],
    [{ entra: { consentGranted: false } }, 65001],
  ];
  for (const [patch, code] of conditions) {
    it(`refuses a refresh token with AADSTS${code} for ${JSON.stringify(patch)}`, async () => {
      const token = await refreshToken();
      client.lab.patch(patch);
      assertRefused(await refresh(token), 'invalid_grant', code);
    });
  }

  it('does not ask again for a second factor that was given', async () => {
    client.lab.patch({ entra: { mfaRequired: true } });
    const walk = await (await SignInWalk.authorize(client)).signIn(client.user(1));
    const code = (await walk.click('Approve')).response.get('code') ?? '';
    const tokens = fieldsOf(await redeem(code));
    assert.equal((await refresh(tokens.refresh_token ?? '')).status, 200);
  });
});
