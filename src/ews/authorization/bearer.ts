import { discard } from '../transport/answer.ts';
import type { Http } from '../transport/httpClient.ts';
import type { Authorization } from './authorization.ts';

/** Gives an access token for EWS. `fresh`: the last one was refused, do not give it again. */
export type TokenProvider = (http: Http, fresh: boolean) => Promise<string>;

/** By access tokens (RFC 6750), as Exchange Online wants them. */
export function bearer(token: TokenProvider): Authorization {
  const header = async (http: Http, fresh: boolean): Promise<string> => `Bearer ${await token(http, fresh)}`;
  return {
    send: async (http, attempt) => {
      const first = await attempt({ authorization: await header(http, false) });
      if (first.status !== 401) return first;
      // Exchange Online answers 401 now and then to slow a client down: one fresh token, then it is meant.
      await discard(first);
      return attempt({ authorization: await header(http, true) });
    },
  };
}
