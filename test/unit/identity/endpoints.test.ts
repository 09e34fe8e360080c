import assert from 'node:assert/strict';
import { endpointsOf } from '../../../src/identity/endpoints.ts';

describe('The addresses of a connection', () => {
  it('are its cloud’s', () => {
    const { trustsEwsUrl, ...endpoints } = endpointsOf({ cloud: 'dod', endpoints: {} });
    assert.ok(trustsEwsUrl('https://outlook-dod.office365.us/EWS/Exchange.asmx'));
    assert.deepEqual(endpoints, {
      authority: 'https://login.microsoftonline.us',
      graph: 'https://dod-graph.microsoft.us',
      graphResource: 'https://dod-graph.microsoft.us',
      ewsDefault: 'https://outlook-dod.office365.us/EWS/Exchange.asmx',
      autodiscover: 'https://outlook-dod.office365.us/autodiscover/autodiscover.json',
      ewsResource: 'https://outlook-dod.office365.us',
    });
  });

  it('are its own where it names them; a token for a known cloud stays one for that cloud', () => {
    const endpoints = endpointsOf({
      cloud: 'worldwide',
      endpoints: { authority: 'https://login.contoso.example/', ews: 'https://mail.contoso.example/EWS/Exchange.asmx' },
    });
    assert.equal(endpoints.authority, 'https://login.contoso.example');
    assert.equal(endpoints.ewsOverride, 'https://mail.contoso.example/EWS/Exchange.asmx');
    assert.equal(endpoints.ewsResource, 'https://outlook.office365.com');
    assert.equal(endpoints.graph, 'https://graph.microsoft.com');
  });

  it('take a server without a path as the one that Autodiscover asks', () => {
    const endpoints = endpointsOf({
      cloud: 'custom',
      endpoints: { authority: 'https://login.contoso.example', ews: 'https://mail.contoso.example:8443' },
    });
    assert.equal(endpoints.ewsOverride, undefined);
    assert.equal(endpoints.autodiscover, 'https://mail.contoso.example:8443/autodiscover/autodiscover.json');
    assert.equal(endpoints.ewsDefault, 'https://mail.contoso.example:8443/EWS/Exchange.asmx');
    assert.equal(endpoints.ewsResource, 'https://mail.contoso.example:8443');
  });

  it('are missing in a custom cloud that names none', () => {
    assert.throws(() => endpointsOf({ cloud: 'custom', endpoints: {} }), { endpoint: 'authority' });
    assert.throws(() => endpointsOf({ cloud: 'custom', endpoints: { authority: 'https://login.contoso.example' } }), {
      endpoint: 'ews',
    });
  });

  const worldwide = endpointsOf({ cloud: 'worldwide', endpoints: {} });
  const custom = endpointsOf({
    cloud: 'custom',
    endpoints: { authority: 'https://login.contoso.example', ews: 'https://mail.contoso.example' },
  });
  const cases: [url: string, byWorldwide: boolean, byCustom: boolean][] = [
    ['https://outlook.office365.com/EWS/Exchange.asmx', true, false],
    ['https://eur.outlook.office365.com/EWS/Exchange.asmx', true, false],
    ['https://outlook.office365.us/EWS/Exchange.asmx', true, false],
    ['https://mail.contoso.example/EWS/Exchange.asmx', false, true],
    ['https://mail.contoso.example:444/EWS/Exchange.asmx', false, false],
    ['https://outlook.office365.com.attacker.example/EWS/Exchange.asmx', false, false],
    ['https://attackeroutlook.office365.com/', false, false],
    ['https://outlook.office365.com@attacker.example/', false, false],
    ['https://outlook.office365.com:8443/', false, false],
    ['http://outlook.office365.com/EWS/Exchange.asmx', false, false],
    ['not an address', false, false],
  ];
  for (const [url, byWorldwide, byCustom] of cases) {
    it(`give a token to ${url} only where it belongs`, () => {
      assert.deepEqual([worldwide.trustsEwsUrl(url), custom.trustsEwsUrl(url)], [byWorldwide, byCustom]);
    });
  }
});
