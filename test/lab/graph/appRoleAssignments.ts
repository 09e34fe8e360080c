import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { empty } from '../http.ts';
import type { LabAnswer } from '../http.ts';
import { bodyOf, entity, keyed } from './call.ts';
import type { GraphCall } from './call.ts';
import { collection } from './collection.ts';
import type { StoredAssignment } from './directory.ts';
import { badRequest, denied, notFound } from './errors.ts';
import type { JsonObject } from './query.ts';
import { graphApi } from './resources.ts';
import { principalName, principals } from './servicePrincipals.ts';

function show(assignment: StoredAssignment, call: GraphCall): JsonObject {
  const nameOf = (sought: string): string => {
    const principal = call.directory.servicePrincipals.find(({ id }) => id === sought);
    return principal ? principalName(principal, call) : '';
  };
  return {
    id: assignment.id,
    deletedDateTime: null,
    appRoleId: assignment.appRoleId,
    createdDateTime: new Date(assignment.createdMs).toISOString(),
    principalDisplayName: nameOf(assignment.principalId),
    principalId: assignment.principalId,
    principalType: 'ServicePrincipal',
    resourceDisplayName: nameOf(assignment.resourceId),
    resourceId: assignment.resourceId,
  };
}

export function listAppRoles(call: GraphCall): LabAnswer {
  const { id } = keyed(principals(call), call);
  const own = call.directory.assignments.filter(({ principalId }) => principalId === id);
  return collection(
    call,
    own.map((assignment) => show(assignment, call)),
    { set: 'appRoleAssignments', type: 'appRoleAssignment', filterable: ['id', 'resourceId'] },
  );
}

const grant = z.strictObject({
  principalId: z.guid().toLowerCase(),
  resourceId: z.guid().toLowerCase(),
  appRoleId: z.guid().toLowerCase(),
});

/** Grants an app an application permission, which is the consent of an administrator. */
export function assignAppRole(call: GraphCall): LabAnswer {
  const known = principals(call);
  const principal = keyed(known, call);
  const asked = bodyOf(call, grant);
  const resource = known.find(({ id }) => id === asked.resourceId);
  if (!resource) throw notFound(asked.resourceId);
  if (asked.principalId !== principal.id) throw badRequest('Not a valid reference update.');
  // An Application Administrator may consent to everything but the permissions of Microsoft Graph.
  if (call.caller.role === 'applicationAdministrator' && resource.api === graphApi) throw denied();
  if (!resource.api?.appRoles.some(({ id }) => id === asked.appRoleId)) {
    throw badRequest(`Permission being assigned was not found on application '${resource.appId}'.`);
  }
  const { assignments } = call.directory;
  const isThere = assignments.some(
    (one) => one.principalId === principal.id && one.resourceId === resource.id && one.appRoleId === asked.appRoleId,
  );
  if (isThere) {
    const message = 'Permission being assigned already exists on the object';
    throw badRequest(message, [{ code: 'InvalidUpdate', target: 'appRoleId', message }]);
  }
  const assignment: StoredAssignment = {
    ...asked,
    id: randomBytes(32).toString('base64url'),
    createdMs: call.nowMs,
  };
  assignments.push(assignment);
  const what = `servicePrincipals('${principal.id}')/appRoleAssignments/$entity`;
  return entity(call, 201, what, show(assignment, call));
}

export function removeAppRole(call: GraphCall): LabAnswer {
  const { id } = keyed(principals(call), call);
  const sought = call.keys.assignment ?? '';
  const { directory } = call;
  const found = directory.assignments.find((one) => one.id === sought && one.principalId === id);
  if (!found) throw notFound(sought);
  directory.assignments = directory.assignments.filter((one) => one !== found);
  return empty(204);
}
