import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { empty } from '../http.ts';
import type { LabAnswer } from '../http.ts';
import { bodyOf, entity, keyed } from './call.ts';
import type { GraphCall } from './call.ts';
import { collection, single } from './collection.ts';
import type { CollectionRules } from './collection.ts';
import type { StoredApplication } from './directory.ts';
import { badProperty } from './errors.ts';
import { isoSeconds, keyCredentialSchema, replaceKeys, showKey } from './keyCredentials.ts';
import { showSecret } from './passwords.ts';
import type { JsonObject } from './query.ts';

const rules: CollectionRules = {
  set: 'applications',
  type: 'application',
  filterable: ['id', 'appId', 'displayName', 'signInAudience'],
  searchable: ['displayName'],
};

const requiredResourceAccess = z.array(
  z.strictObject({
    resourceAppId: z.guid(),
    resourceAccess: z.array(z.strictObject({ id: z.guid(), type: z.enum(['Role', 'Scope']) })),
  }),
);

/** Settings that are kept and shown but have no effect in the lab. */
const described = {
  description: z.string().nullish(),
  notes: z.string().nullish(),
  tags: z.array(z.string()).optional(),
  identifierUris: z.array(z.string()).optional(),
  web: z.looseObject({}).optional(),
  spa: z.looseObject({}).optional(),
  api: z.looseObject({}).optional(),
  info: z.looseObject({}).optional(),
  serviceManagementReference: z.string().nullish(),
};

const applicationChange = z.strictObject({
  displayName: z.string().min(1).max(256).optional(),
  signInAudience: z
    .enum(['AzureADMyOrg', 'AzureADMultipleOrgs', 'AzureADandPersonalMicrosoftAccount', 'PersonalMicrosoftAccount'])
    .optional(),
  isFallbackPublicClient: z.boolean().nullish(),
  publicClient: z.looseObject({ redirectUris: z.array(z.string()).optional() }).nullish(),
  requiredResourceAccess: requiredResourceAccess.optional(),
  keyCredentials: z.array(keyCredentialSchema).optional(),
  ...described,
});

/** @param withKeys shows the certificates themselves, as Graph does to who selects keyCredentials of a single app */
function show(application: StoredApplication, call: GraphCall, withKeys = false): JsonObject {
  return {
    id: application.id,
    deletedDateTime: null,
    appId: application.appId,
    createdDateTime: isoSeconds(application.createdMs),
    description: null,
    identifierUris: [],
    isFallbackPublicClient: null,
    notes: null,
    publisherDomain: call.tenant.domain,
    tags: [],
    appRoles: [],
    publicClient: { redirectUris: [] },
    web: { homePageUrl: null, logoutUrl: null, redirectUris: [] },
    spa: { redirectUris: [] },
    requiredResourceAccess: [],
    ...application.settings,
    keyCredentials: application.keys.map((key) => showKey(key, withKeys)),
    passwordCredentials: application.secrets.map((secret) => showSecret(secret)),
  };
}

export function listApplications(call: GraphCall): LabAnswer {
  const items = call.directory.applications.map((application) => show(application, call));
  return collection(call, items, rules);
}

export function getApplication(call: GraphCall): LabAnswer {
  const selected = call.request.query.get('$select')?.split(',') ?? [];
  const application = keyed(call.directory.applications, call);
  return single(call, show(application, call, selected.includes('keyCredentials')), rules);
}

export function createApplication(call: GraphCall): LabAnswer {
  const {
    keyCredentials = [],
    displayName,
    signInAudience = 'AzureADMyOrg',
    ...settings
  } = bodyOf(call, applicationChange);
  if (displayName === undefined) {
    throw badProperty(
      'displayName',
      'MissingValue',
      "A value is required for property 'displayName' of resource 'Application'.",
    );
  }
  const application: StoredApplication = {
    id: randomUUID(),
    appId: randomUUID(),
    createdMs: call.nowMs,
    keys: replaceKeys(keyCredentials, [], call.nowMs),
    secrets: [],
    settings: { ...settings, displayName, signInAudience },
  };
  call.directory.applications.push(application);
  return entity(call, 201, 'applications/$entity', show(application, call));
}

export function updateApplication(call: GraphCall): LabAnswer {
  const application = keyed(call.directory.applications, call);
  const {
    keyCredentials,
    displayName = application.settings.displayName,
    signInAudience = application.settings.signInAudience,
    ...settings
  } = bodyOf(call, applicationChange);
  if (keyCredentials) application.keys = replaceKeys(keyCredentials, application.keys, call.nowMs);
  application.settings = { ...application.settings, ...settings, displayName, signInAudience };
  return empty(204);
}

export function deleteApplication(call: GraphCall): LabAnswer {
  call.directory.removeApplication(keyed(call.directory.applications, call));
  return empty(204);
}
