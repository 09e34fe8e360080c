import { directoryRoles } from '../directoryRoles.ts';
import type { LabAnswer } from '../http.ts';
import { stableGuid } from '../tenant.ts';
import type { LabUser } from '../tenant.ts';
import type { GraphCall } from './call.ts';
import { collection, single } from './collection.ts';
import type { CollectionRules } from './collection.ts';
import { showUser } from './directoryUsers.ts';
import { GraphError } from './errors.ts';

const userRules: CollectionRules = {
  set: 'users',
  type: 'user',
  filterable: [
    'id',
    'accountEnabled',
    'department',
    'displayName',
    'givenName',
    'mail',
    'surname',
    'userPrincipalName',
    'userType',
  ],
  searchable: ['displayName', 'mail', 'userPrincipalName'],
  usual: [
    'businessPhones',
    'displayName',
    'givenName',
    'jobTitle',
    'mail',
    'mobilePhone',
    'officeLocation',
    'preferredLanguage',
    'surname',
    'userPrincipalName',
    'id',
  ],
};

function signedIn({ caller }: GraphCall): LabUser {
  if (caller.user) return caller.user;
  throw new GraphError(400, 'BadRequest', '/me request is only valid with delegated authentication flow.');
}

export const me = (call: GraphCall): LabAnswer => single(call, showUser(signedIn(call)).shown, userRules);

export const users = (call: GraphCall): LabAnswer =>
  collection(call, call.directory.shownUsers(call.state.graph), userRules);

/** A group that all users are in, so that clients have to tell roles from groups, and the caller's role. */
export function memberOf(call: GraphCall): LabAnswer {
  signedIn(call);
  const role = directoryRoles[call.caller.role];
  const group = {
    '@odata.type': '#microsoft.graph.group',
    id: stableGuid('group Everyone'),
    displayName: 'Everyone',
  };
  const held = role
    ? [
        {
          '@odata.type': '#microsoft.graph.directoryRole',
          id: stableGuid(`role ${role.templateId}`),
          displayName: role.displayName,
          roleTemplateId: role.templateId,
        },
      ]
    : [];
  const onlyRoles = /directoryRole$/i.test(call.request.path);
  return collection(call, onlyRoles ? held : [group, ...held], { set: 'directoryObjects', type: 'directoryObject' });
}

export function organization(call: GraphCall): LabAnswer {
  const { tenant } = call;
  const own = {
    id: tenant.id,
    displayName: 'Contoso Lab',
    countryLetterCode: 'DE',
    tenantType: 'AAD',
    verifiedDomains: [
      {
        capabilities: 'Email, OfficeCommunicationsOnline',
        isDefault: true,
        isInitial: true,
        name: tenant.domain,
        type: 'Managed',
      },
    ],
  };
  return collection(call, [own], { set: 'organization', type: 'organization' });
}
