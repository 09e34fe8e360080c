import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { LabClient } from './support/labClient.ts';
import type { Reply } from './support/labClient.ts';
import { claimsOf, ewsScope, fieldsOf, graphClient, SignInWalk } from './support/signInWalk.ts';

const grantType = 'urn:ietf:params:oauth:grant-type:device_code';

describe('device code', () => {
  let client: LabClient;
  before(async () => {
    client = await LabClient.start();
  });
  after(() => client.close());
  beforeEach(() => client.lab.reset());

  const start = (changes: Readonly<Record<string, string>> = {}): Promise<Reply> =>
    client.send(`${client.lab.description.authority}/${client.lab.description.tenant.id}/oauth2/v2.0/devicecode`, {
      method: 'POST',
      body: new URLSearchParams({
        client_id: client.app('Public client').clientId,
        scope: `${ewsScope} openid offline_access`,
        ...changes,
      }).toString(),
    });
  const poll = (code: string | undefined, clientId = client.app('Public client').clientId): Promise<Reply> =>
    client.token({ grant_type: grantType, client_id: clientId, device_code: code ?? '' });
  const enter = async (code: string | undefined): Promise<SignInWalk> => {
    const walk = await SignInWalk.open(client, `${client.lab.description.authority}/devicelogin`);
    return walk.click('Next', { code: code ?? '' });
  };
  const assertRefused = (reply: Reply, error: string, code: number): void => {
    const fields = fieldsOf(reply);
    assert.equal(fields.error, error, reply.body);
    assert.equal(fields.error_codes, String(code));
  };

  it('tells the user where to enter which code', async () => {
    const fields = fieldsOf(await start());
    assert.match(fields.user_code ?? '', /^[A-Z0-9]{9}$/);
    assert.equal(fields.verification_uri, `${client.lab.description.authority}/devicelogin`);
    assert.equal(fields.expires_in, '900');
    assert.equal(fields.interval, '5');
    assert.ok(fields.message?.includes(fields.user_code ?? '-'));
    client.lab.patch({ entra: { deviceCodeIntervalSeconds: 0.05, deviceCodeLifetimeSeconds: 60 } });
    const changed = fieldsOf(await start());
    assert.deepEqual([changed.interval, changed.expires_in], ['0.05', '60']);
  });

  it('signs in the device when its user has signed in, once', async () => {
    const { user_code: userCode, device_code: deviceCode } = fieldsOf(await start());
    assertRefused(await poll(deviceCode), 'authorization_pending', 70016);
    const walk = await enter(` ${userCode?.toLowerCase() ?? ''} `);
    assertRefused(await poll(deviceCode), 'authorization_pending', 70016);
    await walk.signIn(client.user(1));
    assert.match(walk.text, /You have signed in to the application on your device\. You may now close this window\.$/);
    const tokens = fieldsOf(await poll(deviceCode));
    assert.equal(claimsOf(tokens.access_token).upn, client.user(1).email);
    assert.ok(tokens.refresh_token && tokens.id_token);
    assertRefused(await poll(deviceCode), 'invalid_grant', 70000);
  });

  it('has the same pages for second factor and consent', async () => {
    client.lab.patch({ entra: { mfaRequired: true, consentGranted: false } });
    const { user_code: userCode, device_code: deviceCode } = fieldsOf(await start());
    const walk = await (await enter(userCode)).signIn(client.user(1));
    await (await walk.click('Approve')).click('Accept');
    assert.deepEqual(claimsOf(fieldsOf(await poll(deviceCode)).access_token).amr, ['pwd', 'mfa']);
  });

  it('tells the device that its user declined', async () => {
    const { user_code: userCode, device_code: deviceCode } = fieldsOf(await start());
    const walk = await (await enter(userCode)).click('Cancel');
    assert.match(walk.text, /You have not signed in/);
    assertRefused(await poll(deviceCode), 'authorization_declined', 65004);
  });

  it('does not take a wrong or used code from the user, nor from the device', async () => {
    const { user_code: userCode } = fieldsOf(await start());
    assert.match((await enter('WRONGCODE')).text, /That code didn’t work/);
    await (await enter(userCode)).signIn(client.user(1));
    assert.match((await enter(userCode)).text, /That code didn’t work/);
    assertRefused(await poll('made up'), 'bad_verification_code', 70018);
    assertRefused(await poll(''), 'invalid_request', 900144);
  });

  it('ends when its time is over', async () => {
    const { user_code: userCode, device_code: deviceCode } = fieldsOf(await start());
    client.lab.patch({ clockSkewSeconds: 901 });
    assert.match((await enter(userCode)).text, /AADSTS70019: /);
    assertRefused(await poll(deviceCode), 'expired_token', 70020);
  });

  it('is refused to an app that is not a public client, not to the first-party one', async () => {
    const { device_code: deviceCode } = fieldsOf(await start());
    client.lab.patch({ entra: { publicClientFlows: false } });
    assertRefused(await start(), 'invalid_client', 7000218);
    assertRefused(await poll(deviceCode), 'invalid_client', 7000218);
    assertRefused(await start({ client_id: client.app('Migration').clientId }), 'invalid_client', 7000218);
    assert.equal((await start({ client_id: graphClient, scope: 'User.Read' })).status, 200);
    const { email, password } = client.user(1);
    const form = { grant_type: 'password', client_id: client.app('Public client').clientId, scope: ewsScope };
    assertRefused(await client.token({ ...form, username: email, password }), 'invalid_client', 7000218);
  });

  it('is what Conditional Access can forbid alone', async () => {
    client.lab.patch({ entra: { conditionalAccess: 'deviceCodeBlocked' } });
    const { user_code: userCode, device_code: deviceCode } = fieldsOf(await start());
    const walk = await (await enter(userCode)).signIn(client.user(1));
    assert.match(walk.text, /AADSTS53003: /);
    assertRefused(await poll(deviceCode), 'authorization_pending', 70016);
    await walk.click('Back to the app');
    assertRefused(await poll(deviceCode), 'authorization_declined', 65004);
  });

  it('refuses a request without scope, of an unknown app or an unknown tenant', async () => {
    assertRefused(await start({ scope: '' }), 'invalid_request', 900144);
    assertRefused(await start({ client_id: '00000000-0000-4000-8000-000000000000' }), 'unauthorized_client', 700016);
    client.lab.patch({ entra: { tenant: 'absent' } });
    assertRefused(await start(), 'invalid_request', 90002);
  });

  it('logs neither codes nor users', async () => {
    const { user_code: userCode, device_code: deviceCode } = fieldsOf(await start());
    await (await enter(userCode)).signIn(client.user(1));
    await poll(deviceCode);
    assert.deepEqual(
      client.lab.requests().map(({ operation }) => operation),
      ['devicecode', 'devicelogin', 'devicelogin', 'signin', 'token'],
    );
    const log = JSON.stringify(client.lab.requests());
    for (const secret of [userCode ?? '-', deviceCode ?? '-', client.user(1).email]) assert.ok(!log.includes(secret));
  });
});
