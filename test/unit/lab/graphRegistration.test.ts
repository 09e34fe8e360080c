import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { makeAppCertificate } from '../../lab/certificates.ts';
import type { AppCertificate } from '../../lab/certificates.ts';
import {
  aadsts,
  at,
  exchangeAppId,
  fullAccessAsApp,
  GraphClient,
  graphToken,
  keyCredential,
  listed,
  signInByCertificate,
  textAt,
} from './support/graphClient.ts';
import { getFolder, inbox, LabClient } from './support/labClient.ts';

describe('registration of an app through Graph', () => {
  let client: LabClient;
  let graph: GraphClient;
  let identity: AppCertificate;
  before(async () => {
    [client, identity] = await Promise.all([LabClient.start(), makeAppCertificate('Registered')]);
  });
  after(() => client.close());
  beforeEach(async () => {
    client.lab.reset();
    graph = new GraphClient(client, await graphToken(client));
  });

  const withCertificate = () => graph.createApp('Registered', { keyCredentials: [keyCredential(identity)] });
  const token = async (appId: string) => {
    const reply = await signInByCertificate(client, appId, identity);
    assert.equal(reply.status, 200, reply.body);
    return textAt(JSON.parse(reply.body), 'access_token');
  };

  it('ends in an app that opens mailboxes with its certificate', async () => {
    client.lab.reset();
    const search = "/applications?$filter=displayName%20eq%20'Mail%20Migration'";
    assert.deepEqual(listed(await graph.get(search)), []);
    assert.match((await graph.get('/me/memberOf')).body, /62e90394-69f5-4237-9190-012177145e10/);
    const { id, appId } = await graph.createApp('Mail Migration', { signInAudience: 'AzureADMyOrg' });
    const permission = await graph.send('PATCH', `/applications/${id}`, {
      requiredResourceAccess: [
        { resourceAppId: exchangeAppId, resourceAccess: [{ id: fullAccessAsApp, type: 'Role' }] },
      ],
    });
    assert.equal(permission.status, 204);
    const principal = await graph.createPrincipal(appId);
    assert.equal((await graph.grant(principal, exchangeAppId, fullAccessAsApp)).status, 201);
    const key = await graph.send('PATCH', `/applications/${id}`, { keyCredentials: [keyCredential(identity)] });
    assert.equal(key.status, 204);
    const opened = await client.ews(await token(appId), getFolder(inbox), client.user(1).email);
    assert.match(opened.body, /<t:FolderId /);
    assert.equal(listed(await graph.get(search)).length, 1);
    const operations = client.lab.requests().map(({ operation }) => operation);
    assert.deepEqual(operations, [
      'listApplications',
      'memberOf',
      'createApplication',
      'updateApplication',
      'createServicePrincipal',
      'findServicePrincipal',
      'assignAppRole',
      'updateApplication',
      'token',
      'GetFolder',
      'listApplications',
    ]);
  });

  it('gives a token without a role until the permission is granted, and again after it is withdrawn', async () => {
    const { appId } = await withCertificate();
    assert.equal(aadsts(await signInByCertificate(client, appId, identity)), 7000229);
    const principal = await graph.createPrincipal(appId);
    const status = async () => (await client.ews(await token(appId), getFolder(inbox), client.user(1).email)).status;
    assert.equal(await status(), 403);
    const granted = await graph.grant(principal, exchangeAppId, fullAccessAsApp);
    assert.equal(await status(), 200);
    const assignment = `/servicePrincipals/${principal}/appRoleAssignments/${textAt(granted.json, 'id')}`;
    assert.equal((await graph.send('DELETE', assignment)).status, 204);
    assert.equal(await status(), 403);
    assert.equal((await graph.send('DELETE', assignment)).status, 404);
  });

  it('is undone by deleting the app', async () => {
    const { id, appId } = await withCertificate();
    await graph.grant(await graph.createPrincipal(appId), exchangeAppId, fullAccessAsApp);
    assert.equal((await signInByCertificate(client, appId, identity)).status, 200);
    assert.equal((await graph.send('DELETE', `/applications/${id}`)).status, 204);
    assert.equal(aadsts(await signInByCertificate(client, appId, identity)), 700016);
    const gone = await graph.get(`/servicePrincipals(appId='${appId}')`);
    assert.equal(gone.status, 404);
    assert.equal(at(gone.json, 'error', 'code'), 'Request_ResourceNotFound');
  });

  it('is gone after a reset of the lab', async () => {
    const { appId } = await withCertificate();
    client.lab.reset();
    assert.equal((await graph.get(`/applications(appId='${appId}')`)).status, 404);
    assert.equal(aadsts(await signInByCertificate(client, appId, identity)), 700016);
  });

  it('takes its time until a new app is known everywhere', async () => {
    client.lab.patch({ graph: { replicationSeconds: 60 } });
    const { appId } = await withCertificate();
    const early = await graph.send('POST', '/servicePrincipals', { appId });
    assert.equal(early.status, 400);
    assert.equal(at(early.json, 'error', 'details', 0, 'code'), 'NoBackingApplicationObject');
    assert.equal(aadsts(await signInByCertificate(client, appId, identity)), 700016);
    client.lab.patch({ clockSkewSeconds: 61 });
    await graph.createPrincipal(appId);
    assert.equal((await signInByCertificate(client, appId, identity)).status, 200);
  });

  it('takes its time until a new certificate or secret of a known app can be used', async () => {
    const { id, appId } = await graph.createApp('Registered');
    await graph.createPrincipal(appId);
    client.lab.patch({ graph: { replicationSeconds: 60 }, clockSkewSeconds: 120 });
    await graph.send('PATCH', `/applications/${id}`, { keyCredentials: [keyCredential(identity)] });
    const { json } = await graph.send('POST', `/applications/${id}/addPassword`, {});
    const bySecret = () =>
      client.token({
        grant_type: 'client_credentials',
        client_id: appId,
        client_secret: textAt(json, 'secretText'),
        scope: 'https://outlook.office365.com/.default',
      });
    assert.equal(aadsts(await signInByCertificate(client, appId, identity)), 700027);
    assert.equal(aadsts(await bySecret()), 7000215);
    client.lab.patch({ graph: { replicationSeconds: 0 } });
    assert.equal((await signInByCertificate(client, appId, identity)).status, 200);
    assert.equal((await bySecret()).status, 200);
  });

  it('keeps the certificates that are there when one is added', async () => {
    const { clientId } = client.app('Migration');
    const path = `/applications(appId='${clientId}')`;
    const present = at((await graph.get(`${path}?$select=id,keyCredentials`)).json, 'keyCredentials');
    assert.ok(Array.isArray(present) && present.length === 1);
    const kept = { keyId: textAt(present, 0, 'keyId'), type: 'AsymmetricX509Cert', usage: 'Verify', key: null };
    const change = await graph.send('PATCH', path, { keyCredentials: [kept, keyCredential(identity)] });
    assert.equal(change.status, 204, change.body);
    const { certificate, privateKey } = client.app('Migration');
    const own = { certificate: certificate ?? '', privateKey: privateKey ?? '' };
    assert.equal((await signInByCertificate(client, clientId, own)).status, 200);
    assert.equal((await signInByCertificate(client, clientId, identity)).status, 200);
    await graph.send('PATCH', path, { keyCredentials: [] });
    assert.equal(aadsts(await signInByCertificate(client, clientId, own)), 700027);
  });
});
