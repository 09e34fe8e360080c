import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { at, GraphClient, graphToken, listed } from './support/graphClient.ts';
import { LabClient } from './support/labClient.ts';

describe('reports and domains of Graph', () => {
  let client: LabClient;
  before(async () => {
    client = await LabClient.start({ items: 1 });
  });
  after(() => client.close());
  beforeEach(() => client.lab.reset());

  const graphFor = async (...scopes: readonly string[]): Promise<GraphClient> =>
    new GraphClient(client, await graphToken(client, scopes));
  const report = "/reports/getMailboxUsageDetail(period='D7')";

  it('lead to the report on mailboxes at another host, which takes no token', async () => {
    client.lab.patch({ graph: { moreUsers: 3 } });
    const { status, headers } = await (await graphFor('Reports.Read.All')).get(report);
    assert.equal(status, 302);
    const location = headers.location ?? '';
    assert.notEqual(new URL(location).host, new URL(client.lab.description.graph).host);
    assert.equal((await client.send(location, { headers: { authorization: 'Bearer x' } })).status, 400);
    const { body } = await client.send(location);
    assert.ok(body.startsWith('\ufeff'));
    const [head = '', ...rows] = body.trim().split('\r\n');
    assert.match(
      head,
      /^Report Refresh Date,User Principal Name,.*,Storage Used \(Byte\),.*,Recipient Type,Report Period$/,
    );
    // Five mailboxes that can be opened, three others, and one that was deleted.
    assert.equal(rows.length, 9);
    assert.match(rows[5] ?? '', /,person1@contoso-lab\.onmicrosoft\.com,"Person 1",False,,/);
    assert.equal((await client.send(`${location}x`)).status, 404);
  });

  it('name nobody when the tenant conceals names', async () => {
    client.lab.patch({ graph: { reports: { concealed: true } } });
    const { headers } = await (await graphFor('Reports.Read.All')).get(report);
    const { body } = await client.send(headers.location ?? '');
    assert.doesNotMatch(body.split('\r\n').slice(1).join('\n'), /@|Person|Reception/);
  });

  it('need their permissions', async () => {
    const graph = await graphFor('User.Read.All');
    for (const path of [report, '/domains']) assert.equal((await graph.get(path)).status, 403, path);
    assert.equal((await (await graphFor('Reports.Read.All')).get(report.replace('D7', 'D8'))).status, 400);
  });

  it('tell the domains, also one that is not verified', async () => {
    const domains = listed(await (await graphFor('Domain.Read.All')).get('/domains?$select=id,isVerified'));
    assert.deepEqual(domains, [
      { id: 'contoso-lab.onmicrosoft.com', isVerified: true },
      { id: 'not-yet.contoso-lab.example', isVerified: false },
    ]);
  });

  it('list as many users and guests as the state says', async () => {
    client.lab.patch({ graph: { moreUsers: 990, guests: 10 } });
    const graph = await graphFor('User.Read.All');
    const first = await graph.get('/users?$top=999&$select=mail,userType,department');
    const second = await graph.get(String(at(first.json, '@odata.nextLink')));
    assert.deepEqual([listed(first).length, listed(second).length], [999, 8]);
    assert.deepEqual(listed(second).at(-1), { mail: 'guest10@fabrikam.example', userType: 'Guest', department: null });
  });
});
