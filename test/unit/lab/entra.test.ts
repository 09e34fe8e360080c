import assert from 'node:assert/strict';
import { createHash, createPrivateKey, randomUUID, sign, X509Certificate } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'mocha';
import type { LabStatePatch } from '../../lab/lab.ts';
import { LabClient } from './support/labClient.ts';
import type { Reply } from './support/labClient.ts';

const scope = 'https://outlook.office365.com/.default';

function errorOf(reply: Reply): { readonly error: string; readonly codes: unknown; readonly text: string } {
  const parsed: unknown = JSON.parse(reply.body);
  assert.ok(typeof parsed === 'object' && parsed !== null);
  assert.ok('error' in parsed && 'error_codes' in parsed && 'error_description' in parsed);
  return { error: String(parsed.error), codes: parsed.error_codes, text: String(parsed.error_description) };
}

describe('Entra ID', () => {
  let client: LabClient;
  before(async () => {
    client = await LabClient.start();
  });
  after(() => client.close());
  beforeEach(() => client.lab.reset());

  const bySecret = (more: Readonly<Record<string, string>> = {}, tenant?: string): Promise<Reply> => {
    const { clientId, secret } = client.app('Migration');
    const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: secret ?? '', scope, ...more };
    return client.token(form, tenant);
  };

  it('explains a refusal in the form of the real service', async () => {
    const correlation = randomUUID();
    const reply = await client.send(
      `${client.lab.description.authority}/${client.lab.description.tenant.id}/oauth2/v2.0/token`,
      {
        method: 'POST',
        headers: { 'client-request-id': correlation, 'return-client-request-id': 'true' },
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: client.app('Migration').clientId,
          client_secret: 'wrong',
          scope,
        }).toString(),
      },
    );
    assert.equal(reply.status, 401);
    assert.equal(reply.headers['client-request-id'], correlation);
    assert.match(String(reply.headers['x-ms-request-id']), /^[0-9a-f-]{36}$/);
    const { error, codes, text } = errorOf(reply);
    assert.equal(error, 'invalid_client');
    assert.deepEqual(codes, [7000215]);
    assert.match(
      text,
      /^AADSTS7000215: .* Trace ID: [0-9a-f-]{36} Correlation ID: [0-9a-f-]{36} Timestamp: \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/,
    );
    assert.ok(text.includes(correlation));
  });

  const conditions: readonly (readonly [LabStatePatch, number, number])[] = [
    [{ entra: { app: 'absent' } }, 700016, 400],
    [{ entra: { app: 'disabled' } }, 7000112, 400],
    [{ entra: { secret: 'wrong' } }, 7000215, 401],
    [{ entra: { secret: 'expired' } }, 7000222, 401],
    [{ entra: { conditionalAccess: 'blocked' } }, 53003, 400],
    [{ entra: { tenant: 'absent' } }, 90002, 400],
    [{ entra: { tenant: 'otherCloud' } }, 90038, 400],
    [{ entra: { exchangeSubscribed: false } }, 500011, 400],
  ];
  for (const [patch, code, status] of conditions) {
    it(`answers AADSTS${code} for ${JSON.stringify(patch.entra)}`, async () => {
      client.lab.patch(patch);
      const reply = await bySecret();
      assert.equal(reply.status, status);
      assert.deepEqual(errorOf(reply).codes, [code]);
    });
  }

  const requests: readonly (readonly [string, Readonly<Record<string, string>>, number])[] = [
    ['a scope without /.default', { scope: 'https://outlook.office365.com/full_access_as_app' }, 1002012],
    ['a resource that is not in the tenant', { scope: 'https://unknown.example/.default' }, 500011],
    ['scopes of two resources', { scope: `${scope} https://graph.microsoft.com/.default` }, 28000],
    ['an unknown grant', { grant_type: 'magic' }, 70003],
    ['an unknown app', { client_id: randomUUID() }, 700016],
  ];
  for (const [what, more, code] of requests) {
    it(`refuses ${what} with AADSTS${code}`, async () => {
      assert.deepEqual(errorOf(await bySecret(more)).codes, [code]);
    });
  }

  it('refuses a tenant it does not have, in the discovery document too', async () => {
    const tenant = 'nowhere.example';
    assert.deepEqual(errorOf(await bySecret({}, tenant)).codes, [90002]);
    const reply = await client.send(
      `${client.lab.description.authority}/${tenant}/v2.0/.well-known/openid-configuration`,
    );
    assert.equal(reply.status, 400);
    assert.equal(errorOf(reply).error, 'invalid_tenant');
  });

  it('asks a confidential app for its credential and refuses one from a public client', async () => {
    const user = client.user(1);
    const form = { grant_type: 'password', username: user.email, password: user.password, scope };
    const confidential = await client.token({ ...form, client_id: client.app('Migration').clientId });
    assert.deepEqual(errorOf(confidential).codes, [7000218]);
    const publicClient = await client.token({
      ...form,
      client_id: client.app('Public client').clientId,
      client_secret: 'x',
    });
    assert.deepEqual(errorOf(publicClient).codes, [700025]);
  });

  it('needs consent for a user, and MFA when the tenant asks for it', async () => {
    const user = client.user(1);
    const form = {
      grant_type: 'password',
      client_id: client.app('Public client').clientId,
      username: user.email,
      password: user.password,
      scope,
    };
    client.lab.patch({ entra: { consentGranted: false } });
    assert.deepEqual(errorOf(await client.token(form)).codes, [65001]);
    client.lab.patch({ entra: { mfaRequired: true } });
    assert.deepEqual(errorOf(await client.token(form)).codes, [50076]);
  });

  describe('client assertion', () => {
    const assertion = (changes: { header?: object; payload?: object; keyOf?: string } = {}): string => {
      const { clientId, certificate } = client.app('Migration');
      const { privateKey } = client.app(changes.keyOf ?? 'Migration');
      const x5t = createHash('sha1')
        .update(new X509Certificate(certificate ?? '').raw)
        .digest('base64url');
      const now = Math.floor(Date.now() / 1000);
      const { authority, tenant } = client.lab.description;
      const header = { alg: 'RS256', typ: 'JWT', x5t, ...changes.header };
      const payload = {
        aud: `${authority}/${tenant.id}/oauth2/v2.0/token`,
        iss: clientId,
        sub: clientId,
        jti: randomUUID(),
        nbf: now,
        exp: now + 600,
        ...changes.payload,
      };
      const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
      const signed = `${encode(header)}.${encode(payload)}`;
      return `${signed}.${sign('sha256', Buffer.from(signed), createPrivateKey(privateKey ?? '')).toString('base64url')}`;
    };
    const send = (value: string): Promise<Reply> =>
      client.token({
        grant_type: 'client_credentials',
        client_id: client.app('Migration').clientId,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: value,
        scope,
      });

    it('is accepted when everything about it is right', async () => {
      assert.equal((await send(assertion())).status, 200);
    });

    const hourAgo = Math.floor(Date.now() / 1000) - 3_600;
    const faults: readonly (readonly [string, Parameters<typeof assertion>[0], number])[] = [
      ['signed with another key', { keyOf: 'No permission' }, 700027],
      ['with an unknown thumbprint', { header: { x5t: 'AAAA' } }, 700027],
      ['for another audience', { payload: { aud: 'https://login.example/token' } }, 700023],
      ['expired', { payload: { exp: hourAgo, nbf: hourAgo - 600 } }, 700024],
      ['not valid yet', { payload: { nbf: hourAgo + 7_200 } }, 700024],
      ['of another app', { payload: { sub: randomUUID() } }, 700021],
      ['without a signature algorithm', { header: { alg: 'none' } }, 5002738],
    ];
    for (const [what, changes, code] of faults) {
      it(`is refused when it is ${what}`, async () => {
        assert.deepEqual(errorOf(await send(assertion(changes))).codes, [code]);
      });
    }

    it('is judged by the clock of the tenant', async () => {
      client.lab.patch({ clockSkewSeconds: 3_600 });
      const reply = await send(assertion());
      assert.deepEqual(errorOf(reply).codes, [700024]);
      assert.ok(Date.parse(String(reply.headers.date)) > Date.now() + 3_000_000);
    });
  });
});
