import assert from 'node:assert/strict';
import { after, beforeEach, before, describe, it } from 'mocha';
import { explicit, octets, oid, sequence, tlv } from '../../lab/der.ts';
import { unwrapSpnego } from '../../lab/onPremises/ntlm/spnego.ts';
import { getFolder, inbox, soap } from './support/labClient.ts';
import { authenticateMessage, negotiateMessage } from './support/ntlmClient.ts';
import { basic, OnPremisesClient } from './support/onPremisesClient.ts';

const body = soap(getFolder(inbox), '');

describe('signing in on premises', () => {
  let client: OnPremisesClient;
  before(async () => {
    client = await OnPremisesClient.start();
  });
  after(() => client.close());
  beforeEach(() => client.server.reset());

  it('asks for the methods that are offered, in their order', async () => {
    const refused = await client.connect().send(body);
    assert.equal(refused.status, 401);
    assert.equal(refused.headers['www-authenticate'], 'Negotiate, NTLM, Basic realm="ex01.contoso-lab.example"');
    client.server.patch({ authentication: { offered: ['NTLM'] } });
    assert.equal((await client.connect().send(body)).headers['www-authenticate'], 'NTLM');
    assert.equal((await client.as('Reception', body)).status, 401, 'Basic is not offered any more');
  });

  it('signs a connection in by NTLM, and no other', async () => {
    const connection = client.connect();
    const signedIn = await connection.ntlm(body, client.identity('Reception'));
    assert.equal(signedIn.status, 200, signedIn.body);
    assert.equal(signedIn.headers['persistent-auth'], 'true');
    assert.equal((await connection.send(body)).status, 200, 'the connection stays signed in');
    assert.equal((await client.connect().send(body)).status, 401, 'another one does not know of it');
    assert.deepEqual(
      client.server.requests().map(({ status, account }) => [status, account]),
      [
        [401, null],
        [200, 'reception'],
        [200, 'reception'],
        [401, null],
      ],
    );
  });

  it('takes the last message only on the connection that got the challenge, and once', async () => {
    const [one, other] = [client.connect(), client.connect()];
    const message = authenticateMessage(await one.challenge(), client.identity('Reception'));
    const token = `NTLM ${message.toString('base64')}`;
    await other.challenge();
    assert.equal((await other.send(body, token)).status, 401, 'another connection');
    assert.equal((await one.send(body, token)).status, 200);
    assert.equal((await one.send(body, token)).status, 401, 'a challenge is good for one answer');
    assert.equal((await one.send(body)).status, 401, 'and the connection is signed out by it');
  });

  it('knows an account by NetBIOS name, DNS name, no domain and principal name', async () => {
    const { password } = client.account('Reception');
    for (const [domain, user] of [
      ['CONTOSO', 'RECEPTION'],
      ['contoso-lab.example', 'reception'],
      ['', 'reception'],
      ['', 'reception@contoso-lab.example'],
    ] as const) {
      const reply = await client.connect().ntlm(body, { domain, user, password });
      assert.equal(reply.status, 200, `${domain}\\${user}`);
    }
    const foreign = await client.connect().ntlm(body, { domain: 'FABRIKAM', user: 'reception', password });
    assert.equal(foreign.status, 401);
  });

  it('refuses a wrong password, an unknown user and what is not NTLMv2', async () => {
    const identity = client.identity('Reception');
    const refused = [
      await client.connect().ntlm(body, { ...identity, password: 'wrong' }),
      await client.connect().ntlm(body, { ...identity, user: 'nobody' }),
      await client.connect().ntlm(body, identity, { ntResponse: Buffer.alloc(0) }),
      await client.connect().ntlm(body, identity, { ntResponse: Buffer.alloc(24, 1) }),
      await client.connect().send(body, 'NTLM bm9uc2Vuc2U='),
      await client.connect().send(body, 'Digest abc'),
    ];
    for (const reply of refused) {
      assert.equal(reply.status, 401);
      assert.match(reply.headers['www-authenticate'] ?? '', /^Negotiate, NTLM, Basic/, 'the handshake starts anew');
    }
    client.server.patch({ authentication: { disabled: ['reception'] } });
    assert.equal((await client.connect().ntlm(body, identity)).status, 401, 'a disabled account');
  });

  it('verifies the integrity code of a message that says it has one', async () => {
    const identity = client.identity('Reception');
    assert.equal((await client.connect().ntlm(body, identity, { sealed: true })).status, 200);
    const connection = client.connect();
    const tampered = authenticateMessage(await connection.challenge(), identity, { sealed: true });
    tampered.writeUInt8(tampered.readUInt8(60) ^ 0x20, 60);
    assert.equal((await connection.send(body, `NTLM ${tampered.toString('base64')}`)).status, 401);
  });

  it("takes NTLM's messages under Negotiate as well", async () => {
    const connection = client.connect();
    const message = authenticateMessage(await connection.challenge('Negotiate'), client.identity('Reception'));
    assert.equal((await connection.send(body, `Negotiate ${message.toString('base64')}`)).status, 200);
  });

  it("takes them in Negotiate's own wrapping, and answers in it", async () => {
    const connection = client.connect();
    const ntlm = oid('1.3.6.1.4.1.311.2.2.10');
    const init = sequence(explicit(0, sequence(ntlm)), explicit(2, octets(negotiateMessage())));
    const first = tlv(0x60, oid('1.3.6.1.5.5.2'), explicit(0, init));
    const asked = await connection.send('', `Negotiate ${first.toString('base64')}`);
    assert.equal(asked.status, 401);
    const challenge = unwrapSpnego(Buffer.from(asked.headers['www-authenticate']?.split(' ')[1] ?? '', 'base64'));
    assert.ok(challenge);
    const last = explicit(
      1,
      sequence(explicit(2, octets(authenticateMessage(challenge, client.identity('Reception'))))),
    );
    const answer = await connection.send(body, `Negotiate ${last.toString('base64')}`);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers['www-authenticate'], 'Negotiate oQcwBaADCgEA', 'accept-completed');
  });

  it('lets each request in by Basic, and keeps nothing', async () => {
    const { password, principalName } = client.account('Reception');
    const connection = client.connect();
    for (const name of ['CONTOSO\\reception', principalName, 'reception']) {
      const token = Buffer.from(`${name}:${password}`).toString('base64');
      assert.equal((await connection.send(body, `Basic ${token}`)).status, 200, name);
    }
    assert.equal((await connection.send(body)).status, 401);
    assert.equal((await connection.send(body, basic({ ...client.account('Reception'), password: 'x' }))).status, 401);
  });

  describe('with Extended Protection', () => {
    it('required, refuses a right password without a right channel binding', async () => {
      client.server.patch({ authentication: { extendedProtection: 'Require' } });
      const identity = client.identity('Reception');
      const statusWith = async (binding: ((own: Buffer) => Buffer) | undefined): Promise<number> => {
        const connection = client.connect();
        await connection.send('', `NTLM ${negotiateMessage().toString('base64')}`);
        const own = connection.binding();
        return (await connection.ntlm(body, identity, binding ? { binding: binding(own) } : {})).status;
      };
      assert.equal(await statusWith(undefined), 401, 'none');
      assert.equal(await statusWith(() => Buffer.alloc(16)), 401, 'zeros, which mean none');
      assert.equal(await statusWith(() => Buffer.alloc(16, 1)), 401, 'of another channel');
      assert.equal(await statusWith((own) => own), 200, 'of this channel');
    });

    it('allowed, refuses only the binding to another channel', async () => {
      const identity = client.identity('Reception');
      assert.equal((await client.connect().ntlm(body, identity)).status, 200);
      const other = { binding: Buffer.alloc(16, 1) };
      assert.equal((await client.connect().ntlm(body, identity, other)).status, 401);
      client.server.patch({ authentication: { extendedProtection: 'None' } });
      assert.equal((await client.connect().ntlm(body, identity, other)).status, 200);
    });
  });
});
