import { readFile } from 'node:fs/promises';
import { mock } from 'node:test';
import type { ConnectionSettings } from '../../../src/connections/sourceConnection.ts';
import { HttpClient } from '../../../src/ews/transport/httpClient.ts';
import type { Http } from '../../../src/ews/transport/httpClient.ts';
import { trustedCas } from '../../../src/ews/transport/trustedCas.ts';
import type { TargetRecord } from '../../../src/verification/target/verifyTarget.ts';
import type { Finding, VerificationRecord } from '../../../src/verification/verification.ts';
import { makeServerCertificates } from '../../lab/certificates.ts';
import type { ServerCertificates, TlsVariant } from '../../lab/certificates.ts';
import type { Lab } from '../../lab/lab.ts';
import type { OnPremisesPatch } from '../../lab/onPremises/state.ts';
import type { LabStatePatch } from '../../lab/state.ts';
import { httpAnswer, startRawServer } from './rawServer.ts';
import { RegistrationBench } from './registrationBench.ts';
import type { ScriptedAnswer } from './scriptedServer.ts';
import { TargetBench } from './targetBench.ts';
import type { TargetRun } from './targetBench.ts';
import { VerificationBench } from './verificationBench.ts';
import type { RunOptions } from './verificationBench.ts';

/** What is the tenant's own in a run, where the catalogue has samples. */
export interface OwnValues {
  readonly tenant: string;
  readonly mailbox: string;
  readonly clientId: string;
  readonly userName: string;
  readonly authority: string;
  /** Hosts with ports of the services that the run asked. */
  readonly hosts: readonly string[];
  /** Host and port of the proxy between, where there was one. */
  readonly proxy: string;
}

/** What a failure that was made to happen was explained by. */
export interface Provoked {
  readonly findings: readonly Finding[];
  readonly own: OwnValues;
  /** The whole verification, where it was one. */
  readonly record?: VerificationRecord | TargetRecord;
}

/** The lab, and what misbehaves where the lab cannot. */
export class ProvocationBench {
  readonly verification: VerificationBench;
  readonly registration: RegistrationBench;
  readonly target: TargetBench;
  readonly certificates: ServerCertificates;
  readonly #client: HttpClient;
  readonly #servers: { close(): unknown }[] = [];

  private constructor(
    verification: VerificationBench,
    registration: RegistrationBench,
    target: TargetBench,
    certificates: ServerCertificates,
    client: HttpClient,
  ) {
    this.verification = verification;
    this.registration = registration;
    this.target = target;
    this.certificates = certificates;
    this.#client = client;
  }

  static async open(): Promise<ProvocationBench> {
    const [verification, target, certificates] = await Promise.all([
      VerificationBench.open(),
      TargetBench.open(),
      makeServerCertificates(),
    ]);
    const client = new HttpClient(trustedCas(await readFile(verification.lab.description.ca, 'utf8')));
    return new ProvocationBench(
      verification,
      await RegistrationBench.on(verification.lab),
      target,
      certificates,
      client,
    );
  }

  get lab(): Lab {
    return this.verification.lab;
  }

  /** A client that trusts the lab. */
  get http(): Http {
    return this.#client.within({ signal: new AbortController().signal });
  }

  /** As after the start: between two provocations. */
  async reset(): Promise<void> {
    this.lab.reset();
    this.target.server.reset();
    await Promise.all(this.#servers.splice(0).map((server) => server.close()));
  }

  async close(): Promise<void> {
    this.#client.close();
    this.registration.release();
    await Promise.all([this.verification.close(), this.target.close()]);
  }

  /** Verifies a connection to the lab in this state. */
  async verify(state: LabStatePatch = {}, options: RunOptions = {}): Promise<Provoked> {
    this.lab.patch(state);
    const record = await this.verification.run(options);
    const findings = record.checks.flatMap((check) => check.findings);
    return { record, findings, own: ownValues(this.verification.settings(options.settings)) };
  }

  /** Verifies a target connection to the server on premises in this state. */
  async verifyTarget(state: OnPremisesPatch = {}, options: TargetRun = {}): Promise<Provoked> {
    const run = { ...options, trust: this.certificates.ca };
    const record = await this.target.run(run, state);
    const { server, signIn, testMailbox } = this.target.settings(options.settings);
    const findings = record.checks.flatMap((check) => check.findings);
    return { record, findings, own: targetValues(server.ews, signIn.userName, testMailbox) };
  }

  /** The same with a server of its own, which is closed at the next reset. */
  verifyTargetAt(server: { readonly origin: string; close(): unknown }, options: TargetRun = {}): Promise<Provoked> {
    this.#servers.push(server);
    const ews = `${server.origin}/EWS/Exchange.asmx`;
    const settings = { ...options.settings, server: { ews, from: 'typed' } } as const;
    return this.verifyTarget({}, { ...options, settings });
  }

  /** Does what fails, and explains why. */
  async explained(
    work: () => Promise<unknown>,
    explain: (error: unknown, settings: ConnectionSettings) => Finding,
    changes: Partial<ConnectionSettings> = {},
  ): Promise<Provoked> {
    const settings = this.verification.settings(changes);
    const error: unknown = await work().then(
      () => {
        throw new Error('It did not fail.');
      },
      (cause: unknown) => cause,
    );
    return { findings: [explain(error, settings)], own: ownValues(settings) };
  }

  /**
   * A server that answers everything so, until the next reset.
   * @param answer an HTTP answer, or bytes that are none @returns its origin
   */
  async server(answer: ScriptedAnswer | string, variant: TlsVariant = 'valid'): Promise<string> {
    const bytes =
      typeof answer === 'string' ? answer : httpAnswer(answer.status ?? 200, answer.headers ?? {}, answer.body);
    const server = await startRawServer(this.certificates, (socket) => socket.write(bytes), { variant });
    this.#servers.push(server);
    return server.origin;
  }

  /** For a run whose sign-in service is another server; Exchange is the lab. */
  signingInAt(authority: string, settings: Partial<ConnectionSettings> = {}): RunOptions {
    const endpoints = { authority, ews: new URL(this.lab.description.ews).origin };
    return { settings: { ...settings, endpoints }, trust: this.certificates.ca };
  }

  /**
   * Verifies with an Exchange that is another server; all else is the lab. In a cloud whose EWS has no known end, so
   * that what is said of a refusal does not change with the calendar.
   */
  async verifyWithExchangeAt(origin: string): Promise<Provoked> {
    const { authority } = this.lab.description;
    const endpoints = { authority, graph: authority, ews: `${origin}/EWS/Exchange.asmx` };
    const settings = { cloud: 'gccHigh', endpoints } as const;
    return this.verify({ entra: { cloud: 'gccHigh' } }, { settings, trust: this.certificates.ca });
  }

  /** For a run in the worldwide cloud, all of whose services are the lab. */
  get worldwide(): { readonly settings: Partial<ConnectionSettings> } {
    const { authority, ews, graph } = this.lab.description;
    const endpoints = { authority, ews: new URL(ews).origin, graph: new URL(graph).origin };
    return { settings: { cloud: 'worldwide', endpoints } };
  }

  /** For a run in which the administrator signs in by e-mail and password. */
  get password(): {
    readonly settings: Partial<ConnectionSettings>;
    readonly secret: NonNullable<RunOptions['secret']>;
  } {
    const { passwordSignIn, administrator } = this.verification;
    return {
      settings: { signIn: passwordSignIn },
      secret: { method: 'password', password: administrator.password },
    };
  }
}

/** Does something at another date. Certificates of servers are judged by the true one. */
export async function atDate<T>(date: string, work: () => Promise<T>): Promise<T> {
  mock.timers.enable({ apis: ['Date'], now: new Date(date) });
  try {
    return await work();
  } finally {
    mock.timers.reset();
  }
}

/** @param ews address of the server */
export function targetValues(ews: string, userName: string, mailbox: string): OwnValues {
  return { tenant: '', mailbox, clientId: '', userName, authority: '', hosts: [new URL(ews).host], proxy: '' };
}

function ownValues({ tenant, testMailbox, signIn, endpoints }: ConnectionSettings): OwnValues {
  const { authority = '', ews = '', graph = '' } = endpoints;
  const hosts = [authority, ews, graph].filter((url) => URL.canParse(url)).map((url) => new URL(url).host);
  const userName = ('userName' in signIn ? signIn.userName : undefined) ?? '';
  return { tenant, mailbox: testMailbox, clientId: signIn.clientId, userName, authority, hosts, proxy: '' };
}
