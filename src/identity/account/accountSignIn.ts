import type { ConnectionSettings } from '../../connections/sourceConnection.ts';
import type { Http } from '../../ews/transport/httpClient.ts';
import { endpointsOf } from '../endpoints.ts';
import { MsalNetwork } from '../msalNetwork.ts';
import { fetchOpenIdConfiguration } from '../openIdConfiguration.ts';
import type { MsalBundle } from '../signIn.ts';
import type { AccountRequest, DeviceCode, SignedInAccount } from './accountFlows.ts';
import { LoopbackReceiver } from './loopback.ts';

/** A password manager, a phone, a second factor: all of it takes time. Milliseconds. */
const defaultPatience = 10 * 60_000;

export interface AccountSignInOptions {
  readonly loadMsal: () => Promise<MsalBundle>;
  readonly userAgent: string;
  /** Opens the sign-in page. False: the user did not want that, or there is no browser. */
  readonly openBrowser: (url: string) => Promise<boolean>;
  /** How long a person may take in the browser, in milliseconds; ten minutes unless told. */
  readonly patienceMs?: number;
  /** Where to wait for the browser; any free port unless told. */
  readonly port?: number;
}

/** Who signs in where. */
export type AccountSubject = Pick<ConnectionSettings, 'cloud' | 'tenant' | 'endpoints'> & {
  readonly clientId: string;
  readonly loginHint?: string;
  /** What to be allowed to, all of one resource; the mailboxes over EWS unless told. */
  readonly scopes?: readonly string[];
};

/** @param loginHint who signed in last; the connection's own unless told */
export function accountSubject(
  { cloud, tenant, endpoints, signIn }: ConnectionSettings,
  loginHint = 'userName' in signIn ? signIn.userName : undefined,
): AccountSubject {
  return { cloud, tenant, endpoints, clientId: signIn.clientId, ...(loginHint !== undefined && { loginHint }) };
}

export interface SignInAttempt {
  readonly subject: AccountSubject;
  readonly http: Http;
  /** Ends the attempt: the page that is open then leads nowhere. */
  readonly signal: AbortSignal;
}

/** In this machine's browser, or with a code in any browser. */
export type SignInWay = 'browser' | 'deviceCode';

export interface SignInTold {
  /** The sign-in page is open. */
  readonly onWaiting: () => void;
  readonly onCode: (code: DeviceCode) => void;
}

/** No browser was opened, so nobody will come back from it. */
export class NoBrowserError extends Error {
  constructor() {
    super('The browser was not opened.');
    this.name = 'NoBrowserError';
  }
}

/** Nobody came back from the sign-in page in time. */
export class SignInAbandonedError extends Error {
  constructor() {
    super('Nobody signed in.');
    this.name = 'SignInAbandonedError';
  }
}

/** The code was not entered in time. */
export class DeviceCodeExpiredError extends Error {
  constructor() {
    super('The device code has expired.');
    this.name = 'DeviceCodeExpiredError';
  }
}

/**
 * Signs a person's account in, with all its second factors and policies.
 * The methods throw what fetchOpenIdConfiguration throws; SignInError; LoopbackError; NoBrowserError;
 * SignInAbandonedError; DeviceCodeExpiredError; and the signal's reason.
 */
export class AccountSignIn {
  readonly #options: AccountSignInOptions;

  constructor(options: AccountSignInOptions) {
    this.#options = options;
  }

  /** One way or the other. @param told what the person has to do now */
  by(way: SignInWay, attempt: SignInAttempt, told: SignInTold): Promise<SignedInAccount> {
    return way === 'browser' ? this.byBrowser(attempt, told.onWaiting) : this.byDeviceCode(attempt, told.onCode);
  }

  /** In the browser of this machine. @param onWaiting the page is open; here is its address, should it be needed again */
  async byBrowser(attempt: SignInAttempt, onWaiting: (url: string) => void): Promise<SignedInAccount> {
    const { msal, request } = await this.#prepare(attempt);
    const { port, patienceMs = defaultPatience } = this.#options;
    const receiver = await LoopbackReceiver.open(port);
    try {
      const { redirectUri, state, challenge, verifier } = receiver;
      return await withEvidence(attempt.http, this.#options.userAgent, async (network) => {
        const flow = msal.codeFlow(request, network);
        const address = await flow.address({ redirectUri, state, challenge });
        if (!(await this.#options.openBrowser(address))) throw new NoBrowserError();
        onWaiting(address);
        const code = await withPatience(patienceMs, attempt.signal, (signal) => receiver.code(signal));
        return flow.redeem({ redirectUri, code, verifier });
      });
    } finally {
      receiver.close();
    }
  }

  /** With a code that is typed into a browser on any machine. */
  async byDeviceCode(attempt: SignInAttempt, onCode: (code: DeviceCode) => void): Promise<SignedInAccount> {
    const { msal, request } = await this.#prepare(attempt);
    const { signal, http } = attempt;
    let expiresAt = Infinity;
    const tell = (code: DeviceCode): void => {
      expiresAt = code.expiresAt;
      onCode(code);
    };
    try {
      return await withEvidence(http, this.#options.userAgent, (network) =>
        // MSAL notices a cancellation only when it next asks.
        Promise.race([msal.deviceCodeFlow(request, network, tell, signal), aborted(signal)]),
      );
    } catch (error) {
      // MSAL stops by its own clock, with an error that only its text tells from others.
      throw Date.now() >= expiresAt && !signal.aborted ? new DeviceCodeExpiredError() : error;
    }
  }

  async #prepare({ subject, http }: SignInAttempt): Promise<{ msal: MsalBundle; request: AccountRequest }> {
    const { authority, ewsResource } = endpointsOf(subject);
    const { tenant, cloud, clientId, loginHint, scopes } = subject;
    const { loadMsal, userAgent } = this.#options;
    const [msal, configuration] = await Promise.all([
      loadMsal(),
      fetchOpenIdConfiguration(http, { authority, tenant, cloud }, userAgent),
    ]);
    return {
      msal,
      request: {
        authority,
        tenant,
        configuration,
        clientId,
        scopes: scopes ?? [msal.delegatedScope(ewsResource)],
        ...(loginHint !== undefined && travels(loginHint) && { loginHint }),
      },
    };
  }
}

/** Whether VS Code takes this to the browser unharmed. It is a help, not needed. */
function travels(loginHint: string): boolean {
  return !/[&+#%]/.test(loginHint);
}

/** MSAL wraps what the network told, and the wrapping loses the evidence. */
async function withEvidence<T>(http: Http, userAgent: string, work: (network: MsalNetwork) => Promise<T>): Promise<T> {
  const network = new MsalNetwork(http, userAgent);
  try {
    return await work(network);
  } catch (error) {
    throw network.failure instanceof Error ? network.failure : error;
  }
}

async function withPatience<T>(
  patienceMs: number,
  signal: AbortSignal,
  wait: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = AbortSignal.timeout(patienceMs);
  try {
    return await wait(AbortSignal.any([signal, late]));
  } catch (error) {
    throw late.aborted && !signal.aborted ? new SignInAbandonedError() : error;
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = (): void => reject(signal.reason as Error); // Node's are errors.
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}
