import { readFile } from 'node:fs/promises';
import type { ConnectionSettings } from '../../../src/connections/sourceConnection.ts';
import type { TargetSettings } from '../../../src/connections/targetConnection.ts';
import { signInWithMsal } from '../../../src/identity/signIn.ts';
import { SourceServer } from '../../../src/migration/access/sourceServer.ts';
import type { SourceServerOptions } from '../../../src/migration/access/sourceServer.ts';
import { TargetServer } from '../../../src/migration/access/targetServer.ts';
import type { TargetServerOptions } from '../../../src/migration/access/targetServer.ts';
import { startLab } from '../../lab/lab.ts';
import type { Lab, LabDescription } from '../../lab/lab.ts';
import { Mailbox } from '../../lab/mailboxes/mailbox.ts';
import { startOnPremises } from '../../lab/onPremises/onPremises.ts';
import type { OnPremises, OnPremisesDescription } from '../../lab/onPremises/onPremises.ts';
import type { LoggedRequest } from '../../lab/requestLog.ts';

export interface ScanBenchOptions {
  /** Of the tenant; the last one is empty. */
  readonly mailboxes?: number;
  /** Of each of the tenant's mailboxes. */
  readonly items?: number;
}

/** PEM. */
interface Authorities {
  readonly source: string;
  readonly target: string;
}

const userAgent = 'ExchangeMigration/test';

/** A tenant, an Exchange server on premises with a mailbox for most of the tenant's, and what opens them. */
export class ScanBench {
  readonly lab: Lab;
  readonly server: OnPremises;
  readonly items: number;
  readonly #cas: Authorities;
  readonly #opened: { close(): void }[] = [];

  private constructor(lab: Lab, server: OnPremises, cas: Authorities, items: number) {
    this.lab = lab;
    this.server = server;
    this.#cas = cas;
    this.items = items;
  }

  static async open({ mailboxes = 5, items = 60 }: ScanBenchOptions = {}): Promise<ScanBench> {
    const [lab, server] = await Promise.all([startLab({ mailboxes, items }), startOnPremises({ mailboxes })]);
    const [source, target] = await Promise.all([lab, server].map(({ description: { ca } }) => readFile(ca, 'utf8')));
    return new ScanBench(lab, server, { source: source ?? '', target: target ?? '' }, items);
  }

  /** Both services as they were at the start; what was opened is closed. */
  reset(): void {
    for (const opened of this.#opened.splice(0)) opened.close();
    this.lab.reset();
    this.server.reset();
  }

  async close(): Promise<void> {
    this.reset();
    await Promise.all([this.lab.close(), this.server.close()]);
  }

  /** Addresses of the tenant's mailboxes. */
  get sources(): readonly string[] {
    return this.lab.description.users.filter(({ mailbox }) => mailbox).map(({ email }) => email);
  }

  /** The address on premises with the same name before the @; of the last one, whose name is another there, the last one. */
  targetOf(source: string): string {
    const last = this.server.description.accounts.filter(({ mailbox }) => mailbox).at(-1)?.email ?? '';
    return source === this.sources.at(-1) ? last : `${source.split('@')[0] ?? ''}@${this.server.description.domain}`;
  }

  /** The same mailbox once more, to be looked into. */
  contentsOf(source: string): Mailbox {
    const name = source.split('@')[0] ?? '';
    const display = source === this.sources[0] ? 'Administrator' : name.charAt(0).toUpperCase() + name.slice(1);
    return new Mailbox({ name: display, email: source }, { items: this.items });
  }

  /** By client secret as an app that may open all mailboxes, unless told otherwise. */
  source(changes: Partial<ConnectionSettings> = {}, options: Partial<SourceServerOptions> = {}): SourceServer {
    return this.#closing(
      new SourceServer({ ...sourceOptions(this.lab.description, this.#cas.source, changes), ...options }),
    );
  }

  /** By NTLM as the account that may impersonate all, unless told otherwise. */
  target(changes: Partial<TargetSettings> = {}, options: Partial<TargetServerOptions> = {}): TargetServer {
    const { description } = this.server;
    return this.#closing(new TargetServer({ ...targetOptions(description, this.#cas.target, changes), ...options }));
  }

  #closing<T extends { close(): void }>(server: T): T {
    this.#opened.push(server);
    return server;
  }
}

/** How a tenant is signed in to by an app's client secret. @param pem of its authority */
export function sourceOptions(
  { tenant, authority, ews, apps, users }: LabDescription,
  pem: string,
  changes: Partial<ConnectionSettings> = {},
): SourceServerOptions {
  const app = apps.find(({ name }) => name === 'Migration');
  return {
    settings: {
      ...{ name: 'Lab', cloud: 'custom', tenant: tenant.domain },
      signIn: { method: 'appSecret', clientId: app?.clientId ?? '' },
      testMailbox: users[1]?.email ?? '',
      endpoints: { authority, ews: new URL(ews).origin },
      additionalCa: { fileName: 'ca.pem', pem },
      ...changes,
    },
    secret: { method: 'appSecret', clientSecret: app?.secret ?? '' },
    loadSignIn: () => Promise.resolve(signInWithMsal),
    ...{ userAgent, connections: 64 },
  };
}

/** How a server on premises is signed in to by NTLM. @param pem of its authority */
export function targetOptions(
  { ews, accounts }: OnPremisesDescription,
  pem: string,
  changes: Partial<TargetSettings> = {},
): TargetServerOptions {
  const account = accounts.find(({ name }) => name === 'Migration');
  const settings: TargetSettings = {
    name: 'Lab',
    server: { ews, from: 'typed' },
    signIn: { method: 'ntlm', userName: account?.logon ?? '' },
    testMailbox: accounts[1]?.email ?? '',
    additionalCa: { fileName: 'ca.pem', pem },
    ...changes,
  };
  const secret = { method: settings.signIn.method, password: account?.password ?? '' };
  return { settings, secret, userAgent, connections: 64 };
}

/** Requests about mailboxes: those of EWS that are no part of signing in. */
export function mailboxRequests(log: readonly LoggedRequest[]): readonly LoggedRequest[] {
  return log.filter(
    ({ operation, status }) => ['FindFolder', 'FindItem', 'GetFolder'].includes(operation ?? '') && status !== 401,
  );
}

/** Times are whole milliseconds, and the log notes the end of an answer a little after the client. */
const slack = 4;

/** How many requests about one mailbox were under way at once, at most. */
export function mostAtOnce(log: readonly LoggedRequest[]): number {
  const spans = log.map(({ anchorMailbox, when, ms }) => ({
    anchorMailbox,
    start: Date.parse(when),
    end: Date.parse(when) + (ms ?? 0),
  }));
  const counts = spans.map(
    ({ anchorMailbox, start }) =>
      spans.filter(
        (other) => other.anchorMailbox === anchorMailbox && other.start <= start && other.end - slack > start,
      ).length,
  );
  return Math.max(0, ...counts);
}
