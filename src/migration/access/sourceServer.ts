import type { ConnectionSecret } from '../../connections/secret.ts';
import { isDelegated } from '../../connections/sourceConnection.ts';
import type { ConnectionSettings } from '../../connections/sourceConnection.ts';
import { probeAccess } from '../../ews/accessProbe.ts';
import type { Asking } from '../../ews/askEws.ts';
import type { Authorization } from '../../ews/authorization/authorization.ts';
import { bearer } from '../../ews/authorization/bearer.ts';
import { EwsSession } from '../../ews/ewsSession.ts';
import type { EnvironmentProxy } from '../../ews/transport/environmentProxy.ts';
import { endpointsOf } from '../../identity/endpoints.ts';
import { findEwsAddress } from '../../identity/ewsAddress.ts';
import { EwsTokens } from '../../identity/ewsTokens.ts';
import { fetchOpenIdConfiguration } from '../../identity/openIdConfiguration.ts';
import type { SignInWithMsal } from '../../identity/signIn.ts';
import { contextOf } from '../../verification/context.ts';
import { explain } from '../../verification/explain.ts';
import { learningOfSource } from '../../verification/learnSecrets.ts';
import { Redaction } from '../../verification/redaction.ts';
import type { Finding } from '../../verification/verification.ts';
import type { MailboxServer, ServerOptions } from './mailboxServer.ts';
import { ServerHttp } from './serverHttp.ts';

export interface SourceServerOptions extends ServerOptions {
  readonly settings: ConnectionSettings;
  readonly secret: ConnectionSecret;
  /** An account's secret is replaced when it is used: keep the new one. */
  readonly onRenewed?: (secret: ConnectionSecret) => void;
  /** Loads MSAL when it is needed. */
  readonly loadSignIn: () => Promise<SignInWithMsal>;
  readonly proxy?: EnvironmentProxy;
  /** Milliseconds of a clock that only goes forward, for when tokens end. */
  readonly now?: () => number;
}

/** A source tenant, signed in to as a verification does; its token is renewed before it ends. */
export class SourceServer implements MailboxServer {
  readonly #options: SourceServerOptions;
  readonly #redaction = new Redaction();
  readonly #http: ServerHttp;
  #opened: { readonly url: string; readonly authorization: Authorization } | undefined;

  constructor(options: SourceServerOptions) {
    this.#options = learningOfSource(this.#redaction, options);
    const { settings, proxy, connections } = options;
    this.#http = new ServerHttp({ additionalCa: settings.additionalCa?.pem, proxy, connections });
  }

  get requests(): number {
    return this.#http.requests;
  }

  async open(signal: AbortSignal): Promise<void> {
    const { settings, userAgent } = this.#options;
    const http = this.#http.begin(signal);
    const endpoints = endpointsOf(settings);
    const { authority } = endpoints;
    const { tenant, cloud, testMailbox } = settings;
    const [configuration, { url }] = await Promise.all([
      fetchOpenIdConfiguration(http, { authority, tenant, cloud }, userAgent),
      findEwsAddress(http, endpoints, { mailbox: testMailbox, userAgent, signal }),
    ]);
    const tokens = new EwsTokens({ ...this.#options, endpoints, configuration });
    // By the server's own connections: what one request is given up for must not end the sign-in of all others.
    this.#opened = { url, authorization: bearer((_, fresh) => tokens.get(http, fresh)) };
    await this.probe();
  }

  async probe(): Promise<void> {
    const { http, session } = this.asking(this.#options.settings.testMailbox);
    await probeAccess(http, session);
  }

  /** An app acts as the mailbox's owner; an account cannot, and opens it by its Full Access. */
  asking(mailbox: string): Asking {
    if (this.#opened === undefined) throw new Error('The source is not open.');
    const { settings, userAgent } = this.#options;
    const session = new EwsSession({ ...this.#opened, anchorMailbox: mailbox, userAgent });
    const impersonates = !isDelegated(settings.signIn.method);
    return { http: this.#http.current, session, ...(impersonates && { impersonate: mailbox }) };
  }

  explain(error: unknown, mailbox?: string): Finding {
    const { settings, userAgent } = this.#options;
    const context = contextOf(settings, userAgent);
    return this.#redaction.cleanFinding(explain(error, { ...context, mailbox: mailbox ?? context.mailbox }));
  }

  clean(text: string): string {
    return this.#redaction.clean(text);
  }

  close(): void {
    this.#http.close();
  }
}
