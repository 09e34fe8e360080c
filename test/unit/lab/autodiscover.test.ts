import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { LabClient } from './support/labClient.ts';

describe('Autodiscover v2', () => {
  let client: LabClient;
  before(async () => {
    client = await LabClient.start();
  });
  after(() => client.close());
  beforeEach(() => client.lab.reset());
  const ask = (rest: string): ReturnType<LabClient['send']> =>
    client.send(`${client.lab.description.autodiscover}${rest}`);

  it('names the EWS address in both spellings of the question', async () => {
    const expected = { Protocol: 'EWS', Url: client.lab.description.ews };
    const { email } = client.user(1);
    assert.deepEqual(JSON.parse((await ask(`/v1.0/${email}?Protocol=EWS`)).body), expected);
    assert.deepEqual(JSON.parse((await ask(`/v1.0/${encodeURIComponent(email)}?Protocol=ews`)).body), expected);
    assert.deepEqual(JSON.parse((await ask(`?Email=${email}&Protocol=EWS&RedirectCount=3`)).body), expected);
  });

  it('refuses what it does not know', async () => {
    const { email } = client.user(1);
    const protocol = await ask(`/v1.0/${email}?Protocol=Pigeon`);
    assert.equal(protocol.status, 400);
    assert.match(protocol.body, /"ErrorCode":"InvalidProtocol"/);
    assert.match((await ask(`/v1.0/${email}`)).body, /"ErrorCode":"MandatoryParameterMissing"/);
    assert.equal((await ask('/v1.0/nobody@elsewhere.example?Protocol=EWS')).status, 404);
    assert.equal((await ask('/v1.0/nonsense?Protocol=EWS')).status, 400);
  });

  it('redirects when it is told to', async () => {
    client.lab.patch({ autodiscover: { redirectUrl: 'https://autodiscover.elsewhere.example/autodiscover.json' } });
    const reply = await ask(`/v1.0/${client.user(1).email}?Protocol=EWS`);
    assert.equal(reply.status, 302);
    assert.equal(reply.headers.location, 'https://autodiscover.elsewhere.example/autodiscover.json');
  });
});
