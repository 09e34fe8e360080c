import { readFile } from 'node:fs/promises';
import type { TargetSecret } from '../../../src/connections/secret.ts';
import type { TargetSettings } from '../../../src/connections/targetConnection.ts';
import { basic } from '../../../src/ews/authorization/basic.ts';
import { EwsSession } from '../../../src/ews/ewsSession.ts';
import { EwsLibrary } from '../../../src/ews/library/ewsLibrary.ts';
import { HttpClient } from '../../../src/ews/transport/httpClient.ts';
import { trustedCas } from '../../../src/ews/transport/trustedCas.ts';
import { verifyTarget } from '../../../src/verification/target/verifyTarget.ts';
import type { TargetRecord } from '../../../src/verification/target/verifyTarget.ts';
import type { CheckProgress, CheckResult, TargetCheckId } from '../../../src/verification/verification.ts';
import { startOnPremises } from '../../lab/onPremises/onPremises.ts';
import type { OnPremises } from '../../lab/onPremises/onPremises.ts';
import type { OnPremisesPatch } from '../../lab/onPremises/state.ts';

export interface TargetRun {
  readonly settings?: Partial<TargetSettings>;
  readonly secret?: TargetSecret;
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: CheckProgress<TargetCheckId>) => void;
  readonly only?: ReadonlySet<TargetCheckId>;
  /** An authority (PEM) to trust beside the lab's. */
  readonly trust?: string;
}

/** An Exchange server on premises, and what verifies connections to it. */
export class TargetBench {
  readonly server: OnPremises;
  readonly library = new EwsLibrary(new URL('../../../src/ews/library/worker.ts', import.meta.url));
  /** The authority of the certificate, PEM. */
  readonly ca: string;

  private constructor(server: OnPremises, ca: string) {
    this.server = server;
    this.ca = ca;
  }

  static async open(): Promise<TargetBench> {
    const server = await startOnPremises();
    return new TargetBench(server, await readFile(server.description.ca, 'utf8'));
  }

  async close(): Promise<void> {
    this.library.dispose();
    await this.server.close();
  }

  /** Who signs in: it has the role ApplicationImpersonation and no mailbox. */
  get account(): OnPremises['description']['accounts'][number] {
    return this.#accountNamed('Migration');
  }

  /** The same without the role. */
  get powerless(): OnPremises['description']['accounts'][number] {
    return this.#accountNamed('Intern');
  }

  get mailbox(): string {
    return this.#accountNamed('Reception').email;
  }

  settings(changes: Partial<TargetSettings> = {}): TargetSettings {
    return {
      name: 'Lab',
      server: { ews: this.server.description.ews, from: 'typed' },
      signIn: { method: 'ntlm', userName: this.account.logon },
      testMailbox: this.mailbox,
      ...changes,
    };
  }

  /** Verifies by NTLM as the migration's account, unless told otherwise. */
  async run(options: TargetRun = {}, state: OnPremisesPatch = {}): Promise<TargetRecord> {
    this.server.patch(state);
    const settings = this.settings(options.settings);
    const client = new HttpClient(trustedCas(`${this.ca}\n${options.trust ?? ''}`));
    const { method } = settings.signIn;
    try {
      return await verifyTarget(
        {
          settings,
          secret: options.secret ?? { method, password: this.account.password },
          client,
          library: this.library,
          userAgent: 'ExchangeMigration/test',
          deadlineMs: options.deadlineMs ?? 15_000,
          signal: options.signal ?? new AbortController().signal,
          onProgress: options.onProgress ?? (() => undefined),
          ...(options.only && { only: options.only }),
        },
        'fingerprint',
      );
    } finally {
      client.close();
    }
  }

  /** Names of the folders of the test mailbox, as a person sees them. */
  async folders(): Promise<readonly string[]> {
    const client = new HttpClient(trustedCas(this.ca));
    const { signal } = new AbortController();
    try {
      const session = new EwsSession({
        url: this.server.description.ews,
        authorization: basic(this.account.logon, this.account.password),
        anchorMailbox: this.mailbox,
        userAgent: 'test',
      });
      const context = { http: client.within({ signal }), session, signal, impersonate: this.mailbox };
      const { folders } = await this.library.run('findFolders', { offset: 0, pageSize: 1000 }, context);
      return folders.map(({ displayName }) => displayName);
    } finally {
      client.close();
    }
  }

  #accountNamed(name: string): OnPremises['description']['accounts'][number] {
    const account = this.server.description.accounts.find((each) => each.name === name);
    if (account === undefined) throw new Error(`The lab has no account ${name}.`);
    return account;
  }
}

export function targetCheck(record: TargetRecord, id: TargetCheckId): CheckResult<TargetCheckId> {
  const check = record.checks.find((each) => each.id === id);
  if (check === undefined) throw new Error(`The check ${id} did not end.`);
  return check;
}
