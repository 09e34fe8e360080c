import type { ConnectionSettings } from '../connections/sourceConnection.ts';
import { endpointsOf, MissingEndpointError } from '../identity/endpoints.ts';
import type { FindingContext } from './findings/context.ts';

/** The tenant's own values for texts. */
export function contextOf(settings: ConnectionSettings, userAgent: string, now = new Date()): FindingContext {
  const { signIn, cloud, tenant, testMailbox } = settings;
  return {
    cloud,
    tenant,
    authority: authorityOf(settings),
    method: signIn.method,
    clientId: signIn.clientId,
    scopedAccess: 'scopedAccess' in signIn,
    userName: ('userName' in signIn ? signIn.userName : undefined) ?? '',
    mailbox: testMailbox,
    now,
    userAgent,
  };
}

/** For texts only: a check reports a missing address. */
function authorityOf(settings: ConnectionSettings): string {
  try {
    return endpointsOf(settings).authority;
  } catch (error) {
    if (error instanceof MissingEndpointError) return settings.endpoints.authority ?? '';
    throw error;
  }
}
