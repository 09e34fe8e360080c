import { writeFileAtomically } from '../../../../src/connections/atomicFile.ts';
import { appPlan } from '../../../../src/identity/registration/appPlan.ts';
import type { AppPlan } from '../../../../src/identity/registration/appPlan.ts';
import { AppRegistration } from '../../../../src/identity/registration/appRegistration.ts';
import { renewCertificate } from '../../../../src/identity/registration/renewal.ts';
import type { Renewal } from '../../../../src/identity/registration/renewal.ts';
import { explainRegistration } from '../../../../src/verification/findings/registration.ts';
import type { LabStatePatch } from '../../../lab/state.ts';
import type { ProvocationBench, Provoked } from '../../support/provocationBench.ts';
import type { Provocation } from './provocation.ts';

const plan = appPlan('attempt', []);

/** Registers an app in the tenant in this state. */
async function register(bench: ProvocationBench, state: LabStatePatch, asked: AppPlan = plan): Promise<Provoked> {
  const tools = await bench.registration.tools(); // Signs in once, as long as nothing is wrong.
  bench.lab.patch(state);
  return bench.explained(() => new AppRegistration('attempt').run(asked, tools, () => undefined), explainRegistration);
}

async function renew(bench: ProvocationBench, changes: Partial<Renewal>): Promise<Provoked> {
  const tools = await bench.registration.tools();
  const renewal: Renewal = {
    clientId: bench.verification.app.clientId,
    oldThumbprint: undefined,
    months: 12,
    switchTo: () => Promise.resolve(),
    afterwards: () => tools.apps,
    ...changes,
  };
  return bench.explained(() => renewCertificate(renewal, tools, () => undefined), explainRegistration);
}

/** Graph refuses one thing with this status. */
const graph = (
  code: string,
  what: string,
  status: number,
  operation: 'createApplication' | 'assignAppRole' = 'createApplication',
): Provocation => ({
  code,
  what,
  provoke: (bench) => register(bench, { graph: { fail: [{ operation, status, retryAfterSeconds: 0 }] } }),
});

/** An app is not registered, or keeps its old certificate. */
export const registration: readonly Provocation[] = [
  graph('administrator-sign-in-expired', 'a token that Graph refuses', 401),
  graph('registration-not-allowed', 'an account that may not register', 403),
  graph('consent-not-allowed', 'an account that may not consent', 403, 'assignAppRole'),
  graph('graph-throttled', 'Graph that slows down', 429),
  graph('graph-unavailable', 'Graph that is down', 503),
  graph('graph-refused', 'a request that Graph refuses', 400),
  {
    code: 'exchange-not-in-tenant',
    what: 'a tenant without Exchange, where an app is registered',
    provoke: (bench) => register(bench, { entra: { exchangeSubscribed: false } }),
  },
  {
    code: 'api-not-in-tenant',
    what: 'a permission of an API that the tenant does not know',
    provoke: (bench) => {
      const stranger = { resourceAppId: 'd1e5aa03-7e5c-4b0c-9d0e-1f0c53b0c8aa', id: plan.permissions[0]?.id ?? '' };
      return register(bench, {}, { ...plan, permissions: [{ ...stranger, value: 'Strange.Read' }] });
    },
  },
  {
    code: 'app-not-in-tenant',
    what: 'an app of another tenant',
    provoke: (bench) => renew(bench, { clientId: 'd1e5aa03-7e5c-4b0c-9d0e-1f0c53b0c8aa' }),
  },
  {
    code: 'registration-not-spread',
    what: 'an app that does not spread',
    provoke: (bench) => register(bench, { graph: { replicationSeconds: 3600 } }),
  },
  {
    code: 'not-saved',
    what: 'a definition that cannot be written',
    // Where a folder should be there is a file, so the system itself refuses.
    provoke: (bench) =>
      renew(bench, { switchTo: () => writeFileAtomically(`${bench.lab.description.ca}/connection.json`, '{}') }),
  },
];
