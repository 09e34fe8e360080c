import { explainRegistration } from '../../../../src/verification/findings/registration.ts';
import { failing, noticed } from './provocation.ts';
import type { Provocation } from './provocation.ts';

/** No answer comes. */
export const network: readonly Provocation[] = [
  failing('transport-dns', 'sign-in-service', 'a host name that does not exist', {}, (bench) =>
    bench.signingInAt('https://login.invalid'),
  ),
  failing('transport-refused', 'sign-in-service', 'a port that nobody listens on', {}, (bench) =>
    bench.signingInAt('https://127.0.0.1:9'),
  ),
  // Nothing connects to everybody at once, so the system has no route there.
  failing('transport-unreachable', 'sign-in-service', 'an address without a route', {}, (bench) =>
    bench.signingInAt('https://255.255.255.255'),
  ),
  failing('transport-reset', 'sign-in-service', 'a sign-in service that resets', {
    faults: [{ service: 'entra', kind: 'reset' }],
  }),
  failing('transport-reset', 'ews-access', 'EWS that resets', { faults: [{ service: 'ews', kind: 'reset' }] }),
  {
    code: 'transport-timeout',
    what: 'a service that has less time than the check',
    provoke: (bench) =>
      bench.explained(async () => {
        const graph = await bench.registration.graph(() => Promise.resolve(), 50);
        bench.lab.patch({ faults: [{ service: 'graph', kind: 'hang' }] });
        await graph.tell({ method: 'GET', path: '/me', operation: 'me' });
      }, explainRegistration),
  },
  failing('transport-truncated', 'sign-in-service', 'a truncated answer', {
    faults: [{ service: 'entra', kind: 'truncated' }],
  }),
  failing('transport-truncated', 'export', 'a truncated export', {
    faults: [{ service: 'ews', operation: 'ExportItems', kind: 'truncated' }],
  }),
  {
    code: 'transport-notHttp',
    check: 'sign-in-service',
    what: 'a server of another protocol',
    provoke: async (bench) => bench.verify({}, bench.signingInAt(await bench.server('SSH-2.0-OpenSSH_9.9\r\n'))),
  },
  failing('transport-notHttps', 'sign-in-service', 'an address without TLS', {}, (bench) =>
    bench.signingInAt('http://127.0.0.1:9'),
  ),
  failing('transport-tooLarge', 'sign-in-service', 'a huge answer', { faults: [{ service: 'entra', kind: 'huge' }] }),
  // The wizard refuses such an address; a file that somebody edited may have it, and no header can.
  failing('transport-other', 'ews-access', 'a mailbox that no header can carry', {}, () => ({
    settings: { testMailbox: 'a\u0007b@contoso-lab.onmicrosoft.com' },
  })),
  noticed('network-slow', 'a long way', { latencyMs: 410 }),
  failing('clock-wrong', 'clock', 'a clock that is 12 minutes off', { clockSkewSeconds: -12 * 60 }),
  noticed('clock-drifts', 'a clock that is 3 minutes off', { clockSkewSeconds: 3 * 60 }),
];
