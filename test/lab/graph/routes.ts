import type { LabAnswer } from '../http.ts';
import {
  createApplication,
  deleteApplication,
  getApplication,
  listApplications,
  updateApplication,
} from './applications.ts';
import { assignAppRole, listAppRoles, removeAppRole } from './appRoleAssignments.ts';
import type { GraphCall } from './call.ts';
import { domains } from './domains.ts';
import type { GraphOperation } from './operationNames.ts';
import { addPassword, removePassword } from './passwords.ts';
import { me, memberOf, organization, users } from './people.ts';
import { createServicePrincipal, deleteServicePrincipal, findServicePrincipal } from './servicePrincipals.ts';
import { mailboxUsage } from './usageReport.ts';

export interface Route {
  readonly operation: GraphOperation;
  readonly method: string;
  readonly path: RegExp;
  /** One of these permissions is needed, delegated or as an app. */
  readonly permissions: readonly string[];
  /** A user has to be an administrator of applications beside. */
  readonly forAdministrators: boolean;
  readonly answer: (call: GraphCall) => LabAnswer;
}

/** `{key}` stands for `/{id}` and for `(appId='{appId}')`. */
function pattern(template: string): RegExp {
  const key = String.raw`(?:/(?<id>[^/()]+)|\(appId='(?<appId>[^']+)'\))`;
  return new RegExp(`^${template.replace('{key}', key).replace('{assignment}', '(?<assignment>[^/]+)')}$`, 'i');
}

const writeApps = ['Application.ReadWrite.All', 'Directory.ReadWrite.All'];
const readApps = ['Application.Read.All', 'Directory.Read.All', ...writeApps];
const assign = ['AppRoleAssignment.ReadWrite.All'];
const readUsers = ['User.ReadBasic.All', 'User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All'];
const readSelf = ['User.Read', 'User.ReadWrite', ...readUsers, 'Directory.ReadWrite.All'];
const readRoles = ['User.Read', 'Directory.Read.All', 'Directory.ReadWrite.All', 'RoleManagement.Read.Directory'];
const readOrganization = ['Organization.Read.All', 'User.Read', ...readUsers];
const readDomains = ['Domain.Read.All', 'Directory.Read.All'];

function route(
  operation: GraphOperation,
  request: string,
  permissions: readonly string[],
  answer: Route['answer'],
): Route {
  const [method = '', path = ''] = request.split(' ');
  const forAdministrators = permissions === writeApps || permissions === assign;
  return { operation, method, path: pattern(path), permissions, forAdministrators, answer };
}

export const routes: readonly Route[] = [
  route('listApplications', 'GET /applications', readApps, listApplications),
  route('createApplication', 'POST /applications', writeApps, createApplication),
  route('getApplication', 'GET /applications{key}', readApps, getApplication),
  route('updateApplication', 'PATCH /applications{key}', writeApps, updateApplication),
  route('deleteApplication', 'DELETE /applications{key}', writeApps, deleteApplication),
  route('addPassword', 'POST /applications{key}/addPassword', writeApps, addPassword),
  route('removePassword', 'POST /applications{key}/removePassword', writeApps, removePassword),
  route('findServicePrincipal', 'GET /servicePrincipals', readApps, findServicePrincipal),
  route('createServicePrincipal', 'POST /servicePrincipals', writeApps, createServicePrincipal),
  route('findServicePrincipal', 'GET /servicePrincipals{key}', readApps, findServicePrincipal),
  route('deleteServicePrincipal', 'DELETE /servicePrincipals{key}', writeApps, deleteServicePrincipal),
  route('listAppRoles', 'GET /servicePrincipals{key}/appRoleAssignments', [...readApps, ...assign], listAppRoles),
  route('assignAppRole', 'POST /servicePrincipals{key}/appRoleAssignments', assign, assignAppRole),
  route('removeAppRole', 'DELETE /servicePrincipals{key}/appRoleAssignments/{assignment}', assign, removeAppRole),
  route('me', 'GET /me', readSelf, me),
  route('memberOf', 'GET /me/(?:transitiveM|m)emberOf(?:/microsoft\\.graph\\.directoryRole)?', readRoles, memberOf),
  route('organization', 'GET /organization', readOrganization, organization),
  route('users', 'GET /users', readUsers, users),
  route('domains', 'GET /domains', readDomains, domains),
  route('mailboxUsage', "GET /reports/getMailboxUsageDetail\\(period='\\w*'\\)", ['Reports.Read.All'], mailboxUsage),
];
