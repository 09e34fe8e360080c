import type { LabAnswer } from '../http.ts';
import type { GraphCall } from './call.ts';
import { collection } from './collection.ts';

/** The tenant's domain, and one of which it has not proved yet that it is its own. */
export function domains(call: GraphCall): LabAnswer {
  const domain = (id: string, isVerified: boolean): Readonly<Record<string, unknown>> => ({
    id,
    authenticationType: 'Managed',
    isAdminManaged: true,
    isDefault: isVerified,
    isInitial: isVerified,
    isRoot: true,
    isVerified,
    supportedServices: isVerified ? ['Email', 'OfficeCommunicationsOnline'] : [],
  });
  const all = [domain(call.tenant.domain, true), domain('not-yet.contoso-lab.example', false)];
  return collection(call, all, { set: 'domains', type: 'domain' });
}
