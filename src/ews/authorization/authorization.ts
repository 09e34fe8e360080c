import type { HeldConnection } from '../transport/heldConnection.ts';
import type { Http, StreamedResponse } from '../transport/httpClient.ts';

/** What one try of a request proves its right by. */
export interface Proof {
  /** Value of the header Authorization. */
  readonly authorization?: string;
  /** The connection that has been signed in, or is about to be. */
  readonly connection?: HeldConnection;
  /** The server is going to refuse this try for want of its proof: its body need not be sent. */
  readonly bodiless?: boolean;
}

/** Sends the request with this proof. It may be called several times; each is a request of its own. */
export type Attempt = (proof: Proof) => Promise<StreamedResponse>;

/** How requests to a server are authorised. One for each server and each who signs in. */
export interface Authorization {
  /** @returns the server's last word, which may still be 401. @throws TransportError and what the way of signing in has */
  send(http: Http, attempt: Attempt): Promise<StreamedResponse>;
}
