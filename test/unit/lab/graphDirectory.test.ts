import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'mocha';
import {
  at,
  exchangeAppId,
  fullAccessAsApp,
  graphAppId,
  GraphClient,
  graphToken,
  listed,
  textAt,
  userReadAll,
} from './support/graphClient.ts';
import type { GraphReply } from './support/graphClient.ts';
import { LabClient } from './support/labClient.ts';

describe('resources of Graph', () => {
  let client: LabClient;
  let graph: GraphClient;
  before(async () => {
    client = await LabClient.start({ items: 1 });
  });
  after(() => client.close());
  beforeEach(async () => {
    client.lab.reset();
    graph = new GraphClient(client, await graphToken(client));
  });

  const refusal = ({ status, json }: GraphReply) => [status, at(json, 'error', 'code')];
  const detail = ({ json }: GraphReply) => [
    at(json, 'error', 'details', 0, 'target'),
    at(json, 'error', 'details', 0, 'code'),
  ];
  const names = (reply: GraphReply) => listed(reply).map((one) => at(one, 'displayName'));

  describe('applications', () => {
    it('show those of the tenant with their credentials but no secret', async () => {
      const reply = await graph.get('/applications');
      assert.deepEqual(names(reply), ['Migration', 'No permission', 'Public client']);
      const [migration] = listed(reply);
      assert.equal(at(migration, 'appId'), client.app('Migration').clientId);
      assert.equal(at(migration, 'keyCredentials', 0, 'key'), null);
      assert.equal(at(migration, 'passwordCredentials', 0, 'secretText'), null);
      assert.ok(Date.parse(textAt(migration, 'passwordCredentials', 0, 'endDateTime')) > Date.now());
      assert.ok(!reply.body.includes(client.app('Migration').secret ?? '-'));
    });

    it('are found by name and by appId, whatever the case, with quotes doubled', async () => {
      const { appId } = await graph.createApp("Anna's app");
      assert.deepEqual(names(await graph.get("/applications?$filter=displayName+eq+'anna''s APP'")), ["Anna's app"]);
      const byId = await graph.get(`/applications?$filter=appId eq '${appId}' and displayName eq 'x'`);
      assert.deepEqual(names(byId), []);
      const either = `/applications?$filter=appId eq '${appId}' or displayName eq 'Migration'&$select=displayName`;
      assert.deepEqual(listed(await graph.get(either)), [{ displayName: 'Migration' }, { displayName: "Anna's app" }]);
    });

    it('refuse filters and selections that they do not have', async () => {
      const wrong = ["notes eq 'x'", "displayName ne 'x'", "displayName eq 'x", ''];
      const codes = await Promise.all(wrong.map((filter) => graph.get(`/applications?$filter=${filter}`)));
      assert.deepEqual(
        codes.map((reply) => refusal(reply)),
        [[400, 'Request_UnsupportedQuery'], ...wrong.slice(1).map(() => [400, 'BadRequest'])],
      );
      assert.deepEqual(refusal(await graph.get('/applications?$select=colour')), [400, 'BadRequest']);
      assert.deepEqual(refusal(await graph.get('/applications?$expand=owners')), [400, 'Request_BadRequest']);
    });

    it('are created with what the client says and refused with the property that is wrong', async () => {
      const create = (body: unknown) => graph.send('POST', '/applications', body);
      const made = await create({
        displayName: 'Public',
        isFallbackPublicClient: true,
        publicClient: { redirectUris: ['http://localhost'] },
      });
      assert.equal(made.status, 201);
      assert.match(textAt(made.json, '@odata.context'), /#applications\/\$entity$/);
      assert.equal(at(made.json, 'publicClient', 'redirectUris', 0), 'http://localhost');
      assert.equal(at(made.json, 'signInAudience'), 'AzureADMyOrg');
      assert.deepEqual(detail(await create({})), ['displayName', 'MissingValue']);
      assert.deepEqual(detail(await create({ displayName: 'x', signInAudience: 'All' })), [
        'signInAudience',
        'InvalidValue',
      ]);
      assert.deepEqual(detail(await create({ displayName: 'x', colour: 1 })), ['colour', 'InvalidProperty']);
      assert.deepEqual(refusal(await create('{')), [400, 'BadRequest']);
      const untyped = await graph.send('POST', '/applications', '{}', { 'content-type': 'text/plain' });
      assert.match(untyped.body, /Content-Type/);
    });

    it('refuse keys that are no certificates, or that would change one that is there', async () => {
      const path = `/applications(appId='${client.app('Migration').clientId}')`;
      const change = (key: object) => graph.send('PATCH', path, { keyCredentials: [key] });
      const key = { type: 'AsymmetricX509Cert', usage: 'Verify', key: 'bm8gY2VydGlmaWNhdGU=' };
      assert.deepEqual(detail(await change(key)), ['keyCredentials.key', 'InvalidValue']);
      assert.deepEqual(detail(await change({ ...key, key: null })), ['keyCredentials.key', 'InvalidValue']);
      assert.deepEqual(detail(await change({ ...key, usage: 'Sing' })), ['keyCredentials.usage', 'InvalidValue']);
      assert.deepEqual(detail(await change({ ...key, type: 'Key' })), ['keyCredentials.type', 'InvalidValue']);
      const present = at((await graph.get(`${path}?$select=keyCredentials`)).json, 'keyCredentials', 0);
      assert.ok(typeof present === 'object' && present !== null);
      assert.equal((await change(present)).status, 204);
      assert.match((await change({ ...present, endDateTime: '2040-01-01T00:00:00Z' })).body, /is not allowed/);
      const late = { ...present, keyId: randomUUID(), endDateTime: '2040-01-01T00:00:00Z' };
      assert.deepEqual(detail(await change(late)), ['keyCredentials', 'KeyCredentialsInvalidEndDate']);
    });

    it('show a new secret once and forget it when they are told to', async () => {
      const { id } = await graph.createApp('x');
      const endDateTime = '2099-01-01T00:00:00Z';
      const made = await graph.send('POST', `/applications/${id}/addPassword`, {
        passwordCredential: { displayName: 'mine', endDateTime },
      });
      assert.equal(made.status, 200);
      assert.equal(at(made.json, 'endDateTime'), endDateTime);
      assert.ok(textAt(made.json, 'secretText').startsWith(textAt(made.json, 'hint')));
      const keyId = textAt(made.json, 'keyId');
      const shown = (await graph.get(`/applications/${id}`)).json;
      assert.equal(at(shown, 'passwordCredentials', 0, 'displayName'), 'mine');
      assert.equal(at(shown, 'passwordCredentials', 0, 'secretText'), null);
      const remove = () => graph.send('POST', `/applications/${id}/removePassword`, { keyId });
      assert.equal((await remove()).status, 204);
      assert.deepEqual(refusal(await remove()), [400, 'Request_BadRequest']);
      const past = { passwordCredential: { endDateTime: '2020-01-01T00:00:00Z' } };
      assert.equal((await graph.send('POST', `/applications/${id}/addPassword`, past)).status, 400);
    });
  });

  describe('service principals', () => {
    it('show the APIs with the permissions that they have', async () => {
      const exchange = await graph.get(`/servicePrincipals(appId='${exchangeAppId}')`);
      assert.equal(at(exchange.json, 'displayName'), 'Office 365 Exchange Online');
      assert.equal(at(exchange.json, 'appRoles', 0, 'id'), fullAccessAsApp);
      assert.match((await graph.get(`/servicePrincipals(appId='${graphAppId}')`)).body, new RegExp(userReadAll));
      client.lab.patch({ entra: { exchangeSubscribed: false } });
      assert.deepEqual(listed(await graph.get(`/servicePrincipals?$filter=appId eq '${exchangeAppId}'`)), []);
    });

    it('are made once for an app that is there', async () => {
      const { appId } = await graph.createApp('x');
      const create = (id: string) => graph.send('POST', '/servicePrincipals', { appId: id });
      const made = await create(appId);
      assert.deepEqual([made.status, at(made.json, 'displayName')], [201, 'x']);
      assert.deepEqual(refusal(await create(appId)), [409, 'Request_MultipleObjectsWithSameKeyValue']);
      assert.deepEqual(detail(await create(randomUUID())), ['appId', 'NoBackingApplicationObject']);
      const path = `/servicePrincipals/${textAt(made.json, 'id')}`;
      assert.equal((await graph.send('DELETE', path)).status, 204);
      assert.equal((await graph.get(path)).status, 404);
      assert.equal((await create(appId)).status, 201);
    });

    it('are granted a permission once, and only one that there is', async () => {
      const principal = await graph.createPrincipal((await graph.createApp('x')).appId);
      const path = `/servicePrincipals/${principal}/appRoleAssignments`;
      const resourceId = await graph.principalOf(exchangeAppId);
      const grant = { principalId: principal, resourceId, appRoleId: fullAccessAsApp };
      const assign = (changes: object = {}) => graph.send('POST', path, { ...grant, ...changes });
      const made = await assign();
      assert.deepEqual([made.status, at(made.json, 'resourceDisplayName')], [201, 'Office 365 Exchange Online']);
      assert.deepEqual(
        listed(await graph.get(path)).map((one) => at(one, 'id')),
        [at(made.json, 'id')],
      );
      assert.match((await assign()).body, /"Permission being assigned already exists on the object"/);
      assert.match((await assign({ appRoleId: userReadAll })).body, /was not found on application/);
      assert.match((await assign({ principalId: randomUUID() })).body, /Not a valid reference update/);
      assert.equal((await assign({ resourceId: randomUUID() })).status, 404);
      assert.equal((await graph.get(`/servicePrincipals/${randomUUID()}/appRoleAssignments`)).status, 404);
    });

    it('show what the apps of the tenant were granted', async () => {
      const principal = await graph.principalOf(client.app('Migration').clientId);
      const [granted, ...more] = listed(await graph.get(`/servicePrincipals/${principal}/appRoleAssignments`));
      assert.equal(at(granted, 'appRoleId'), fullAccessAsApp);
      assert.equal(more.length, 0);
    });
  });

  describe('people', () => {
    it('are the caller with roles and groups, and the organisation', async () => {
      assert.equal(at((await graph.get('/me')).json, 'userPrincipalName'), client.user(0).email);
      assert.deepEqual((await graph.get('/me?$select=id,mail')).json, {
        '@odata.context': `${client.lab.description.graph}/v1.0/$metadata#users(id,mail)/$entity`,
        id: at((await graph.get('/me')).json, 'id'),
        mail: client.user(0).email,
      });
      const types = listed(await graph.get('/me/memberOf?$select=id,roleTemplateId')).map((one) =>
        at(one, '@odata.type'),
      );
      assert.deepEqual(types, ['#microsoft.graph.group', '#microsoft.graph.directoryRole']);
      const [tenant] = listed(await graph.get('/organization?$select=id,displayName,verifiedDomains'));
      assert.equal(at(tenant, 'id'), client.lab.description.tenant.id);
      assert.equal(at(tenant, 'verifiedDomains', 0, 'name'), client.lab.description.tenant.domain);
    });

    it('come in pages', async () => {
      const emails: unknown[] = [];
      let next: string | undefined = '/users?$top=3&$select=mail,userPrincipalName';
      while (next !== undefined) {
        const page: GraphReply = await graph.get(next);
        assert.ok(listed(page).length <= 3);
        emails.push(...listed(page).map((user) => at(user, 'userPrincipalName')));
        const link = at(page.json, '@odata.nextLink');
        next = typeof link === 'string' ? link : undefined;
      }
      assert.deepEqual(
        emails,
        client.lab.description.users.map(({ email }) => email),
      );
      assert.equal((await graph.get('/users?$top=1000')).status, 400);
    });

    it('can be searched', async () => {
      assert.deepEqual(names(await graph.get("/users?$filter=startswith(displayName,'re')")), ['Reception']);
      const search = '/users?$search="displayName:acc" OR "mail:log"&$count=true&$orderby=displayName desc';
      assert.deepEqual(refusal(await graph.get(search)), [400, 'Request_UnsupportedQuery']);
      const found = await graph.get(search, { consistencylevel: 'eventual' });
      assert.deepEqual(names(found), ['Logistics', 'Accounting']);
      assert.equal(at(found.json, '@odata.count'), 2);
    });
  });
});
