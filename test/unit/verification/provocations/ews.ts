import { userReadAll } from '../../lab/support/graphClient.ts';
import { letApp } from './graph.ts';
import type { LabStatePatch } from '../../../lab/state.ts';
import { discoverEwsUrl } from '../../../../src/ews/autodiscover.ts';
import { endpointsOf } from '../../../../src/identity/endpoints.ts';
import { contextOf } from '../../../../src/verification/context.ts';
import { explain } from '../../../../src/verification/explain.ts';
import { atDate } from '../../support/provocationBench.ts';
import type { ProvocationBench, Provoked } from '../../support/provocationBench.ts';
import { failing, noticed } from './provocation.ts';
import type { Provocation } from './provocation.ts';

/** Exchange answers every request with this SOAP fault. */
const fault = (code: string, what: string, responseCode: string): Provocation => ({
  code,
  what,
  check: 'ews-access',
  provoke: async (bench) => {
    const body =
      '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault>' +
      `<faultcode>a:${responseCode}</faultcode><faultstring>Not done.</faultstring><detail>` +
      `<e:ResponseCode xmlns:e="http://schemas.microsoft.com/exchange/services/2006/errors">${responseCode}</e:ResponseCode>` +
      '</detail></s:Fault></s:Body></s:Envelope>';
    return bench.verifyWithExchangeAt(
      await bench.server({ status: 500, headers: { 'content-type': 'text/xml' }, body }),
    );
  },
});

/** What becomes of EWS in the worldwide cloud goes by the calendar. */
const onDay = (day: string, state: LabStatePatch) => (bench: ProvocationBench) =>
  atDate(`${day}T12:00:00Z`, () => bench.verify(state, bench.worldwide));

/** A verification takes the cloud's own address instead, and says that it failed: this is what failed. */
async function foreignAddress(bench: ProvocationBench): Promise<Provoked> {
  bench.lab.patch({ autodiscover: { ewsUrl: 'https://attacker.example/EWS/Exchange.asmx' } });
  return bench.explained(
    () => {
      const settings = bench.verification.settings();
      const { autodiscover, trustsEwsUrl } = endpointsOf(settings);
      const options = { base: autodiscover, mailbox: settings.testMailbox, userAgent: 'test', allows: trustsEwsUrl };
      return discoverEwsUrl(bench.http, options);
    },
    (error, settings) => explain(error, contextOf(settings, 'test')),
  );
}

/** Exchange answers, and will not have EWS, or not now. */
export const ews: readonly Provocation[] = [
  failing('ews-disabled', 'ews-access', 'EWS switched off', { ews: { enabled: false } }),
  failing('ews-disabled', 'mailbox-access', 'a mailbox with EWS off', ({ verification }) => ({
    mailboxes: { [verification.mailbox]: { state: 'ewsDisabled' } },
  })),
  failing('ews-blocked-by-policy', 'ews-access', 'an app that is not on the list', { ews: { appAllowed: false } }),
  failing('ews-refused', 'ews-access', 'a refusal without a reason', { ews: { retired: 404 } }),
  failing('ews-unauthorized', 'ews-access', 'a good token that is refused again and again', {
    ews: { busy: { form: 'http401' } },
  }),
  failing('ews-busy', 'ews-access', 'a busy server (503)', {
    ews: { busy: { form: 'http503', retryAfterSeconds: 5 } },
  }),
  failing('ews-busy', 'mailbox-access', 'a busy server (fault)', {
    ews: { busy: { form: 'serverBusy', backOffMs: 300 } },
  }),
  failing('ews-busy', 'mailbox-access', 'too many connections', { ews: { busy: { form: 'connectionCount' } } }),
  failing('ews-status', 'ews-access', 'a gateway without a server', {
    faults: [{ service: 'ews', kind: 'status', status: 502 }],
  }),
  fault('ews-error', 'an error of Exchange’s own', 'ErrorInvalidOperation'),
  fault('ews-schema', 'a server that does not understand', 'ErrorSchemaValidation'),
  failing('ews-unreadable', 'mailbox-access', 'garbage for FindFolder', {
    faults: [{ service: 'ews', operation: 'FindFolder', kind: 'notXml' }],
  }),
  failing('export-truncated', 'export', 'an export that breaks off', { ews: { truncatedExports: 1 } }),
  noticed('autodiscover-failed', 'Autodiscover that fails', { faults: [{ service: 'autodiscover', kind: 'html' }] }),
  { code: 'ews-ends', what: 'the worldwide cloud before the end of EWS', provoke: onDay('2026-12-01', {}) },
  {
    code: 'ews-off-for-now',
    what: 'EWS switched off before its end',
    provoke: onDay('2026-12-01', { ews: { enabled: false } }),
  },
  {
    code: 'ews-retired',
    check: 'ews-access',
    what: 'the worldwide cloud after the end of EWS',
    provoke: onDay('2027-05-01', { ews: { retired: 404 } }),
  },
  noticed('throttled', 'a server that asks to wait', {
    ews: { busy: { form: 'http503', retryAfterSeconds: 5 } },
  }),
  {
    code: 'budget-nearly-used',
    what: 'an app that has asked Graph a lot',
    provoke: async (bench) => {
      await letApp(bench, userReadAll);
      return bench.verify({ graph: { usedBudget: 0.85 } }, bench.worldwide);
    },
  },
  { code: 'autodiscover-foreign', what: 'an EWS address elsewhere', provoke: foreignAddress },
  noticed('endpoint-missing', 'a custom cloud without addresses', {}, () => ({ settings: { endpoints: {} } })),
];
