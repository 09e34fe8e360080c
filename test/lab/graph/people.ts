import type { LabAnswer } from '../http.ts';
import { stableGuid } from '../tenant.ts';
import type { LabUser } from '../tenant.ts';
import type { GraphCall } from './call.ts';
import { collection, single } from './collection.ts';
import type { CollectionRules } from './collection.ts';
import { GraphError } from './errors.ts';
import type { JsonObject } from './query.ts';

const userRules: CollectionRules = {
  set: 'users',
  type: 'user',
  filterable: ['id', 'accountEnabled', 'displayName', 'givenName', 'mail', 'surname', 'userPrincipalName', 'userType'],
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

function showUser(user: LabUser): JsonObject {
  return {
    businessPhones: [],
    displayName: user.name,
    givenName: null,
    jobTitle: null,
    mail: user.hasMailbox ? user.email : null,
    mobilePhone: null,
    officeLocation: null,
    preferredLanguage: null,
    surname: null,
    userPrincipalName: user.email,
    id: user.objectId,
    accountEnabled: true,
    userType: 'Member',
    assignedLicenses: user.hasMailbox ? [{ disabledPlans: [], skuId: stableGuid('licence') }] : [],
    proxyAddresses: user.hasMailbox ? [`SMTP:${user.email}`] : [],
  };
}

function signedIn({ caller }: GraphCall): LabUser {
  if (caller.user) return caller.user;
  throw new GraphError(400, 'BadRequest', '/me request is only valid with delegated authentication flow.');
}

export const me = (call: GraphCall): LabAnswer => single(call, showUser(signedIn(call)), userRules);

export const users = (call: GraphCall): LabAnswer => collection(call, call.tenant.users.map(showUser), userRules);

/** Directory roles by what `graph.role` calls them: display name and the id that is the same in every tenant. */
const roles = {
  globalAdministrator: ['Global Administrator', '62e90394-69f5-4237-9190-012177145e10'],
  applicationAdministrator: ['Application Administrator', '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3'],
} as const;

/** A group that all users are in, so that clients have to tell roles from groups, and the caller's role. */
export function memberOf(call: GraphCall): LabAnswer {
  signedIn(call);
  const { role } = call.caller;
  const group = {
    '@odata.type': '#microsoft.graph.group',
    id: stableGuid('group Everyone'),
    displayName: 'Everyone',
  };
  const [displayName, roleTemplateId] = role === 'user' ? [] : roles[role];
  const held = roleTemplateId
    ? [
        {
          '@odata.type': '#microsoft.graph.directoryRole',
          id: stableGuid(`role ${roleTemplateId}`),
          displayName,
          roleTemplateId,
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
