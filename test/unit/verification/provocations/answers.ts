import { failing } from './provocation.ts';
import type { Provocation } from './provocation.ts';
import type { ScriptedAnswer } from '../../support/scriptedServer.ts';

/** The sign-in service's place is taken by somebody who answers so. */
const answering = (code: string, what: string, answer: ScriptedAnswer): Provocation => ({
  code,
  what,
  check: 'sign-in-service',
  provoke: async (bench) => bench.verify({}, bench.signingInAt(await bench.server(answer))),
});

/** An answer comes, and not from the service that was asked. */
export const answers: readonly Provocation[] = [
  failing('answer-html', 'sign-in-service', 'a web page for JSON', { faults: [{ service: 'entra', kind: 'html' }] }),
  failing('answer-html', 'ews-access', 'a web page for XML', { faults: [{ service: 'ews', kind: 'html' }] }),
  failing('answer-redirect', 'sign-in-service', 'a redirect to another host', {
    faults: [{ service: 'entra', kind: 'redirectToOtherHost' }],
  }),
  failing('answer-redirect', 'ews-access', 'a redirect of EWS', {
    faults: [{ service: 'ews', kind: 'redirectToOtherHost' }],
  }),
  failing('answer-insecureRedirect', 'sign-in-service', 'a redirect to http', {
    faults: [{ service: 'entra', kind: 'redirectToHttp' }],
  }),
  failing('answer-notJson', 'sign-in-service', 'garbage for JSON', { faults: [{ service: 'entra', kind: 'notJson' }] }),
  failing('answer-notXml', 'export', 'garbage for an export', {
    faults: [{ service: 'ews', operation: 'ExportItems', kind: 'notXml' }],
  }),
  answering('answer-unexpected', 'JSON of another service', { body: '{"status":"up"}' }),
  answering('answer-status', 'a failure of another service', { status: 500, body: '{"status":"down"}' }),
];
