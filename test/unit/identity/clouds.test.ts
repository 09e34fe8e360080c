import assert from 'node:assert/strict';
import { before, after, describe, it } from 'mocha';
import type { CloudId } from '../../../src/connections/sourceConnection.ts';
import { HttpClient } from '../../../src/ews/transport/httpClient.ts';
import { trustedCas } from '../../../src/ews/transport/trustedCas.ts';
import { clouds, cloudsNamedIn, cloudsOfInstance } from '../../../src/identity/clouds.ts';
import { fetchOpenIdConfiguration, OtherCloudError } from '../../../src/identity/openIdConfiguration.ts';
import { makeServerCertificates } from '../../lab/certificates.ts';
import type { ServerCertificates } from '../../lab/certificates.ts';
import { clouds as labClouds } from '../../lab/entra/clouds.ts';
import { startScriptedServer } from '../support/scriptedServer.ts';

describe('The national clouds', () => {
  const idsOf = (instance: string, subScope?: string): CloudId[] =>
    cloudsOfInstance(instance, subScope).map(({ id }) => id);

  it('are known by the names that the sign-in services give themselves', () => {
    assert.deepEqual(idsOf('microsoftonline.com'), ['worldwide']);
    assert.deepEqual(idsOf('partner.microsoftonline.cn'), ['china']);
    assert.deepEqual(idsOf('sovcloud-identity.fr'), ['bleu']);
    assert.deepEqual(idsOf('sovcloud-identity.de'), ['delos']);
    assert.deepEqual(idsOf('online.com'), [], 'a part of a name is none');
    assert.deepEqual(idsOf('contoso.example'), []);
  });

  it('of the US Government are told apart by the region, where the service names one', () => {
    assert.deepEqual(idsOf('microsoftonline.us', 'DODCON'), ['gccHigh']);
    assert.deepEqual(idsOf('microsoftonline.us', 'DOD'), ['dod']);
    assert.deepEqual(idsOf('microsoftonline.us'), ['gccHigh', 'dod']);
  });

  it('are found where a refusal names them, but for the one that refuses', () => {
    const named = (text: string, cloud: CloudId = 'worldwide'): CloudId[] => cloudsNamedIn(text, cloud);
    const redirected = "Tenant 'contoso.us' request is being redirected to the National Cloud";
    assert.deepEqual(named(`${redirected} 'MicrosoftOnline.US'.`), ['gccHigh', 'dod']);
    assert.deepEqual(named(`${redirected} 'MicrosoftOnline.COM'.`, 'gccHigh'), ['worldwide']);
    assert.deepEqual(named(`${redirected} 'partner.microsoftonline.cn'.`), ['china']);
    const instead =
      'This user must sign into https://login.microsoftonline.com instead of https://login.microsoftonline.us.';
    assert.deepEqual(named(instead, 'dod'), ['worldwide']);
    assert.deepEqual(named(instead, 'worldwide'), ['gccHigh', 'dod']);
  });

  it('are not found in what only looks like them', () => {
    for (const text of [
      'Confidential Client is not supported in Cross Cloud request.',
      "Tenant 'contoso.onmicrosoft.us' request is being redirected to the National Cloud 'MicrosoftOnline.DE'.",
      'See https://login.microsoftonline.us.attacker.example and xlogin.microsoftonline.us and microsoftonline.usa.',
      'com us online.us',
    ]) {
      assert.deepEqual(cloudsNamedIn(text, 'worldwide'), [], text);
    }
  });

  it('each have hosts of their own; only the two of the US Government share a sign-in service', () => {
    for (const host of ['graph', 'ews', 'autodiscover'] as const) {
      assert.equal(new Set(clouds.map((cloud) => cloud[host])).size, clouds.length, host);
    }
    assert.equal(new Set(clouds.map(({ login }) => login)).size, clouds.length - 1);
  });

  it('are where the lab has them', () => {
    for (const { id, login, graph, ews, autodiscover } of clouds) {
      assert.ok(id !== 'custom');
      assert.deepEqual({ entra: login, graph, exchange: ews, autodiscover }, labClouds[id].hosts);
    }
  });
});

describe('A tenant’s cloud, by the discovery document', () => {
  let certificates: ServerCertificates;
  let client: HttpClient;
  before(async () => {
    certificates = await makeServerCertificates();
    client = new HttpClient(trustedCas(certificates.ca));
  });
  after(() => client.close());

  async function ask(cloud: CloudId, names: Readonly<Record<string, string | null>>): Promise<readonly CloudId[]> {
    const origin = { value: '' };
    const server = await startScriptedServer(certificates, [
      {
        get body() {
          return JSON.stringify({
            issuer: `${origin.value}/82cf3396-cb53-43d7-ae48-304ae98212b9/v2.0`,
            authorization_endpoint: `${origin.value}/authorize`,
            token_endpoint: `${origin.value}/token`,
            ...names,
          });
        },
      },
    ]);
    origin.value = server.origin;
    try {
      const http = client.within({ signal: new AbortController().signal });
      await fetchOpenIdConfiguration(http, { authority: server.origin, tenant: 'contoso.us', cloud }, 'test');
      return [];
    } catch (error) {
      if (error instanceof OtherCloudError) return error.clouds;
      throw error;
    } finally {
      await server.close();
    }
  }

  it('is told when it is another than the connection’s', async () => {
    const highGov = { cloud_instance_name: 'microsoftonline.us', tenant_region_sub_scope: 'DODCON' };
    assert.deepEqual(await ask('worldwide', highGov), ['gccHigh']);
    assert.deepEqual(await ask('dod', highGov), ['gccHigh']);
    assert.deepEqual(await ask('gccHigh', { cloud_instance_name: 'microsoftonline.com' }), ['worldwide']);
  });

  it('is told before the document’s other host is taken for a fraud', async () => {
    const elsewhere = {
      cloud_instance_name: 'microsoftonline.us',
      token_endpoint: 'https://login.microsoftonline.us/t',
    };
    assert.deepEqual(await ask('worldwide', elsewhere), ['gccHigh', 'dod']);
  });

  it('is no matter where it fits, is unknown, or the connection names all addresses itself', async () => {
    const gov = { cloud_instance_name: 'microsoftonline.us', tenant_region_sub_scope: null };
    assert.deepEqual(await ask('dod', gov), []);
    assert.deepEqual(
      await ask('worldwide', { cloud_instance_name: 'microsoftonline.com', tenant_region_sub_scope: 'GCC' }),
      [],
    );
    assert.deepEqual(await ask('worldwide', { cloud_instance_name: 'login.new-cloud.example' }), []);
    assert.deepEqual(await ask('worldwide', {}), []);
    assert.deepEqual(await ask('custom', gov), []);
  });
});
