import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { LabClient } from './support/labClient.ts';
import { graphClient, redirectUri, SignInWalk, textOf } from './support/signInWalk.ts';

describe('browser sign-in', () => {
  let client: LabClient;
  before(async () => {
    client = await LabClient.start();
  });
  after(() => client.close());
  beforeEach(() => client.lab.reset());

  const open = (changes: Readonly<Record<string, string>> = {}): Promise<SignInWalk> =>
    SignInWalk.authorize(client, changes);
  const adminScope = 'https://graph.microsoft.com/Application.ReadWrite.All openid';

  it('asks for e-mail and password and goes back to the app with a code and its state', async () => {
    const walk = await open({ login_hint: client.user(1).email });
    assert.equal(walk.page.status, 200);
    assert.match(walk.page.body, new RegExp(`name="email" value="${client.user(1).email}"`));
    for (const label of ['E-mail', 'Password']) assert.match(walk.page.body, new RegExp(`<label>${label} <input`));
    await walk.signIn(client.user(1));
    assert.equal(walk.response.get('state'), 'state-1');
    assert.ok(walk.response.get('code'));
    assert.equal(walk.response.get('error'), null);
  });

  it('has no script on its pages and escapes what it is given', async () => {
    const hostile = `"><script>alert('x')</script>&`;
    const page = await open({ login_hint: hostile, state: hostile });
    await page.click('Sign in', { email: hostile, password: 'x' });
    const error = await open({ redirect_uri: `https://evil.example/${hostile}` });
    const device = await SignInWalk.open(
      client,
      `${client.lab.description.authority}/devicelogin?otc=${encodeURIComponent(hostile)}`,
    );
    for (const { body, headers } of [page.page, error.page, device.page]) {
      assert.ok(!/<script|javascript:/i.test(body), body);
      assert.match(String(headers['content-security-policy']), /default-src 'none'/);
    }
    assert.ok(page.page.body.includes('&lt;script&gt;alert(&#39;x&#39;)'));
  });

  it('stays on the page after a wrong password or an unknown user, and takes the right one then', async () => {
    const { email, password } = client.user(1);
    const walk = await (await open()).click('Sign in', { email, password: 'wrong' });
    assert.match(walk.text, /AADSTS50126: /);
    await walk.click('Sign in', { email: 'nobody@elsewhere.example', password });
    assert.match(walk.text, /AADSTS50034: /);
    assert.ok((await walk.signIn({ email, password })).response.get('code'));
  });

  it('tells the app that the user cancelled', async () => {
    const { response } = await (await open()).click('Cancel');
    assert.equal(response.get('error'), 'access_denied');
    assert.match(response.get('error_description') ?? '', /^AADSTS65004: /);
    assert.equal(response.get('state'), 'state-1');
  });

  it('asks a user who needs it for a second factor, and takes no for an answer', async () => {
    const user = client.lab.description.users.find(({ mfa }) => mfa);
    assert.ok(user);
    const walk = await (await open()).signIn(user);
    assert.match(walk.text, /Approve sign-in request/);
    await walk.click('Deny');
    assert.match(walk.text, /AADSTS500121: /);
    await walk.click('Back to the app');
    assert.equal(walk.response.get('error'), 'access_denied');
    assert.match(walk.response.get('error_description') ?? '', /AADSTS500121/);
    const approved = await (await (await open()).signIn(user)).click('Approve');
    assert.ok(approved.response.get('code'));
  });

  it('asks everybody for a second factor when the tenant wants it', async () => {
    client.lab.patch({ entra: { mfaRequired: true } });
    const walk = await (await open()).signIn(client.user(1));
    assert.ok((await walk.click('Approve')).response.get('code'));
  });

  it('shows what Conditional Access blocks, with a way back', async () => {
    client.lab.patch({ entra: { conditionalAccess: 'blocked' } });
    const walk = await (await open()).signIn(client.user(1));
    assert.match(walk.text, /You cannot access this right now .*AADSTS53003: /);
    assert.match((await walk.click('Back to the app')).response.get('error_description') ?? '', /AADSTS53003/);
    client.lab.patch({ entra: { conditionalAccess: 'deviceCodeBlocked' } });
    assert.ok((await (await open()).signIn(client.user(1))).response.get('code'));
  });

  it('asks for consent once, and again after a reset', async () => {
    client.lab.patch({ entra: { consentGranted: false } });
    const walk = await (await open()).signIn(client.user(1));
    assert.match(walk.text, /Permissions requested .*Public client would like to: .*\(EWS\.AccessAsUser\.All\)/);
    assert.ok((await walk.click('Accept')).response.get('code'));
    assert.ok((await (await open()).signIn(client.user(1))).response.get('code'));
    assert.match((await (await open()).signIn(client.user(2))).text, /Permissions requested/);
    client.lab.reset();
    client.lab.patch({ entra: { consentGranted: false } });
    assert.match((await (await open()).signIn(client.user(1))).text, /Permissions requested/);
  });

  it('asks for consent when the app wants it to, and takes no for an answer', async () => {
    const walk = await (await open({ prompt: 'consent' })).signIn(client.user(1));
    const { response } = await walk.click('Cancel');
    assert.equal(response.get('error'), 'access_denied');
    assert.match(response.get('error_description') ?? '', /^AADSTS65004: /);
  });

  it('lets an administrator consent for everybody', async () => {
    client.lab.patch({ entra: { consentGranted: false } });
    const walk = await (await open()).signIn(client.user(0));
    await walk.click('Accept', { organization: '1' });
    assert.ok((await (await open()).signIn(client.user(1))).response.get('code'));
  });

  it('sends a user to an administrator when only one may consent', async () => {
    client.lab.patch({ entra: { consentGranted: false } });
    const graph = { client_id: graphClient, scope: adminScope };
    const walk = await (await open(graph)).signIn(client.user(1));
    assert.match(walk.text, /Need admin approval .*AADSTS90094: /);
    await walk.click('Sign in with another account');
    await walk.signIn(client.user(0));
    assert.ok((await walk.click('Accept')).response.get('code'));
    client.lab.patch({ entra: { userConsent: 'adminOnly' } });
    const denied = await (await (await open()).signIn(client.user(1))).click('Back to the app');
    assert.match(denied.response.get('error_description') ?? '', /AADSTS90094/);
  });

  const refusedOnPage: readonly (readonly [string, Readonly<Record<string, string>>, number])[] = [
    ['an unknown app', { client_id: '00000000-0000-4000-8000-000000000000' }, 700016],
    ['an address of another machine', { redirect_uri: 'https://evil.example/' }, 50011],
    ['an address that looks like localhost', { redirect_uri: 'http://localhost@evil.example/' }, 50011],
    ['localhost over https', { redirect_uri: 'https://localhost/' }, 50011],
    ['no address at all', { redirect_uri: '' }, 900144],
    ['no app', { client_id: '' }, 900144],
    ['no response type', { response_type: '' }, 900144],
    ['no scope', { scope: '' }, 900144],
  ];
  for (const [what, changes, code] of refusedOnPage) {
    it(`refuses ${what} with AADSTS${code} on a page`, async () => {
      const { page } = await open(changes);
      assert.equal(page.status, 400);
      assert.equal(page.headers.location, undefined);
      assert.match(textOf(page), new RegExp(`AADSTS${code}: `));
    });
  }

  const redirected: readonly (readonly [string, Readonly<Record<string, string>>, string, number])[] = [
    ['a silent sign-in', { prompt: 'none' }, 'login_required', 50058],
    ['an unknown prompt', { prompt: 'magic' }, 'invalid_request', 90023],
    ['another response type', { response_type: 'token' }, 'unsupported_response_type', 700054],
    ['another response mode', { response_mode: 'magic' }, 'invalid_request', 70007],
    ['a short challenge', { code_challenge: 'x', code_challenge_method: 'S256' }, 'invalid_request', 50147],
    ['an unknown permission', { scope: 'https://outlook.office365.com/Magic' }, 'invalid_client', 650053],
    ['an unknown resource', { scope: 'https://unknown.example/Read' }, 'invalid_resource', 500011],
  ];
  for (const [what, changes, error, code] of redirected) {
    it(`tells the app of ${what} with AADSTS${code}`, async () => {
      const { response } = await open(changes);
      assert.equal(response.get('error'), error);
      assert.match(response.get('error_description') ?? '', new RegExp(`^AADSTS${code}: `));
      assert.equal(response.get('state'), 'state-1');
    });
  }

  it('takes any port and path of this machine as the address to go back to', async () => {
    const { email, password } = client.user(1);
    for (const address of ['http://localhost', 'http://127.0.0.1:8400/', 'http://localhost:1/a/b?c=d']) {
      const { page } = await (await open({ redirect_uri: address })).signIn({ email, password });
      const location = new URL(page.headers.location ?? '');
      assert.equal(location.host, new URL(address).host);
      assert.equal(location.searchParams.get('c'), new URL(address).searchParams.get('c'));
    }
  });

  it('can answer in a form that the browser posts to the app', async () => {
    const walk = await (await open({ response_mode: 'form_post' })).signIn(client.user(1));
    assert.equal(walk.page.status, 200);
    assert.match(walk.page.body, new RegExp(`<form method="post" action="${redirectUri}">`));
    assert.match(walk.page.body, /name="code" value="[^"]+"/);
    assert.match(walk.page.body, /name="state" value="state-1"/);
    assert.match(walk.page.body, /<button type="submit">Continue</);
  });

  it('refuses tenants it does not have, and a sign-in that is over', async () => {
    const walk = await open();
    await walk.signIn(client.user(1));
    const again = await client.send(`${client.lab.description.authority}/common/login`, {
      method: 'POST',
      body: 'session=x&action=approve',
    });
    assert.match(textOf(again), /AADSTS165000: /);
    client.lab.patch({ entra: { tenant: 'absent' } });
    assert.match((await open()).text, /AADSTS90002: /);
    client.lab.patch({ entra: { tenant: 'otherCloud' } });
    assert.match((await open()).text, /AADSTS90038: /);
  });

  it('ends a sign-in that takes too long', async () => {
    const walk = await open();
    client.lab.patch({ clockSkewSeconds: 3_600 });
    assert.match((await walk.signIn(client.user(1))).text, /AADSTS165000: /);
  });

  it('does not log who signs in, nor codes', async () => {
    const walk = await (await open({ login_hint: client.user(1).email })).signIn(client.user(1));
    const log = JSON.stringify(client.lab.requests());
    assert.deepEqual(
      client.lab.requests().map(({ operation }) => operation),
      ['authorize', 'signin'],
    );
    assert.equal(client.lab.requests()[1]?.appId, client.app('Public client').clientId);
    for (const secret of [walk.response.get('code') ?? '-', client.user(1).password, client.user(1).email, '?']) {
      assert.ok(!log.includes(secret));
    }
  });
});
