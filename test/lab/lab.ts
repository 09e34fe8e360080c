import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressesFor, homeCloud, isElsewhere, isServedAt } from './addresses.ts';
import { answerAutodiscover } from './autodiscover.ts';
import { answerAutodiscoverSoap } from './autodiscoverSoap.ts';
import { makeServerCertificates, rsaKey } from './certificates.ts';
import { startCloudProxy } from './cloudProxy.ts';
import type { CloudProxy } from './cloudProxy.ts';
import { answerControl } from './control.ts';
import { describeLab } from './description.ts';
import type { LabDescription } from './description.ts';
import { cloudHosts, clouds } from './entra/clouds.ts';
import { answerEntra, entraEndpoint } from './entra/entra.ts';
import type { EntraContext } from './entra/entra.ts';
import { SignInMemory } from './entra/signInMemory.ts';
import { TokenMint } from './entra/tokens.ts';
import { identifyCaller } from './ews/caller.ts';
import { answerEws } from './ews/endpoint.ts';
import { operationName } from './ews/engine.ts';
import { requestedSchemas } from './ews/requestedSchemas.ts';
import { Directory } from './graph/directory.ts';
import { answerGraph, graphOperation } from './graph/graph.ts';
import { isDownload } from './graph/usageReport.ts';
import { empty, header } from './http.ts';
import type { LabAnswer, LabRequest, Service } from './http.ts';
import { Listener } from './listener.ts';
import { withArchives } from './mailboxes/archives.ts';
import { Mailbox } from './mailboxes/mailbox.ts';
import { RequestLog } from './requestLog.ts';
import { scenarios } from './scenarios.ts';
import { serve } from './simulation.ts';
import type { Simulation } from './simulation.ts';
import { labStateSchema } from './state.ts';
import type { LabStatePatch } from './state.ts';
import { StateError, StateStore } from './stateStore.ts';
import { makeTenant } from './tenant.ts';

export interface LabOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /**
   * The loopback address to listen on: 127.0.0.1, the default, which is called localhost; or 127.0.0.2, for clients that
   * treat localhost unlike any other host, as a browser-hosted VS Code does. macOS has the first only.
   */
  readonly host?: '127.0.0.1' | '127.0.0.2';
  /** Milliseconds before each answer; 0 by default. */
  readonly latencyMs?: number;
  /** 5 by default. */
  readonly mailboxes?: number;
  /** Items of each mailbox but the last, which is empty; 60 by default. */
  readonly items?: number;
  /** Application permissions of Graph that the app Migration has from the start, such as User.Read.All. */
  readonly graphRoles?: readonly string[];
  /** One of scenarios.ts. */
  readonly scenario?: string;
  /** A proxy by which the lab is reached by the clouds' real host names: its port; 0, as true, for any free one. */
  readonly proxy?: boolean | number;
}

/** A running tenant. */
export type Lab = Simulation<LabDescription, LabStatePatch>;
export type { LabDescription, LabStatePatch };

function serviceOf(path: string, host: string | undefined): Service | 'control' {
  const service = serviceByPath(path);
  return isServedAt(host, service) ? service : 'other';
}

function serviceByPath(path: string): Service | 'control' {
  const lower = path.toLowerCase();
  if (lower === '/control' || lower.startsWith('/control/')) return 'control';
  if (lower.startsWith('/ews/')) return 'ews';
  if (lower.startsWith('/autodiscover/')) return 'autodiscover';
  if (lower.startsWith('/v1.0/') || lower.startsWith('/beta/') || isDownload(path)) return 'graph';
  return entraEndpoint(path) ? 'entra' : 'other';
}

function operationOf(service: Service, path: string, body: string, method: string): string | null {
  if (service === 'graph') return graphOperation(method, path);
  if (service === 'ews' || service === 'autodiscover') return operationName(body);
  return service === 'entra' ? (entraEndpoint(path)?.name ?? null) : null;
}

/** What each service is handed of the tenant and of how it was asked. */
type Common = Omit<EntraContext, 'memory'>;

async function offerProxy(wanted: boolean | number, host: string, labPort: number): Promise<CloudProxy | undefined> {
  if (wanted === false) return undefined;
  return startCloudProxy({ port: wanted === true ? 0 : wanted, host, labPort, hosts: cloudHosts });
}

/**
 * Starts a simulated Microsoft 365 tenant on 127.0.0.1.
 * @throws StateError for an unknown scenario; an error of node:net when the port is taken
 */
export async function startLab(options: LabOptions = {}): Promise<Lab> {
  const scenario = scenarios.find((one) => one.name === (options.scenario ?? 'healthy'));
  if (!scenario) throw new StateError(`unknown scenario ${options.scenario ?? ''}`);
  const [certificates, signingKey, tenant, folder] = await Promise.all([
    makeServerCertificates(cloudHosts),
    rsaKey(),
    makeTenant(options.mailboxes ?? 5, options.graphRoles),
    mkdtemp(join(tmpdir(), 'exchange-migration-lab-')),
  ]);
  const state = new StateStore(labStateSchema, { latencyMs: options.latencyMs ?? 0, ...scenario.patch(tenant) });
  const owners = tenant.users.filter((user) => user.hasMailbox);
  const primaries = owners.map((user, index) => {
    const isEmpty = index > 0 && index === owners.length - 1;
    return new Mailbox(user, {
      items: isEmpty ? 0 : (options.items ?? 60),
      arrived: () => state.current.mailboxes[user.email]?.newMessages ?? 0,
      contents: () => state.current.mailboxes[user.email],
    });
  });
  const mailboxes = withArchives(primaries, () => state.current);
  const directory = new Directory(tenant);
  state.onReset(() => directory.reset());
  const log = new RequestLog();
  const now = (): number => Date.now() + state.current.clockSkewSeconds * 1000;
  const replicatedMs = (): number => now() - state.current.graph.replicationSeconds * 1000;
  const memory = new SignInMemory();
  state.onReset(() => {
    memory.forgetSignIns();
  });
  let origin = '';
  const mints = new Map<string, TokenMint>();
  const commonFor = (request: LabRequest): Common => {
    const addresses = addressesFor(header(request, 'host'), state.current, origin);
    const mint = mints.get(addresses.authority) ?? new TokenMint(tenant, addresses.authority, signingKey, now);
    mints.set(addresses.authority, mint);
    return { ...addresses, tenant, state: state.current, mint, nowMs: now() };
  };

  const autodiscover = (request: LabRequest, common: Common): LabAnswer => {
    const { hosts } = clouds[homeCloud(state.current)];
    const isMoved = common.cloud !== null && isElsewhere(state.current, common);
    const context = {
      ...{ tenant, state: state.current, ewsUrl: `${common.exchangeOrigin}/EWS/Exchange.asmx` },
      elsewhere: isMoved ? `https://${hosts.autodiscover}` : null,
    };
    if (!request.path.toLowerCase().endsWith('/autodiscover.svc')) return answerAutodiscover(request, context);
    // SOAP Autodiscover is not reachable for an app with scoped access.
    const caller = identifyCaller(request, { ...common, scopes: {} });
    if (!('kind' in caller)) return caller;
    const ewsUrl = state.current.autodiscover.ewsUrl ?? context.ewsUrl;
    return answerAutodiscoverSoap(request, {
      users: tenant.users,
      isMailboxKnown: state.current.autodiscover.mailboxKnown,
      ...{ internalEwsUrl: ewsUrl, externalEwsUrl: ewsUrl, redirect: null },
      ...{ version: state.current.ews.version, schemaVersion: 'Exchange2015', schemas: requestedSchemas },
      administrativeGroup: '/o=ExchangeLabs/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)',
    });
  };
  const answer = (service: Service | 'control', request: LabRequest): LabAnswer => {
    const common = commonFor(request);
    switch (service) {
      case 'control':
        return answerControl(request, {
          state,
          log,
          scenarios: new Map(scenarios.map(({ name, patch }) => [name, () => patch(tenant)])),
        });
      case 'entra':
        return answerEntra(request, {
          ...common,
          tenant: { ...tenant, apps: directory.signInApps(replicatedMs()) },
          memory,
        });
      case 'ews':
        return answerEws(request, { ...common, mailboxes });
      case 'autodiscover':
        return autodiscover(request, common);
      case 'graph':
        return answerGraph(request, { ...common, directory });
      case 'other':
        return empty(404);
    }
  };

  const listener = new Listener({
    certificates,
    state: () => state.current,
    now,
    log,
    router: { serviceOf, operationOf, answer },
  });
  return serve({ state, log, listener, folder }, async (atEnd) => {
    const host = options.host ?? '127.0.0.1';
    const port = await listener.listen(options.port ?? 0, host);
    atEnd(() => listener.close());
    origin = `https://${host === '127.0.0.1' ? 'localhost' : host}:${port}`;
    const proxy = await offerProxy(options.proxy ?? false, host, port);
    if (proxy) atEnd(() => proxy.close());
    return describeLab(tenant, certificates.ca, folder, origin, proxy?.url ?? null);
  });
}
