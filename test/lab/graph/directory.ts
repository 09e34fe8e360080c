import { createHash, randomUUID, X509Certificate } from 'node:crypto';
import type { LabState } from '../state.ts';
import { stableGuid } from '../tenant.ts';
import type { LabApp, SampleApp, SampleTenant } from '../tenant.ts';
import { directoryUsers } from './directoryUsers.ts';
import type { DirectoryUser } from './directoryUsers.ts';
import { certificateKey } from './keyCredentials.ts';
import type { StoredKey } from './keyCredentials.ts';
import type { JsonObject } from './query.ts';
import { exchangeApi, graphApi } from './resources.ts';
import type { ResourceApi } from './resources.ts';

export interface StoredSecret {
  readonly keyId: string;
  readonly displayName: string | null;
  readonly startMs: number;
  readonly endMs: number;
  readonly value: string;
  readonly addedMs: number;
}

export interface StoredApplication {
  readonly id: string;
  readonly appId: string;
  readonly createdMs: number;
  keys: readonly StoredKey[];
  secrets: readonly StoredSecret[];
  /** displayName, signInAudience and whatever else Graph was told. */
  settings: ApplicationSettings;
}

interface ApplicationSettings {
  readonly displayName: string;
  readonly signInAudience: string;
  readonly isFallbackPublicClient?: boolean | null | undefined;
  readonly publicClient?: { readonly redirectUris?: readonly string[] | undefined } | null | undefined;
  readonly [property: string]: unknown;
}

export interface StoredServicePrincipal {
  readonly id: string;
  readonly appId: string;
  readonly createdMs: number;
  /** Of Microsoft's own APIs. */
  readonly api: ResourceApi | null;
}

export interface StoredAssignment {
  readonly id: string;
  readonly appRoleId: string;
  readonly principalId: string;
  readonly resourceId: string;
  readonly createdMs: number;
}

/** When the sample tenant was set up: long before anything that happens in the lab. */
const foundedMs = Date.UTC(2024, 0, 15, 8);

/** The tenant's apps: registrations, service principals and what was granted to them, changed through Graph. */
export class Directory {
  readonly #tenant: SampleTenant;
  applications: StoredApplication[] = [];
  servicePrincipals: StoredServicePrincipal[] = [];
  assignments: StoredAssignment[] = [];
  /** What opens a report that was asked for. */
  readonly tickets = new Set<string>();
  #users: { readonly of: string; readonly all: readonly DirectoryUser[]; readonly shown: readonly JsonObject[] } = {
    ...{ of: '', all: [], shown: [] },
  };

  constructor(tenant: SampleTenant) {
    this.#tenant = tenant;
    this.reset();
  }

  get domain(): string {
    return this.#tenant.domain;
  }

  users(state: LabState['graph']): readonly DirectoryUser[] {
    return this.#usersOf(state).all;
  }

  /** As Graph shows them. */
  shownUsers(state: LabState['graph']): readonly JsonObject[] {
    return this.#usersOf(state).shown;
  }

  /** Made once for each size of the directory: each page is a part of the whole. */
  #usersOf(state: LabState['graph']): {
    readonly all: readonly DirectoryUser[];
    readonly shown: readonly JsonObject[];
  } {
    const of = `${state.moreUsers} ${state.guests}`;
    if (this.#users.of !== of) {
      const all = directoryUsers(this.#tenant, state);
      this.#users = { of, all, shown: all.map(({ shown }) => shown) };
    }
    return this.#users;
  }

  /** Back to the sample tenant. */
  reset(): void {
    this.tickets.clear();
    const { apps } = this.#tenant;
    const api = (one: ResourceApi): StoredServicePrincipal => ({
      id: one.id,
      appId: one.appId,
      createdMs: foundedMs,
      api: one,
    });
    this.applications = apps.map(sampleApplication);
    this.servicePrincipals = [
      ...apps.map(({ objectId, clientId }) => ({ id: objectId, appId: clientId, createdMs: foundedMs, api: null })),
      api(exchangeApi),
      api(graphApi),
    ];
    this.assignments = apps.flatMap((app) => [
      ...sampleAssignments(app, app.exchangeRoles, exchangeApi),
      ...sampleAssignments(app, app.graphRoles, graphApi),
    ]);
  }

  /** Removes an app with its service principal and what was granted to it. */
  removeApplication(application: StoredApplication): void {
    this.applications = this.applications.filter((one) => one !== application);
    const principal = this.servicePrincipals.find(({ appId }) => appId === application.appId);
    if (principal) this.removeServicePrincipal(principal);
  }

  removeServicePrincipal(principal: StoredServicePrincipal): void {
    this.servicePrincipals = this.servicePrincipals.filter((one) => one !== principal);
    this.assignments = this.assignments.filter(
      ({ principalId, resourceId }) => principalId !== principal.id && resourceId !== principal.id,
    );
  }

  /**
   * The apps as the token endpoint sees them, which is some time behind Graph.
   * @param writtenBeforeMs what was written after this moment is not known there yet
   */
  signInApps(writtenBeforeMs: number): readonly LabApp[] {
    const known = (ms: number): boolean => ms <= writtenBeforeMs;
    return this.applications
      .filter(({ createdMs }) => known(createdMs))
      .map((application) => {
        const { appId, keys, secrets, settings } = application;
        const fallsBack = settings.isFallbackPublicClient === true;
        const hasRedirect = (settings.publicClient?.redirectUris ?? []).length > 0;
        const principal = this.servicePrincipals.find((one) => one.appId === appId);
        return {
          name: settings.displayName,
          clientId: appId,
          objectId: principal?.id ?? null,
          isPublic: (fallsBack || hasRedirect) && keys.length === 0 && secrets.length === 0,
          publicClientFlows: fallsBack,
          secrets: secrets
            .filter(({ addedMs }) => known(addedMs))
            .map(({ value, endMs }) => ({ value, expiresMs: endMs })),
          certificates: keys.filter(({ addedMs }) => known(addedMs)).map(({ certificate }) => certificate),
          exchangeRoles: this.#granted(principal, exchangeApi),
          graphRoles: this.#granted(principal, graphApi),
        };
      });
  }

  #granted(principal: StoredServicePrincipal | undefined, api: ResourceApi): string[] {
    const granted = this.assignments.filter(
      ({ principalId, resourceId }) => principalId === principal?.id && resourceId === api.id,
    );
    return api.appRoles.filter(({ id }) => granted.some(({ appRoleId }) => appRoleId === id)).map(({ value }) => value);
  }
}

function sampleApplication(app: SampleApp): StoredApplication {
  return {
    id: stableGuid(`application ${app.name}`),
    appId: app.clientId,
    createdMs: foundedMs,
    keys: app.certificates.map((pem) => certificateKey(new X509Certificate(pem), { addedMs: foundedMs })),
    secrets: app.secrets.map(({ value, expiresMs }) => ({
      keyId: randomUUID(),
      displayName: 'Migration secret',
      startMs: foundedMs,
      endMs: expiresMs,
      value,
      addedMs: foundedMs,
    })),
    settings: {
      displayName: app.name,
      signInAudience: 'AzureADMyOrg',
      isFallbackPublicClient: app.publicClientFlows,
      publicClient: { redirectUris: app.isPublic ? ['http://localhost'] : [] },
      requiredResourceAccess: app.exchangeRoles.length > 0 ? [required(exchangeApi, app.exchangeRoles)] : [],
    },
  };
}

function required({ appId, appRoles }: ResourceApi, roles: readonly string[]): object {
  const wanted = appRoles.filter(({ value }) => roles.includes(value));
  return { resourceAppId: appId, resourceAccess: wanted.map(({ id }) => ({ id, type: 'Role' })) };
}

function sampleAssignments(app: SampleApp, roles: readonly string[], api: ResourceApi): StoredAssignment[] {
  return api.appRoles
    .filter(({ value }) => roles.includes(value))
    .map(({ id }) => ({
      id: createHash('sha256').update(`${app.objectId} ${id}`).digest('base64url'),
      appRoleId: id,
      principalId: app.objectId,
      resourceId: api.id,
      createdMs: foundedMs,
    }));
}
