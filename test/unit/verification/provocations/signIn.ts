import { makeAppCertificate } from '../../../lab/certificates.ts';
import { keyCredential, textAt } from '../../lab/support/graphClient.ts';
import type { ProvocationBench, Provoked } from '../../support/provocationBench.ts';
import type { RunOptions } from '../../support/verificationBench.ts';
import { administratorsGraph, letApp } from './graph.ts';
import { failing } from './provocation.ts';
import type { Provocation } from './provocation.ts';

const applicationReadAll = '9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30';

const certificate = ({ verification: { app } }: ProvocationBench): RunOptions => ({
  settings: { signIn: { method: 'appCertificate', clientId: app.clientId } },
  secret: { method: 'appCertificate', privateKey: app.privateKey, certificate: app.certificate },
});

/** A sign-in service that refuses everything with an AADSTS number, and tells nothing else. */
export async function refusingSignIn(bench: ProvocationBench, aadsts: number): Promise<string> {
  const refusal = { error: 'invalid_request', error_description: `AADSTS${aadsts}: No.`, error_codes: [aadsts] };
  return bench.server({ status: 400, body: JSON.stringify(refusal) });
}

async function endingCertificate(bench: ProvocationBench): Promise<Provoked> {
  const { clientId } = bench.verification.app;
  const soon = await makeAppCertificate('Soon over', 20.5);
  const graph = await administratorsGraph(bench);
  const app = textAt((await graph.get(`/applications(appId='${clientId}')`)).json, 'id');
  await graph.send('PATCH', `/applications/${app}`, { keyCredentials: [keyCredential(soon)] });
  const settings = { signIn: { method: 'appCertificate', clientId } } as const;
  return bench.verify({}, { settings, secret: { method: 'appCertificate', ...soon } });
}

async function endingSecret(bench: ProvocationBench): Promise<Provoked> {
  await letApp(bench, applicationReadAll);
  const endDateTime = new Date(Date.now() + 20.5 * 86_400_000).toISOString();
  const path = `/applications(appId='${bench.verification.app.clientId}')/addPassword`;
  const graph = await administratorsGraph(bench);
  const { json } = await graph.send('POST', path, { passwordCredential: { endDateTime } });
  const secret = { method: 'appSecret', clientSecret: textAt(json, 'secretText') } as const;
  return bench.verify({}, { ...bench.worldwide, secret });
}

/** The sign-in service gives no token, or will not for long. */
export const signIn: readonly Provocation[] = [
  failing('app-not-found', 'sign-in', 'an app that is not there', { entra: { app: 'absent' } }),
  failing('wrong-secret', 'sign-in', 'a wrong secret', { entra: { secret: 'wrong' } }),
  failing('secret-expired', 'sign-in', 'an expired secret', { entra: { secret: 'expired' } }),
  failing('not-a-public-client', 'sign-in', 'an app that is no public client', {}, (bench) => {
    const { app, administrator } = bench.verification;
    const signIn = { method: 'password', clientId: app.clientId, userName: administrator.email } as const;
    return { ...bench.password, settings: { signIn } };
  }),
  failing(
    'certificate-refused',
    'sign-in',
    'a certificate that is not registered',
    { entra: { certificate: 'unregistered' } },
    certificate,
  ),
  failing('app-disabled', 'sign-in', 'a disabled app', { entra: { app: 'disabled' } }),
  failing('tenant-not-found', 'sign-in-service', 'a tenant that is not there', { entra: { tenant: 'absent' } }),
  failing('other-cloud', 'sign-in', 'a tenant of another cloud', { entra: { tenant: 'otherCloud' } }),
  failing('exchange-not-in-tenant', 'sign-in', 'a tenant without Exchange', { entra: { exchangeSubscribed: false } }),
  failing(
    'consent-missing',
    'sign-in',
    'no consent for an account',
    { entra: { consentGranted: false } },
    (bench) => bench.password,
  ),
  failing(
    'conditional-access',
    'sign-in',
    'Conditional Access',
    { entra: { conditionalAccess: 'blocked' } },
    (bench) => bench.password,
  ),
  {
    code: 'sign-in-throttled',
    check: 'sign-in-service',
    what: 'a busy sign-in service',
    provoke: async (bench) => bench.verify({}, bench.signingInAt(await refusingSignIn(bench, 90055))),
  },
  {
    code: 'sign-in-refused',
    check: 'sign-in-service',
    what: 'a number that nobody knows',
    provoke: async (bench) => bench.verify({}, bench.signingInAt(await refusingSignIn(bench, 12345))),
  },
  {
    code: 'sign-in-foreign-endpoint',
    check: 'sign-in-service',
    what: 'a document that sends the credentials elsewhere',
    provoke: async (bench) => {
      const elsewhere = 'https://elsewhere.example';
      const document = { issuer: elsewhere, authorization_endpoint: elsewhere, token_endpoint: elsewhere };
      return bench.verify({}, bench.signingInAt(await bench.server({ body: JSON.stringify(document) })));
    },
  },
  failing('secret-unusable', 'sign-in', 'a secret of another method', {}, () => ({
    secret: { method: 'password', password: 'of an account' },
  })),
  { code: 'certificate-ends-soon', what: 'a certificate with three weeks left', provoke: endingCertificate },
  { code: 'secret-ends-soon', what: 'a client secret with three weeks left', provoke: endingSecret },
];
