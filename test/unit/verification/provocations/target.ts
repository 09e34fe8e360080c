import { basic } from '../../../../src/ews/authorization/basic.ts';
import { discoverServer, ServerDiscoveryError } from '../../../../src/ews/onPremisesAutodiscover/discoverServer.ts';
import { HttpClient } from '../../../../src/ews/transport/httpClient.ts';
import { trustedCas } from '../../../../src/ews/transport/trustedCas.ts';
import { findServer } from '../../../../src/verification/target/findServer.ts';
import { explainTarget } from '../../../../src/verification/target/explainTarget.ts';
import { targetContextOf } from '../../../../src/verification/target/targetContext.ts';
import type { AnyCheckId } from '../../../../src/verification/verification.ts';
import type { OnPremisesPatch } from '../../../lab/onPremises/state.ts';
import { startEwsStandIn } from '../../support/ewsStandIn.ts';
import type { StandInOptions } from '../../support/ewsStandIn.ts';
import { sampleChallenge } from '../../support/ntlmMessages.ts';
import { targetValues } from '../../support/provocationBench.ts';
import type { ProvocationBench } from '../../support/provocationBench.ts';
import { httpAnswer, startRawServer } from '../../support/rawServer.ts';
import { headerOf } from '../../support/scriptedServer.ts';
import type { TargetRun } from '../../support/targetBench.ts';
import { startTlsBridge } from '../../support/tlsBridge.ts';
import type { Provocation } from './provocation.ts';

/** The server on premises is in this state. @param check that fails; undefined: something is only worth a word */
export const onPremises = (
  code: string,
  check: AnyCheckId | undefined,
  what: string,
  state: OnPremisesPatch | ((bench: ProvocationBench) => OnPremisesPatch),
  run: (bench: ProvocationBench) => TargetRun = () => ({}),
): Provocation => ({
  ...{ code, what },
  ...(check && { check }),
  provoke: (bench) => bench.verifyTarget(typeof state === 'function' ? state(bench) : state, run(bench)),
});

const byBasic = ({ target: { account } }: ProvocationBench): TargetRun => ({
  settings: { signIn: { method: 'basic', userName: account.logon } },
});

/** The server's place is taken by one that answers everything so. */
const answering = (code: string, what: string, answer: string): Provocation => ({
  ...{ code, what, check: 'reach' },
  provoke: async (bench) =>
    bench.verifyTargetAt(await startRawServer(bench.certificates, (socket) => socket.write(answer))),
});

/** The server's place is taken by one that knows Basic and little else. */
const standIn = (code: string, check: AnyCheckId | undefined, what: string, options: StandInOptions): Provocation => ({
  ...{ code, what },
  ...(check && { check }),
  provoke: async (bench) => {
    // By the checks of the size what is not there does not fail.
    const only = check === undefined ? { only: new Set(['request-size'] as const) } : {};
    return bench.verifyTargetAt(await startEwsStandIn(bench.certificates, options), { ...byBasic(bench), ...only });
  },
});

const bridged: Provocation = {
  ...{
    code: 'channel-binding-refused',
    check: 'authentication',
    what: 'a load balancer with a certificate of its own',
  },
  provoke: async (bench) => {
    const port = Number(new URL(bench.target.server.description.ews).port);
    return bench.verifyTargetAt(await startTlsBridge(bench.certificates, { port, ca: bench.target.ca }));
  },
};

const cutOff: Provocation = {
  ...{ code: 'ntlm-connection-ended', check: 'authentication', what: 'a proxy that ends connections' },
  provoke: async (bench) => {
    const challenge = { 'www-authenticate': `NTLM ${sampleChallenge.toString('base64')}`, connection: 'close' };
    const offer = { 'www-authenticate': 'NTLM' };
    return bench.verifyTargetAt(
      await startRawServer(bench.certificates, (socket, { text }) =>
        socket.write(httpAnswer(401, headerOf(text, 'authorization') === undefined ? offer : challenge)),
      ),
    );
  },
};

const schemaFault =
  '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode>a:ErrorSchemaValidation</faultcode><faultstring>No.</faultstring></s:Fault></s:Body></s:Envelope>';

const notTold: Provocation = {
  ...{ code: 'request-limit-unknown', what: 'a proxy that ignores announcements' },
  provoke: async (bench) => {
    // Waits for the body of an announcement, as its reader of requests does.
    const server = await startRawServer(bench.certificates, (socket, { text }) => {
      const signedIn = headerOf(text, 'authorization') !== undefined;
      socket.write(signedIn ? httpAnswer(200, {}, '<a/>') : httpAnswer(401, { 'www-authenticate': 'Basic realm="x"' }));
    });
    return bench.verifyTargetAt(server, { ...byBasic(bench), only: new Set(['request-size'] as const) });
  },
};

/** Autodiscover at the domain of the mailbox answers so who has signed in, and asks everybody else to. */
const discovering = (code: string, what: string, status: number, body: string, location = ''): Provocation => ({
  ...{ code, what },
  provoke: async (bench) => {
    const answer = httpAnswer(status, { ...(location !== '' && { location }) }, body);
    const server = await startRawServer(bench.certificates, (socket, { text }) => {
      const signedIn = headerOf(text, 'authorization') !== undefined;
      socket.write(signedIn || status === 404 ? answer : httpAnswer(401, { 'www-authenticate': 'Basic realm="x"' }));
    });
    const client = new HttpClient(trustedCas(bench.certificates.ca));
    const { host } = new URL(server.origin);
    const mailbox = `user@${host}`;
    try {
      const error: unknown = await discoverServer(client.within({ signal: new AbortController().signal }), {
        ...{ mailbox, userAgent: 'test', confirmedHosts: new Set([host]) },
        authorization: () => basic('CONTOSO\\migration', 'secret'),
      }).catch((cause: unknown) => cause);
      if (!(error instanceof ServerDiscoveryError)) throw new Error('It did not fail so.', { cause: error });
      const context = targetContextOf(bench.target.settings());
      return { findings: [explainTarget(error, context)], own: targetValues(server.origin, '', mailbox) };
    } finally {
      client.close();
      await server.close();
    }
  },
});

/** The user does not want the password to go where Autodiscover leads to. */
const declined: Provocation = {
  ...{ code: 'autodiscover-declined', what: 'a user who is asked and says no' },
  provoke: async (bench) => {
    const answer = httpAnswer(200, {}, poxOf('https://mail.hoster.example/EWS/Exchange.asmx'));
    const server = await startRawServer(bench.certificates, (socket, { text }) => {
      const signedIn = headerOf(text, 'authorization') !== undefined;
      socket.write(signedIn ? answer : httpAnswer(401, { 'www-authenticate': 'Basic realm="x"' }));
    });
    try {
      const found = await findServer(
        {
          mailbox: `user@${new URL(server.origin).host}`,
          ...{ userName: 'CONTOSO\\migration', secret: { method: 'basic', password: 'secret' } },
          additionalCa: bench.certificates.ca,
          mayGoTo: () => Promise.resolve(false),
          signal: new AbortController().signal,
        },
        'test',
      );
      if (!('finding' in found)) throw new Error('It was not declined.');
      return { findings: [found.finding], own: targetValues(server.origin, '', '') };
    } finally {
      await server.close();
    }
  },
};

const poxOf = (ewsUrl: string): string =>
  `<Autodiscover><Response><Account><Action>settings</Action><Protocol><Type>EXPR</Type><EwsUrl>${ewsUrl}</EwsUrl></Protocol></Account></Response></Autodiscover>`;
const poxError = (code: number): string =>
  `<Autodiscover><Response><Error><ErrorCode>${code}</ErrorCode></Error></Response></Autodiscover>`;

/** The server on premises does not answer, does not let in, or is not fit to migrate to. */
export const target: readonly Provocation[] = [
  answering('target-not-exchange', 'a server without EWS', httpAnswer(404, {})),
  answering(
    'target-not-exchange',
    'a service that asks nobody',
    httpAnswer(200, { 'content-type': 'text/xml' }, '<a/>'),
  ),
  onPremises('authentication-not-offered', 'authentication', 'a server without NTLM', {
    authentication: { offered: ['Basic'] },
  }),
  onPremises(
    'authentication-not-offered',
    'authentication',
    'a server without Basic',
    { authentication: { offered: ['Negotiate', 'NTLM'] } },
    byBasic,
  ),
  onPremises('credentials-refused', 'authentication', 'a wrong password by NTLM', {}, () => ({
    secret: { method: 'ntlm', password: 'wrong-password' },
  })),
  onPremises('credentials-refused', 'authentication', 'a wrong password by Basic', {}, (bench) => ({
    ...byBasic(bench),
    secret: { method: 'basic', password: 'wrong-password' },
  })),
  onPremises(
    'credentials-refused',
    'authentication',
    'an account that is disabled, by its principal name',
    {
      authentication: { disabled: ['migration'] },
    },
    ({ target: { account } }) => ({ settings: { signIn: { method: 'ntlm', userName: account.principalName } } }),
  ),
  bridged,
  cutOff,
  onPremises('server-certificate-ends-soon', undefined, 'a certificate of 30 days', {}),
  onPremises('target-refused', 'authentication', 'EWS switched off on premises', { ews: { enabled: false } }),
  answering('target-service-down', 'an application pool that is stopped', httpAnswer(503, {})),
  onPremises('target-service-down', 'authentication', 'a gateway without an Exchange server', {
    faults: [{ service: 'ews', operation: 'GetServerTimeZones', kind: 'status', status: 502 }],
  }),
  standIn('exchange-too-old', 'version', 'a server that does not understand 2010 SP1', {
    refusal: { status: 500, body: schemaFault },
  }),
  standIn('exchange-too-old', 'version', 'Exchange 2010 without a service pack', { version: [14, 0, 702] }),
  onPremises('exchange-out-of-support', undefined, 'Exchange 2016', { version: '2016' }),
  standIn('target-is-exchange-online', 'version', 'Exchange Online as a target', { version: [15, 20, 9320] }),
  standIn('request-limit-low', undefined, 'a limit of 33 MB', { limit: 35_000_000 }),
  notTold,
  onPremises('throttling-policy-advice', undefined, 'a server of 2019', { version: '2019' }),
  discovering('autodiscover-nobody', 'a domain without Autodiscover', 404, ''),
  discovering('autodiscover-mailbox-unknown', 'an address that Autodiscover does not know', 200, poxError(500)),
  discovering('autodiscover-names-nothing', 'an Autodiscover without EWS', 200, poxError(600)),
  discovering(
    'autodiscover-in-circles',
    'an Autodiscover that leads to itself',
    302,
    '',
    '/autodiscover/autodiscover.xml',
  ),
  declined,
];
