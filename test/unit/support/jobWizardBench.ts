import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConnectionStore } from '../../../src/connections/connectionStore.ts';
import { DefinitionFiles } from '../../../src/connections/definitionFiles.ts';
import { DefinitionStore } from '../../../src/connections/definitionStore.ts';
import { sourceKind } from '../../../src/connections/sourceConnection.ts';
import type { ConnectionSettings, SourceConnection } from '../../../src/connections/sourceConnection.ts';
import { targetKind } from '../../../src/connections/targetConnection.ts';
import type { TargetConnection, TargetSettings } from '../../../src/connections/targetConnection.ts';
import { signInWithMsal } from '../../../src/identity/signIn.ts';
import { SavedServers } from '../../../src/migration/access/savedServers.ts';
import { jobKind } from '../../../src/migration/jobDefinition.ts';
import type { JobDefinition } from '../../../src/migration/jobDefinition.ts';
import { JobScans } from '../../../src/migration/scan/jobScans.ts';
import { ScanFiles } from '../../../src/migration/scan/scanFiles.ts';
import { jobDraftOf, newJobDraft } from '../../../src/webview/job/firstDraft.ts';
import { JobDraftFiles } from '../../../src/webview/job/jobDrafts.ts';
import type { JobDraft } from '../../../src/webview/job/jobDrafts.ts';
import type { Lab } from '../../lab/lab.ts';
import { startLab } from '../../lab/lab.ts';
import type { OnPremises } from '../../lab/onPremises/onPremises.ts';
import { startOnPremises } from '../../lab/onPremises/onPremises.ts';
import { grantGraph } from '../lab/support/grantGraph.ts';
import { MemoryVault } from './memoryVault.ts';
import { TestJobWizard } from './testJobWizard.ts';

/** PEM. */
interface Authorities {
  readonly source: string;
  readonly target: string;
}

/** A tenant and an Exchange server on premises, which is what jobs are about. */
export class JobLabs {
  readonly lab: Lab;
  readonly server: OnPremises;
  readonly #cas: Authorities;

  private constructor(lab: Lab, server: OnPremises, cas: Authorities) {
    this.lab = lab;
    this.server = server;
    this.#cas = cas;
  }

  static async start(): Promise<JobLabs> {
    const [lab, server] = await Promise.all([startLab({ items: 10 }), startOnPremises()]);
    const [source = '', target = ''] = await Promise.all(
      [lab, server].map(({ description: { ca } }) => readFile(ca, 'utf8')),
    );
    return new JobLabs(lab, server, { source, target });
  }

  /** As at the start, with an app that may list the directory. */
  async reset(): Promise<void> {
    this.lab.reset();
    this.server.reset();
    await grantGraph(this.lab, this.#app.clientId, ['User.Read.All', 'Reports.Read.All']);
  }

  async close(): Promise<void> {
    await Promise.all([this.lab.close(), this.server.close()]);
  }

  /** Addresses of the tenant's mailboxes. */
  get mailboxes(): readonly string[] {
    return this.lab.description.users.filter(({ mailbox }) => mailbox).map(({ email }) => email);
  }

  get sourceSettings(): ConnectionSettings {
    const { tenant, authority, ews } = this.lab.description;
    return {
      // The lab has one address, so what a token is for is told by the cloud only.
      ...{ name: 'Contoso', cloud: 'worldwide', tenant: tenant.domain },
      signIn: { method: 'appSecret', clientId: this.#app.clientId },
      testMailbox: this.mailboxes[1] ?? '',
      endpoints: { authority, ews: new URL(ews).origin, graph: authority },
      additionalCa: { fileName: 'ca.pem', pem: this.#cas.source },
    };
  }

  get targetSettings(): TargetSettings {
    return {
      name: 'Headquarters',
      server: { ews: this.server.description.ews, from: 'typed' },
      signIn: { method: 'ntlm', userName: this.#account.logon },
      testMailbox: this.server.description.accounts.find(({ mailbox }) => mailbox)?.email ?? '',
      additionalCa: { fileName: 'ca.pem', pem: this.#cas.target },
    };
  }

  get clientSecret(): string {
    return this.#app.secret ?? '';
  }

  get password(): string {
    return this.#account.password;
  }

  get #app(): Lab['description']['apps'][number] {
    const app = this.lab.description.apps.find(({ name }) => name === 'Migration');
    if (app === undefined) throw new Error('The lab has no app for migrations.');
    return app;
  }

  get #account(): OnPremises['description']['accounts'][number] {
    const account = this.server.description.accounts.find(({ name }) => name === 'Migration');
    if (account === undefined) throw new Error('The server has no account for migrations.');
    return account;
  }
}

/** What wizards of jobs work with: stores in a folder, a vault, the two labs. */
export class JobWizardBench {
  readonly vault = new MemoryVault();
  readonly sources: ConnectionStore;
  readonly targets: ConnectionStore<TargetSettings, TargetConnection>;
  readonly jobs: DefinitionStore<JobDefinition>;
  readonly scans: JobScans;
  readonly servers: SavedServers;
  readonly drafts: JobDraftFiles;
  readonly #labs: JobLabs;

  constructor(folder: string, labs: JobLabs) {
    this.#labs = labs;
    this.sources = new ConnectionStore(
      new DefinitionFiles(join(folder, 'sources'), sourceKind),
      sourceKind,
      this.vault,
    );
    this.targets = new ConnectionStore(
      new DefinitionFiles(join(folder, 'targets'), targetKind),
      targetKind,
      this.vault,
    );
    this.jobs = new DefinitionStore(new DefinitionFiles(join(folder, 'jobs'), jobKind));
    this.servers = new SavedServers({
      ...{ sources: this.sources, targets: this.targets, userAgent: 'ExchangeMigration/test' },
      loadSignIn: () => Promise.resolve(signInWithMsal),
    });
    this.scans = new JobScans({
      files: new ScanFiles(join(folder, 'scans')),
      servers: () => Promise.resolve(this.servers),
      requestLimitOf: () => Promise.resolve(undefined),
    });
    this.drafts = new JobDraftFiles(join(folder, 'drafts'));
  }

  saveSource(changes: Partial<ConnectionSettings> = {}): Promise<SourceConnection> {
    const secret = { method: 'appSecret', clientSecret: this.#labs.clientSecret } as const;
    return this.sources.save({ settings: { ...this.#labs.sourceSettings, ...changes }, secret });
  }

  saveTarget(changes: Partial<TargetSettings> = {}): Promise<TargetConnection> {
    const secret = { method: 'ntlm', password: this.#labs.password } as const;
    return this.targets.save({ settings: { ...this.#labs.targetSettings, ...changes }, secret });
  }

  /** @param draft what an earlier wizard has left */
  openNew(draft?: JobDraft): TestJobWizard {
    return new TestJobWizard(this, newJobDraft('Europe/Berlin'), { draft });
  }

  openSettings(job: JobDefinition, draft?: JobDraft): TestJobWizard {
    return new TestJobWizard(this, jobDraftOf(job, 'Europe/Berlin'), { draft, existing: job });
  }
}
