import type { TargetSecret } from '../../connections/secret.ts';
import type { TargetSettings } from '../../connections/targetConnection.ts';
import { probeAccess } from '../../ews/accessProbe.ts';
import type { Asking } from '../../ews/askEws.ts';
import type { Authorization } from '../../ews/authorization/authorization.ts';
import type { EnvironmentProxy } from '../../ews/transport/environmentProxy.ts';
import { learnOfTarget } from '../../verification/learnSecrets.ts';
import { Redaction } from '../../verification/redaction.ts';
import { explainTarget } from '../../verification/target/explainTarget.ts';
import { targetContextOf } from '../../verification/target/targetContext.ts';
import { authorizationOf, targetSession } from '../../verification/target/targetInput.ts';
import type { Finding } from '../../verification/verification.ts';
import type { MailboxServer, ServerOptions } from './mailboxServer.ts';
import { ServerHttp } from './serverHttp.ts';

export interface TargetServerOptions extends ServerOptions {
  readonly settings: TargetSettings;
  readonly secret: TargetSecret;
  readonly proxy?: EnvironmentProxy;
}

/** A server on premises. Its account acts as the owner of each mailbox. */
export class TargetServer implements MailboxServer {
  readonly #options: TargetServerOptions;
  /** For all mailboxes: by NTLM it keeps as many signed-in connections as are in use at once. */
  readonly #authorization: Authorization;
  readonly #redaction = new Redaction();
  readonly #http: ServerHttp;

  constructor(options: TargetServerOptions) {
    this.#options = options;
    this.#authorization = authorizationOf(options);
    learnOfTarget(this.#redaction, options);
    const { settings, proxy, connections } = options;
    this.#http = new ServerHttp({ additionalCa: settings.additionalCa?.pem, proxy, connections });
  }

  get requests(): number {
    return this.#http.requests;
  }

  async open(signal: AbortSignal): Promise<void> {
    this.#http.begin(signal);
    await this.probe();
  }

  async probe(): Promise<void> {
    await probeAccess(this.#http.current, targetSession(this.#options, this.#authorization));
  }

  asking(mailbox: string): Asking {
    const session = targetSession(this.#options, this.#authorization, mailbox);
    return { http: this.#http.current, session, impersonate: mailbox };
  }

  explain(error: unknown, mailbox?: string): Finding {
    const context = targetContextOf(this.#options.settings);
    return this.#redaction.cleanFinding(explainTarget(error, { ...context, mailbox: mailbox ?? context.mailbox }));
  }

  clean(text: string): string {
    return this.#redaction.clean(text);
  }

  close(): void {
    this.#http.close();
  }
}
