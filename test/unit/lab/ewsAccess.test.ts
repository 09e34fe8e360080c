import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { codeOf, getFolder, inbox, LabClient } from './support/labClient.ts';
import type { MailboxState } from '../../lab/state.ts';

describe('access to EWS', () => {
  let client: LabClient;
  let token: string;
  before(async () => {
    client = await LabClient.start();
    token = await client.appToken();
  });
  after(() => client.close());
  beforeEach(() => client.lab.reset());

  const inboxOf = (email: string): string =>
    `<t:DistinguishedFolderId Id="inbox"><t:Mailbox><t:EmailAddress>${email}</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId>`;

  it('asks for a token', async () => {
    const reply = await client.send(client.lab.description.ews, { method: 'POST', body: '' });
    assert.equal(reply.status, 401);
    assert.match(String(reply.headers['www-authenticate']), /^Bearer .*authorization_uri=/);
  });

  it('says what is wrong with a token', async () => {
    const [head = '', payload = '', signature = ''] = token.split('.');
    const forged = [head, payload, Buffer.from(signature, 'base64url').reverse().toString('base64url')].join('.');
    const diagnostics = async (bearer: string): Promise<string> => {
      const reply = await client.ews(bearer, getFolder(inbox), client.user(1).email);
      assert.equal(reply.status, 401);
      return String(reply.headers['x-ms-diagnostics']);
    };
    assert.match(await diagnostics('nonsense'), /^2000001;reason=".*";error_category="invalid_token"$/);
    assert.match(await diagnostics(forged), /^2000000;.*"invalid_signature"$/);
    const { clientId, secret } = client.app('Migration');
    const graph = await client.token({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: secret ?? '',
      scope: 'https://graph.microsoft.com/.default',
    });
    assert.match(
      await diagnostics(/"access_token":"([^"]+)"/.exec(graph.body)?.[1] ?? ''),
      /^2000003;.*"invalid_resource"$/,
    );
    client.lab.patch({ clockSkewSeconds: 7_200 });
    assert.match(await diagnostics(token), /^2000002;.*"token_expired"$/);
  });

  it('refuses a token without the permission with 403', async () => {
    const reply = await client.ews(await client.appToken('No permission'), getFolder(inbox), client.user(1).email);
    assert.equal(reply.status, 403);
    assert.match(String(reply.headers['x-ms-diagnostics']), /^2000008;.*error_category="invalid_grant"$/);
  });

  it('makes an app impersonate', async () => {
    const without = await client.ews(token, getFolder(inbox), '');
    assert.equal(without.status, 500);
    assert.equal(codeOf(without), 'ErrorInvalidExchangeImpersonationHeaderData');
    const withHeader = await client.ews(token, getFolder(inbox), client.user(1).email);
    assert.equal(withHeader.status, 200);
    assert.equal(codeOf(withHeader), 'NoError');
    assert.match(withHeader.body, /<h:ServerVersionInfo MajorVersion="15" MinorVersion="20" /);
  });

  it('knows no mailbox behind an unknown or unlicensed address', async () => {
    const unlicensed = client.lab.description.users.find((user) => !user.mailbox);
    for (const address of ['nobody@elsewhere.example', unlicensed?.email ?? '']) {
      const reply = await client.ews(token, getFolder(inbox), address);
      assert.equal(reply.status, 500);
      assert.equal(codeOf(reply), 'ErrorNonExistentMailbox');
    }
  });

  it('lets an administrator open what Full Access was given to, and nothing by impersonation', async () => {
    const admin = client.user(0);
    const theirs = await client.userToken(admin);
    assert.equal(codeOf(await client.ews(theirs, getFolder(inbox), '')), 'NoError');
    assert.ok(admin.fullAccessTo.includes(client.user(1).email));
    assert.equal(codeOf(await client.ews(theirs, getFolder(inboxOf(client.user(1).email)), '')), 'NoError');
    assert.ok(!admin.fullAccessTo.includes(client.user(3).email));
    assert.equal(codeOf(await client.ews(theirs, getFolder(inboxOf(client.user(3).email)), '')), 'ErrorItemNotFound');
    const impersonating = await client.ews(theirs, getFolder(inbox), client.user(1).email);
    assert.equal(impersonating.status, 500);
    assert.equal(codeOf(impersonating), 'ErrorImpersonateUserDenied');
  });

  it("does not give an ordinary user another's folder, by id neither", async () => {
    const found = await client.ews(token, getFolder(inbox), client.user(2).email);
    const id = /<t:FolderId [^>]*\/>/.exec(found.body)?.[0] ?? '';
    const theirs = await client.userToken(client.user(1));
    assert.equal(codeOf(await client.ews(theirs, getFolder(id), '')), 'ErrorAccessDenied');
  });

  const policies = [
    [{ enabled: false }, 'EWS is disabled for this user or tenant'],
    [{ appAllowed: false }, 'EWS is blocked by policy for this user or tenant'],
  ] as const;
  for (const [ews, reason] of policies) {
    it(`gives the reason "${reason}" after authentication`, async () => {
      client.lab.patch({ ews });
      assert.equal((await client.ews('nonsense', getFolder(inbox), '')).status, 401);
      const reply = await client.ews(token, getFolder(inbox), client.user(1).email);
      assert.equal(reply.status, 403);
      assert.equal(reply.headers['x-ews-policy-reason'], reason);
    });
  }

  const states: readonly (readonly [MailboxState, string])[] = [
    ['missing', 'ErrorNonExistentMailbox'],
    ['accessDenied', 'ErrorAccessDenied'],
    ['impersonationDenied', 'ErrorImpersonateUserDenied'],
    ['moving', 'ErrorMailboxMoveInProgress'],
    ['storeUnavailable', 'ErrorMailboxStoreUnavailable'],
    ['failover', 'ErrorMailboxFailover'],
  ];
  for (const [state, code] of states) {
    it(`answers ${code} for a mailbox that is ${state}, and others still work`, async () => {
      client.lab.patch({ mailboxes: { [client.user(1).email]: { state, newMessages: 0 } } });
      const reply = await client.ews(token, getFolder(inbox), client.user(1).email);
      assert.equal(reply.status, 500);
      assert.equal(codeOf(reply), code);
      assert.equal(codeOf(await client.ews(token, getFolder(inbox), client.user(2).email)), 'NoError');
    });
  }

  it('gives the headers that support asks for, and echoes the client request id', async () => {
    const id = 'c0ffee00-0000-4000-8000-000000000001';
    const headers = {
      'client-request-id': id,
      'return-client-request-id': 'true',
      'x-anchormailbox': 'other@elsewhere.example',
    };
    const reply = await client.ews(token, getFolder(inbox), client.user(1).email, headers);
    for (const name of ['request-id', 'x-feserver', 'x-beserver', 'x-calculatedbetarget', 'x-diaginfo']) {
      assert.ok(reply.headers[name], `header ${name}`);
    }
    assert.equal(reply.headers['x-ewshandler'], 'GetFolder');
    assert.equal(reply.headers['client-request-id'], id);
    assert.match(reply.headers['set-cookie']?.[0] ?? '', /^exchangecookie=[0-9a-f]{32};/);
    const logged = client.lab.requests().at(-1);
    assert.equal(logged?.anchorMailbox, 'other@elsewhere.example');
    assert.equal(logged.impersonated, client.user(1).email);
    assert.equal(logged.appId, client.app('Migration').clientId);
  });
});
