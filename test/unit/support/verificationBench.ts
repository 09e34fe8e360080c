import { readFile } from 'node:fs/promises';
import type { ConnectionSecret } from '../../../src/connections/secret.ts';
import type { ConnectionSettings, SignIn } from '../../../src/connections/sourceConnection.ts';
import { EwsLibrary } from '../../../src/ews/library/ewsLibrary.ts';
import { HttpClient } from '../../../src/ews/transport/httpClient.ts';
import { trustedCas } from '../../../src/ews/transport/trustedCas.ts';
import { signInWithMsal } from '../../../src/identity/signIn.ts';
import type { CheckProgress, CheckResult, VerificationRecord } from '../../../src/verification/verification.ts';
import { verify } from '../../../src/verification/verify.ts';
import type { Lab, LabOptions } from '../../lab/lab.ts';
import { startLab } from '../../lab/lab.ts';

export interface RunOptions {
  readonly settings?: Partial<ConnectionSettings>;
  readonly secret?: ConnectionSecret;
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: CheckProgress) => void;
  /** Trust only the machine's own authorities. */
  readonly withoutCa?: boolean;
  /** An authority (PEM) to trust beside the lab's, for a server that is not the lab. */
  readonly trust?: string;
  /** In place of the bench's own. */
  readonly library?: EwsLibrary;
}

/** A lab, and what verifies connections to it. */
export class VerificationBench {
  readonly lab: Lab;
  readonly library = new EwsLibrary(new URL('../../../src/ews/library/worker.ts', import.meta.url));
  /** The authority of the lab's certificate, PEM. */
  readonly ca: string;

  private constructor(lab: Lab, ca: string) {
    this.lab = lab;
    this.ca = ca;
  }

  static async open(options: LabOptions = {}): Promise<VerificationBench> {
    const lab = await startLab(options);
    return new VerificationBench(lab, await readFile(lab.description.ca, 'utf8'));
  }

  async close(): Promise<void> {
    this.library.dispose();
    await this.lab.close();
  }

  /** The app registration with secret and certificate and full_access_as_app. */
  get app(): { clientId: string; secret: string; certificate: string; privateKey: string } {
    const { clientId, secret, certificate, privateKey } = this.#appNamed('Migration');
    return { clientId, secret: secret ?? '', certificate: certificate ?? '', privateKey: privateKey ?? '' };
  }

  get appWithoutPermission(): { clientId: string; secret: string } {
    const { clientId, secret } = this.#appNamed('No permission');
    return { clientId, secret: secret ?? '' };
  }

  get administrator(): { email: string; password: string } {
    return this.#user(0);
  }

  /** The mailbox of an ordinary user, to which the administrator has Full Access. */
  get mailbox(): string {
    return this.#user(1).email;
  }

  get mailboxWithoutFullAccess(): string {
    return this.#user(3).email;
  }

  get emptyMailbox(): string {
    return this.lab.description.users.filter(({ mailbox }) => mailbox).at(-1)?.email ?? '';
  }

  get passwordSignIn(): SignIn {
    return {
      method: 'password',
      clientId: this.#appNamed('Public client').clientId,
      userName: this.administrator.email,
    };
  }

  settings(changes: Partial<ConnectionSettings> = {}): ConnectionSettings {
    const { tenant, authority, ews } = this.lab.description;
    return {
      name: 'Lab',
      cloud: 'custom',
      tenant: tenant.domain,
      signIn: { method: 'appSecret', clientId: this.app.clientId },
      testMailbox: this.mailbox,
      endpoints: { authority, ews: new URL(ews).origin },
      ...changes,
    };
  }

  /** Verifies by client secret, unless told otherwise. */
  async run(options: RunOptions = {}): Promise<VerificationRecord> {
    const trusted = `${this.ca}\n${options.trust ?? ''}`;
    const client = new HttpClient(options.withoutCa === true ? undefined : trustedCas(trusted));
    try {
      return await verify(
        {
          settings: this.settings(options.settings),
          secret: options.secret ?? { method: 'appSecret', clientSecret: this.app.secret },
          client,
          library: options.library ?? this.library,
          loadSignIn: () => Promise.resolve(signInWithMsal),
          userAgent: 'ExchangeMigration/test',
          deadlineMs: options.deadlineMs ?? 15_000,
          signal: options.signal ?? new AbortController().signal,
          onProgress: options.onProgress ?? (() => undefined),
        },
        'fingerprint',
      );
    } finally {
      client.close();
    }
  }

  #appNamed(name: string): Lab['description']['apps'][number] {
    const app = this.lab.description.apps.find((each) => each.name === name);
    if (app === undefined) throw new Error(`The lab has no app ${name}.`);
    return app;
  }

  #user(index: number): { email: string; password: string } {
    const user = this.lab.description.users[index];
    if (user === undefined) throw new Error(`The lab has no user ${index}.`);
    return user;
  }
}

export function outcomesOf(record: VerificationRecord): Record<string, CheckResult['outcome']> {
  return Object.fromEntries(record.checks.map(({ id, outcome }) => [id, outcome]));
}

export function checkOf(record: VerificationRecord, id: CheckResult['id']): CheckResult {
  const check = record.checks.find((each) => each.id === id);
  if (check === undefined) throw new Error(`The check ${id} did not end.`);
  return check;
}
