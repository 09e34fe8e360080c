import type { Http } from '../ews/transport/httpClient.ts';
import { MsalNetwork } from './msalNetwork.ts';
import type { SignInRequest, SignInWithMsal } from './signIn.ts';

/** MSAL cannot sign in with this secret: it does not fit the method, or its key cannot sign. */
export class UnusableSecretError extends Error {
  constructor(cause: unknown) {
    super('The secret cannot be used.', { cause });
    this.name = 'UnusableSecretError';
  }
}

/**
 * Gets a fresh access token for EWS; nothing is cached.
 * @param load gives signIn.ts, which holds MSAL and is loaded when somebody first signs in.
 * @throws SignInError when the service refuses; AnswerError; TransportError; UnusableSecretError.
 */
export async function acquireToken(
  load: () => Promise<SignInWithMsal>,
  request: SignInRequest,
  http: Http,
  userAgent: string,
): Promise<string> {
  const network = new MsalNetwork(http, userAgent);
  const signIn = await load();
  try {
    return await signIn(request, network);
  } catch (error) {
    // MSAL wraps what the network told, and the wrapping loses the evidence.
    throw network.failure instanceof Error ? network.failure : new UnusableSecretError(error);
  }
}
