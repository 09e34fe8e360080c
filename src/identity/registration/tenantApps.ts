import * as z from 'zod/mini';
import { GraphError } from '../graph/graphError.ts';
import { odataText } from '../graph/graphSession.ts';
import type { GraphSession } from '../graph/graphSession.ts';
import { byApi } from './appPlan.ts';
import type { AppPermission, AppPlan } from './appPlan.ts';

// Schemas are made when they are first used, which is not when the extension activates.

const identifier = z.lazy(() => z.string().check(z.minLength(1), z.maxLength(200)));
const id = z.lazy(() => z.object({ id: identifier }));
const requiredApi = z.lazy(() =>
  z.looseObject({
    resourceAppId: z.string(),
    resourceAccess: z.array(z.looseObject({ id: z.string(), type: z.string() })),
  }),
);
const application = z.lazy(() =>
  z.object({
    id: identifier,
    appId: z.guid(),
    displayName: z.string(),
    tags: z._default(z.array(z.string()), []),
    requiredResourceAccess: z._default(z.array(requiredApi), []),
  }),
);
const listOf = <T extends z.ZodMiniType>(item: T) => z.object({ value: z.array(item) });

/** An app registration of the tenant. */
export type TenantApp = z.infer<typeof application>;

/** The tenant has no app with this client id: it belongs to another tenant, or is gone. */
export class NoSuchAppError extends Error {
  readonly clientId: string;

  constructor(clientId: string) {
    super(`No app ${clientId}`);
    this.name = 'NoSuchAppError';
    this.clientId = clientId;
  }
}

/** An entry of keyCredentials. Graph wants back what it gave, so everything of it is kept. */
const keyCredential = z.lazy(() =>
  z.looseObject({ keyId: z.nullish(z.string()), key: z.nullish(z.string()), endDateTime: z.nullish(z.string()) }),
);
export type KeyCredential = z.infer<typeof keyCredential>;

const grantForm = z.lazy(() => z.object({ id: identifier, resourceId: z.string(), appRoleId: z.string() }));
/** An application permission that an app has been granted. */
export type Grant = z.infer<typeof grantForm>;

const appFields = 'id,appId,displayName,tags,requiredResourceAccess';

/** The app registrations of a tenant. Every method throws what GraphSession throws. */
export class TenantApps {
  readonly #graph: GraphSession;

  constructor(graph: GraphSession) {
    this.#graph = graph;
  }

  /** Those with this name, oldest first as Graph gives them. */
  async named(displayName: string): Promise<readonly TenantApp[]> {
    return this.#list(`displayName eq ${odataText(displayName)}`);
  }

  /** @param appId the client id */
  async withClientId(appId: string): Promise<TenantApp | undefined> {
    return (await this.#list(`appId eq ${odataText(appId)}`))[0];
  }

  async create({ displayName, tags, permissions }: AppPlan): Promise<TenantApp> {
    return this.#graph.ask(
      {
        method: 'POST',
        path: '/applications',
        operation: 'createApplication',
        body: {
          displayName,
          tags,
          signInAudience: 'AzureADMyOrg',
          requiredResourceAccess: withPermissions([], permissions),
        },
      },
      application,
    );
  }

  /** Lists the permissions in the registration, beside what is listed already. */
  async require(
    { id: object, requiredResourceAccess }: TenantApp,
    permissions: readonly AppPermission[],
  ): Promise<void> {
    const wanted = withPermissions(requiredResourceAccess, permissions);
    if (JSON.stringify(wanted) === JSON.stringify(requiredResourceAccess)) return;
    await this.#update(object, { requiredResourceAccess: wanted });
  }

  /** @returns false: there is no such app (any more). */
  async remove(appObjectId: string): Promise<boolean> {
    try {
      await this.#graph.tell({
        method: 'DELETE',
        path: `/applications/${appObjectId}`,
        operation: 'deleteApplication',
      });
      return true;
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  }

  async keysOf(appObjectId: string): Promise<readonly KeyCredential[]> {
    const { keyCredentials } = await this.#graph.ask(
      {
        method: 'GET',
        path: `/applications/${appObjectId}`,
        query: { $select: 'id,keyCredentials' }, // Only a selection of a single app shows the certificates themselves.
        operation: 'getApplication',
      },
      z.object({ keyCredentials: z.array(keyCredential) }),
    );
    return keyCredentials;
  }

  /** Replaces the whole list: give back what is to stay. */
  async setKeys(appObjectId: string, keyCredentials: readonly KeyCredential[]): Promise<void> {
    await this.#update(appObjectId, { keyCredentials });
  }

  /** The object id of an app's service principal; undefined: the tenant has none. */
  async principalOf(appId: string): Promise<string | undefined> {
    const { value } = await this.#graph.ask(
      {
        method: 'GET',
        path: '/servicePrincipals',
        query: { $filter: `appId eq ${odataText(appId)}`, $select: 'id' },
        operation: 'findServicePrincipal',
      },
      listOf(id),
    );
    return value[0]?.id;
  }

  async createPrincipal(appId: string): Promise<string> {
    const principal = await this.#graph.ask(
      { method: 'POST', path: '/servicePrincipals', operation: 'createServicePrincipal', body: { appId } },
      id,
    );
    return principal.id;
  }

  async grantsOf(principalId: string): Promise<readonly Grant[]> {
    const { value } = await this.#graph.ask(
      {
        method: 'GET',
        path: `/servicePrincipals/${principalId}/appRoleAssignments`,
        operation: 'listAppRoles',
      },
      listOf(grantForm),
    );
    return value;
  }

  /** Consents on behalf of the organization. */
  async grant(principalId: string, resourceId: string, appRoleId: string): Promise<Grant> {
    return this.#graph.ask(
      {
        method: 'POST',
        path: `/servicePrincipals/${principalId}/appRoleAssignments`,
        operation: 'assignAppRole',
        body: { principalId, resourceId, appRoleId },
      },
      grantForm,
    );
  }

  async revoke(principalId: string, grantId: string): Promise<void> {
    await this.#graph.tell({
      method: 'DELETE',
      path: `/servicePrincipals/${principalId}/appRoleAssignments/${grantId}`,
      operation: 'removeAppRole',
    });
  }

  async #list(filter: string): Promise<readonly TenantApp[]> {
    const { value } = await this.#graph.ask(
      {
        method: 'GET',
        path: '/applications',
        query: { $filter: filter, $select: appFields },
        operation: 'listApplications',
      },
      listOf(application),
    );
    return value;
  }

  async #update(appObjectId: string, body: object): Promise<void> {
    await this.#graph.tell({
      method: 'PATCH',
      path: `/applications/${appObjectId}`,
      operation: 'updateApplication',
      body,
    });
  }
}

function withPermissions(
  listed: TenantApp['requiredResourceAccess'],
  permissions: readonly AppPermission[],
): TenantApp['requiredResourceAccess'] {
  const apis = byApi(permissions);
  const missing = (resourceAppId: string, there: readonly { readonly id: string }[]) =>
    (apis.get(resourceAppId) ?? [])
      .filter((permission) => !there.some((one) => one.id === permission.id))
      .map((permission) => ({ id: permission.id, type: 'Role' }));
  const kept = listed.map((api) => ({
    ...api,
    resourceAccess: [...api.resourceAccess, ...missing(api.resourceAppId, api.resourceAccess)],
  }));
  const added = [...apis.keys()].filter((api) => !listed.some(({ resourceAppId }) => resourceAppId === api));
  return [...kept, ...added.map((api) => ({ resourceAppId: api, resourceAccess: missing(api, []) }))];
}

/** Graph does not know the object: it is gone, or has not spread to the server that answered. */
export function isMissing(error: unknown): boolean {
  return error instanceof GraphError && error.evidence.status === 404;
}
