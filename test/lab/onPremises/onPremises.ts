import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeServerCertificates } from '../certificates.ts';
import { answerControl } from '../control.ts';
import { operationName } from '../ews/engine.ts';
import { empty } from '../http.ts';
import type { LabAnswer, LabRequest, LabRequestHead, Service } from '../http.ts';
import { Listener } from '../listener.ts';
import type { Refusal } from '../listener.ts';
import { withArchives } from '../mailboxes/archives.ts';
import { Mailbox } from '../mailboxes/mailbox.ts';
import { defaultFolders, folders } from '../mailboxes/tree.ts';
import { RequestLog } from '../requestLog.ts';
import { serve } from '../simulation.ts';
import type { Simulation } from '../simulation.ts';
import { StateStore } from '../stateStore.ts';
import { answerOnPremisesAutodiscover } from './autodiscover.ts';
import { Authentication } from './authentication.ts';
import type { SignedIn } from './authentication.ts';
import { describeOnPremises } from './description.ts';
import type { OnPremisesDescription } from './description.ts';
import { answerOnPremisesEws } from './ewsEndpoint.ts';
import { withServerHeaders } from './headers.ts';
import { defaultDomain, makeOrganisation } from './organisation.ts';
import { refuseBySize } from './requestLimit.ts';
import { onPremisesStateSchema } from './state.ts';
import type { OnPremisesPatch } from './state.ts';
import { Throttling } from './throttling.ts';

export interface OnPremisesOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** 5 by default. */
  readonly mailboxes?: number;
  /** Items of each mailbox; 0 by default, since a migration fills them. */
  readonly items?: number;
  /** Of the organisation's addresses; contoso-lab.example by default. */
  readonly domain?: string;
  /** What the state is at the start, where it differs from the usual. */
  readonly state?: OnPremisesPatch;
}

/** A running Exchange server on premises. */
export type OnPremises = Simulation<OnPremisesDescription, OnPremisesPatch>;
export type { OnPremisesDescription };

function serviceOf(path: string): Service | 'control' {
  const lower = path.toLowerCase();
  if (lower === '/control' || lower.startsWith('/control/')) return 'control';
  if (lower.startsWith('/ews/')) return 'ews';
  return lower.startsWith('/autodiscover/') ? 'autodiscover' : 'other';
}

/**
 * Starts a simulated Exchange server on premises on 127.0.0.1.
 * @throws StateError for an initial state that the schema refuses; an error of node:net when the port is taken
 */
export async function startOnPremises(options: OnPremisesOptions = {}): Promise<OnPremises> {
  const organisation = makeOrganisation(options.mailboxes ?? 5, options.domain ?? defaultDomain);
  const state = new StateStore(onPremisesStateSchema, options.state ?? {});
  const [certificates, folder] = await Promise.all([
    makeServerCertificates([organisation.names.dnsComputer, `autodiscover.${organisation.domain}`]),
    mkdtemp(join(tmpdir(), 'exchange-migration-on-premises-')),
  ]);
  const primaries = organisation.accounts
    .filter((account) => account.hasMailbox)
    .map(
      (account) =>
        new Mailbox(account, {
          items: options.items ?? 0,
          folders: options.items === undefined ? defaultFolders : folders,
          contents: () => state.current.mailboxes[account.email],
        }),
    );
  const mailboxes = withArchives(primaries, () => state.current);
  state.onReset(() => {
    for (const mailbox of mailboxes) mailbox.reset();
  });
  const log = new RequestLog();
  const now = (): number => Date.now() + state.current.clockSkewSeconds * 1000;
  const authentication = new Authentication({ organisation, state: () => state.current, now });
  let origin = '';
  const throttling = new Throttling(organisation, () => state.current, now);
  state.onReset(() => {
    throttling.reset();
  });
  /** Who has signed in with a request, from when it is let in until it is answered. */
  const callers = new WeakMap<LabRequestHead['notes'], SignedIn>();

  const admit = (service: Service | 'control', request: LabRequestHead): Refusal | undefined => {
    if (service !== 'ews' && service !== 'autodiscover') return undefined;
    const tooLarge = refuseBySize(request, state.current);
    if (tooLarge) return tooLarge;
    const caller = authentication.identify(request);
    if ('account' in caller) {
      callers.set(request.notes, caller);
      request.notes.account = caller.account.logonName;
      return undefined;
    }
    return { answer: withServerHeaders(caller, request, organisation), rest: 'read' };
  };
  const answerCaller = (service: Service, request: LabRequest): LabAnswer => {
    const caller = callers.get(request.notes);
    if (!caller) return empty(404);
    const { account, headers } = caller;
    const made =
      service === 'autodiscover'
        ? answerOnPremisesAutodiscover(request, {
            organisation,
            state: state.current,
            ewsUrl: `${origin}/EWS/Exchange.asmx`,
          })
        : answerOnPremisesEws(request, { organisation, mailboxes, state: state.current, account, throttling });
    return withServerHeaders({ ...made, headers: { ...headers, ...made.headers } }, request, organisation);
  };

  const listener = new Listener({
    certificates,
    state: () => state.current,
    now,
    log,
    largestBody: () => state.current.requestLimit.bytes,
    router: {
      serviceOf,
      operationOf: (_service, _path, body) => operationName(body),
      admit,
      begun: (service, request) => {
        const caller = callers.get(request.notes);
        return service === 'ews' && caller ? throttling.begin(request, caller.account) : () => undefined;
      },
      answer: (service, request) =>
        service === 'control'
          ? answerControl(request, { state, log, scenarios: new Map() })
          : answerCaller(service, request),
    },
  });
  return serve({ state, log, listener, folder }, async (atEnd) => {
    const port = await listener.listen(options.port ?? 0, '127.0.0.1');
    atEnd(() => listener.close());
    origin = `https://localhost:${port}`;
    return describeOnPremises(organisation, certificates.ca, folder, origin);
  });
}
