import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { empty } from '../http.ts';
import type { LabAnswer } from '../http.ts';
import { bodyOf, entity, keyed } from './call.ts';
import type { GraphCall } from './call.ts';
import { collection, single } from './collection.ts';
import type { CollectionRules } from './collection.ts';
import type { StoredServicePrincipal } from './directory.ts';
import { badProperty, conflict, denied } from './errors.ts';
import { isoSeconds } from './keyCredentials.ts';
import type { JsonObject } from './query.ts';
import { exchangeApi } from './resources.ts';

const rules: CollectionRules = {
  set: 'servicePrincipals',
  type: 'servicePrincipal',
  filterable: ['id', 'appId', 'displayName', 'servicePrincipalType'],
  searchable: ['displayName'],
};

/** The tenant that Microsoft's own apps are registered in. */
const microsoftTenant = 'f8cdef31-a31e-4b4a-93e4-5f571e91255a';

/** Those of the tenant now; Exchange's is there only while the tenant is subscribed to it. */
export function principals({ directory, state }: GraphCall): readonly StoredServicePrincipal[] {
  const { servicePrincipals } = directory;
  return state.entra.exchangeSubscribed
    ? servicePrincipals
    : servicePrincipals.filter(({ appId }) => appId !== exchangeApi.appId);
}

export function principalName(principal: StoredServicePrincipal, { directory }: GraphCall): string {
  const application = directory.applications.find(({ appId }) => appId === principal.appId);
  return principal.api?.displayName ?? application?.settings.displayName ?? '';
}

const described = (permission: { readonly id: string; readonly value: string }): object => ({
  ...permission,
  isEnabled: true,
});

function show(principal: StoredServicePrincipal, call: GraphCall): JsonObject {
  const { api } = principal;
  const displayName = principalName(principal, call);
  return {
    id: principal.id,
    deletedDateTime: null,
    accountEnabled: call.state.entra.app !== 'disabled' || api !== null,
    appDisplayName: displayName,
    appId: principal.appId,
    appOwnerOrganizationId: api ? microsoftTenant : call.tenant.id,
    appRoleAssignmentRequired: false,
    createdDateTime: isoSeconds(principal.createdMs),
    displayName,
    servicePrincipalNames: [principal.appId],
    servicePrincipalType: 'Application',
    tags: [],
    appRoles: (api?.appRoles ?? []).map((role) => ({
      ...described(role),
      allowedMemberTypes: ['Application'],
      displayName: role.value,
      description: role.value,
      origin: 'Application',
    })),
    oauth2PermissionScopes: (api?.scopes ?? []).map((scope) => ({ ...described(scope), type: 'Admin' })),
  };
}

/** A list, or the one that the path names. */
export function findServicePrincipal(call: GraphCall): LabAnswer {
  const known = principals(call);
  if (call.keys.id !== undefined || call.keys.appId !== undefined) {
    return single(call, show(keyed(known, call), call), rules);
  }
  return collection(
    call,
    known.map((principal) => show(principal, call)),
    rules,
  );
}

const creation = z.strictObject({
  appId: z.guid().toLowerCase(),
  accountEnabled: z.boolean().optional(),
  appRoleAssignmentRequired: z.boolean().optional(),
  displayName: z.string().optional(),
  tags: z.array(z.string()).optional(),
});

export function createServicePrincipal(call: GraphCall): LabAnswer {
  const { directory, state, nowMs } = call;
  const { appId } = bodyOf(call, creation);
  if (directory.servicePrincipals.some((principal) => principal.appId === appId)) {
    throw conflict(
      `The service principal cannot be created, updated, or restored because the service principal name ${appId} is already in use.`,
      { code: 'ConflictingObjects', target: 'servicePrincipalNames' },
    );
  }
  const application = directory.applications.find((one) => one.appId === appId);
  const isReplicated = application && application.createdMs <= nowMs - state.graph.replicationSeconds * 1000;
  if (!isReplicated) {
    throw badProperty(
      'appId',
      'NoBackingApplicationObject',
      `The appId '${appId}' of the service principal does not reference a valid application object.`,
    );
  }
  const principal: StoredServicePrincipal = { id: randomUUID(), appId, createdMs: nowMs, api: null };
  directory.servicePrincipals.push(principal);
  return entity(call, 201, 'servicePrincipals/$entity', show(principal, call));
}

export function deleteServicePrincipal(call: GraphCall): LabAnswer {
  const principal = keyed(principals(call), call);
  if (principal.api) throw denied();
  call.directory.removeServicePrincipal(principal);
  return empty(204);
}
