import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { StateError } from '../../lab/stateStore.ts';
import { codeOf, getFolder, inbox, soap } from './support/labClient.ts';
import type { Reply } from './support/labClient.ts';
import { OnPremisesClient } from './support/onPremisesClient.ts';

const body = soap(getFolder(inbox), '');

describe('control of the server on premises', () => {
  let client: OnPremisesClient;
  before(async () => {
    client = await OnPremisesClient.start({ state: { version: '2016' } });
  });
  after(() => client.close());
  beforeEach(() => client.server.reset());

  const control = (method: string, text = '', path = ''): Promise<Reply> =>
    client.connect().ask(`${client.server.description.control}${path}`, text, {}, method);

  it('looks at the state and changes it from outside, too', async () => {
    assert.match((await control('GET')).body, /"version":"2016"/);
    assert.equal((await control('PATCH', '{"version":"SE"}')).status, 200);
    assert.match((await client.as('Reception', body)).body, /MajorBuildNumber="2562"/);
    assert.match((await control('GET', '', '/requests')).body, /"operation":"GetFolder".*"account":"reception"/);
    assert.equal((await control('DELETE')).status, 200);
    assert.match((await client.as('Reception', body)).body, /MinorVersion="1"/, 'as it was at the start');
  });

  it('names what it does not know, and changes nothing then', async () => {
    const wrong = await control('PATCH', '{"authentication":{"offered":["Digest"]}}');
    assert.equal(wrong.status, 400);
    assert.match(wrong.body, /authentication\.offered\.0/);
    assert.match((await control('PATCH', '{"scenario":"healthy"}')).body, /unknown scenario/);
    assert.throws(() => client.server.patch({ throttling: { costMs: -1 } }), StateError);
    assert.equal((await client.as('Reception', body)).status, 200);
  });

  it('keeps passwords and tokens out of the log', async () => {
    await client.as('Reception', body);
    await client.connect().ntlm(body, client.identity('Reception'));
    const log = JSON.stringify(client.server.requests());
    assert.ok(!log.includes(client.account('Reception').password) && !/NTLM|Basic/.test(log), log);
  });

  it('plays the faults of the wire and of a busy server', async () => {
    client.server.patch({ faults: [{ service: 'ews', operation: 'GetFolder', kind: 'reset', times: 1 }] });
    await assert.rejects(client.as('Reception', body), { code: 'ECONNRESET' });
    client.server.patch({ ews: { busy: { form: 'serverBusy', times: 1, backOffMs: 5 } } });
    assert.equal(codeOf(await client.as('Reception', body)), 'ErrorServerBusy');
    assert.equal(codeOf(await client.as('Reception', body)), 'NoError');
  });
});
