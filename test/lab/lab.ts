import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answerAutodiscover } from './autodiscover.ts';
import { answerAutodiscoverSoap } from './autodiscoverSoap.ts';
import { makeServerCertificates, rsaKey } from './certificates.ts';
import { answerControl } from './control.ts';
import { describeLab } from './description.ts';
import type { LabDescription } from './description.ts';
import { answerEntra, entraEndpoint } from './entra/entra.ts';
import { SignInMemory } from './entra/signInMemory.ts';
import { TokenMint } from './entra/tokens.ts';
import { identifyCaller } from './ews/caller.ts';
import { answerEws, operationName } from './ews/endpoint.ts';
import { Directory } from './graph/directory.ts';
import { answerGraph, graphOperation } from './graph/graph.ts';
import { empty } from './http.ts';
import type { LabAnswer, LabRequest, Service } from './http.ts';
import { Listener } from './listener.ts';
import { Mailbox } from './mailboxes/mailbox.ts';
import { RequestLog } from './requestLog.ts';
import type { LoggedRequest } from './requestLog.ts';
import { scenarios } from './scenarios.ts';
import { StateError, StateStore } from './state.ts';
import type { LabStatePatch } from './state.ts';
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
  /** One of scenarios.ts. */
  readonly scenario?: string;
}

/** A running tenant. */
export interface Lab {
  readonly description: LabDescription;
  /** Changes the tenant's state. @throws StateError for what the state's schema refuses */
  patch(change: LabStatePatch): void;
  /** Back to the state at the start, with an empty log. */
  reset(): void;
  requests(): readonly LoggedRequest[];
  /** Ends everything at once and removes the temporary folder. */
  close(): Promise<void>;
}

export type { LabDescription, LabStatePatch };

function serviceOf(path: string): Service | 'control' {
  const lower = path.toLowerCase();
  if (lower === '/control' || lower.startsWith('/control/')) return 'control';
  if (lower.startsWith('/ews/')) return 'ews';
  if (lower.startsWith('/autodiscover/')) return 'autodiscover';
  if (lower.startsWith('/v1.0/') || lower.startsWith('/beta/')) return 'graph';
  return entraEndpoint(path) ? 'entra' : 'other';
}

function operationOf(service: Service, path: string, body: string, method: string): string | null {
  if (service === 'graph') return graphOperation(method, path);
  if (service === 'ews' || service === 'autodiscover') return operationName(body);
  return service === 'entra' ? (entraEndpoint(path)?.name ?? null) : null;
}

/**
 * Starts a simulated Microsoft 365 tenant on 127.0.0.1.
 * @throws StateError for an unknown scenario; an error of node:net when the port is taken
 */
export async function startLab(options: LabOptions = {}): Promise<Lab> {
  const scenario = scenarios.find((one) => one.name === (options.scenario ?? 'healthy'));
  if (!scenario) throw new StateError(`unknown scenario ${options.scenario ?? ''}`);
  const [certificates, signingKey, tenant, folder] = await Promise.all([
    makeServerCertificates(),
    rsaKey(),
    makeTenant(options.mailboxes ?? 5),
    mkdtemp(join(tmpdir(), 'exchange-migration-lab-')),
  ]);
  const state = new StateStore({ latencyMs: options.latencyMs ?? 0, ...scenario.patch(tenant) });
  const owners = tenant.users.filter((user) => user.hasMailbox);
  const mailboxes = owners.map((user, index) => {
    const isEmpty = index > 0 && index === owners.length - 1;
    return new Mailbox(
      user,
      isEmpty ? 0 : (options.items ?? 60),
      () => state.current.mailboxes[user.email]?.newMessages ?? 0,
    );
  });
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
  let mint: TokenMint | undefined;
  const theMint = (): TokenMint => (mint ??= new TokenMint(tenant, origin, signingKey, now));

  const autodiscover = (request: LabRequest): LabAnswer => {
    const context = { tenant, state: state.current, ewsUrl: `${origin}/EWS/Exchange.asmx` };
    if (!request.path.toLowerCase().endsWith('/autodiscover.svc')) return answerAutodiscover(request, context);
    const caller = identifyCaller(request, {
      ...{ tenant, mint: theMint(), authority: origin, nowMs: now() },
      scopes: {}, // SOAP Autodiscover is not reachable for an app with scoped access.
    });
    return 'kind' in caller ? answerAutodiscoverSoap(request, context) : caller;
  };
  const answer = (service: Service | 'control', request: LabRequest): LabAnswer => {
    const common = { tenant, state: state.current, authority: origin, mint: theMint(), nowMs: now() };
    switch (service) {
      case 'control':
        return answerControl(request, { state, log, tenant });
      case 'entra':
        return answerEntra(request, {
          ...common,
          tenant: { ...tenant, apps: directory.signInApps(replicatedMs()) },
          memory,
        });
      case 'ews':
        return answerEws(request, { ...common, mailboxes });
      case 'autodiscover':
        return autodiscover(request);
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
  state.onChange(() => {
    listener.useCertificate(state.current.tls);
  });
  try {
    const host = options.host ?? '127.0.0.1';
    const port = await listener.listen(options.port ?? 0, host);
    origin = `https://${host === '127.0.0.1' ? 'localhost' : host}:${port}`;
    const description = await describeLab(tenant, certificates.ca, folder, origin);
    return {
      description,
      patch: (change) => state.patch(change),
      reset: () => {
        state.reset();
        log.clear();
      },
      requests: () => log.entries,
      close: async () => {
        await listener.close();
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}
