import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { AnyAnswerBench } from '../support/anyAnswerBench.ts';
import { bytesOf, operations } from '../support/recordedTenant.ts';
import type { Answer, Operation } from '../support/recordedTenant.ts';

/** Makes a wrong answer of the right one, with the secrets in as many of its places as it has. */
type Echo = (right: Answer, loot: string, origin: string) => Answer;

const json = (status: number, body: object): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify(body)),
});
const xml = (status: number, body: string): Answer => ({
  status,
  headers: { 'content-type': 'text/xml' },
  body: Buffer.from(body),
});
const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0).toString()};`);

/** Header values are Latin-1 on the wire. */
const kept = ['request-id', 'x-ms-request-id', 'client-request-id', 'x-feserver', 'x-diaginfo', 'x-ews-policy-reason'];

/** Of any service. */
const refusals: Readonly<Record<string, Echo>> = {
  'in headers': (right, loot) => ({
    ...right,
    status: 403,
    headers: Object.fromEntries([...kept, 'content-type'].map((name) => [name, loot])),
  }),
  'in the diagnostics': (right, loot) => ({
    ...right,
    status: 401,
    headers: { 'x-ms-diagnostics': `4711;reason="${loot.replaceAll('"', '')}";error_category="${loot}"` },
  }),
  'in a redirect': (right, loot) => ({
    ...right,
    status: 302,
    headers: { location: `https://elsewhere.example/${encodeURIComponent(loot)}/${loot}?${loot}` },
  }),
  'in an error of OAuth': (_, loot) =>
    json(400, { error: loot.slice(-200), error_description: `AADSTS12345: ${loot}`, error_codes: [12345] }),
  'in a fault of SOAP': (_, loot) =>
    xml(
      500,
      `<s:Envelope xmlns:s="s"><s:Body><s:Fault><faultcode>a:${escaped(loot)}</faultcode><faultstring>x</faultstring>` +
        `<detail><ResponseCode>${escaped(loot)}</ResponseCode><Message>${escaped(loot)}</Message></detail>` +
        '</s:Fault></s:Body></s:Envelope>',
    ),
  'in an error of Graph': (_, loot) => json(403, { error: { code: loot.slice(-200), message: loot } }),
};

const replaced =
  (pattern: RegExp, by: (loot: string) => string): Echo =>
  (right, loot) => ({ ...right, body: Buffer.from(right.body.toString('utf8').replace(pattern, () => by(loot))) });

const changedJson =
  (changes: (loot: string, origin: string) => object): Echo =>
  (right, loot, origin) => ({
    ...right,
    body: Buffer.from(
      JSON.stringify({ ...(JSON.parse(right.body.toString('utf8')) as object), ...changes(loot, origin) }),
    ),
  });

const tokenWith = (claims: object): string => {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ typ: 'JWT', alg: 'none' })}.${part(claims)}.signature`;
};
const tellingToken = changedJson((loot) => ({
  access_token: tokenWith({ app_displayname: loot, roles: ['full_access_as_app', loot], scp: loot, upn: loot }),
}));

/** In an answer that is right otherwise. */
const successes: Readonly<Record<Operation, Echo>> = {
  discovery: changedJson((loot, origin) => ({
    issuer: loot,
    tenant_region_sub_scope: loot,
    token_endpoint: `${origin}/${encodeURIComponent(loot)}/oauth2/v2.0/token`,
  })),
  token: tellingToken,
  graphToken: tellingToken,
  autodiscover: (_, loot, origin) => json(200, { Protocol: 'EWS', Url: `${origin}/${encodeURIComponent(loot)}` }),
  GetServerTimeZones: replaced(/MajorVersion="\d+"/, (loot) => `MajorVersion="${escaped(loot)}"`),
  FindFolder: replaced(/(?<=<t:DisplayName>)[^<]*/g, escaped),
  FindItem: replaced(/(?<=<t:ItemId Id=")[^"]*/g, escaped),
  ExportItems: replaced(
    /<m:ExportItemsResponseMessage [\s\S]*<\/m:ExportItemsResponseMessage>/,
    (loot) =>
      `<m:ExportItemsResponseMessage ResponseClass="Error"><m:MessageText>${escaped(loot)}</m:MessageText>` +
      `<m:ResponseCode>${escaped(loot)}</m:ResponseCode></m:ExportItemsResponseMessage>`,
  ),
  getApplication: changedJson((loot) => ({ passwordCredentials: [{ hint: loot, endDateTime: loot }] })),
  users: changedJson((loot) => ({ '@odata.nextLink': loot })),
};

describe('A server that repeats the secrets it was sent', () => {
  let bench: AnyAnswerBench;
  before(async () => {
    bench = await AnyAnswerBench.open();
    await bench.run(undefined, 8_000); // It has seen them all by then, and tells them where it has not yet been sent any.
  });
  after(() => bench.close());

  for (const target of operations) {
    for (const [where, echo] of Object.entries({ ...refusals, 'in the right answer': successes[target] })) {
      it(`makes no result tell them: ${target}, ${where}`, async () => {
        const { seen, origin } = bench.tenant;
        let told = 0;
        for (const loot of [[...seen].join(' '), [...seen].reverse().join(' ')]) {
          await bench.run((socket, asked, right) => {
            if (asked === target) told += 1;
            socket.write(bytesOf(asked === target ? echo(right, loot, origin) : right));
          });
        }
        assert.ok(told > 0, 'it was asked');
      });
    }
  }
});
