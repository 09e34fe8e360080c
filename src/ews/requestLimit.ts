import type { EwsSession } from './ewsSession.ts';
import { refusal } from './ewsSession.ts';
import { discard } from './transport/answer.ts';
import type { Http } from './transport/httpClient.ts';
import { TransportError } from './transport/transportError.ts';

const mebibyte = 1024 * 1024;

/** What Exchange 2013 and later take unless somebody has changed it: maxAllowedContentLength of its web.config, in bytes. */
export const defaultRequestLimit = 64 * mebibyte;
/** The same of Exchange 2010. */
const default2010 = 35_000_000;

/** Items are no larger: nothing is gained by looking further. In bytes. */
const enough = 512 * mebibyte;

/** So close the limit is found where it is nobody's default. In bytes. */
const precision = 2 * mebibyte;

/** How long a refusal may follow the demand for the body, and how long the server may think about it, in milliseconds. */
const graceMs = 250;
const patienceMs = 5_000;

/**
 * IIS by its request filtering (404.13), WCF and proxies by the proper status (RFC 9110, 15.5.14), the front end of
 * Exchange 2013 by 507.
 */
const refusals: readonly number[] = [400, 404, 413, 507];

/** What was found out by announcing bodies and sending none; sizes in bytes of a whole request. */
export interface RequestLimit {
  /** The largest size that the server asked for. */
  readonly accepted: number;
  /** The smallest that it refused; undefined: none. */
  readonly refused: number | undefined;
  /** How many sizes were tried. */
  readonly tried: number;
}

/**
 * Finds out how large a request may be. Each question announces a body (Expect: 100-continue) and ends with the server's
 * demand for it or refusal of it, so next to nothing is transferred. A server behind the one that answers may still take
 * less: only sending shows that.
 * @returns undefined when the server does not go into announcements
 * @throws EwsError for any other refusal, TransportError, a sign-in's errors
 */
export async function findRequestLimit(http: Http, session: EwsSession): Promise<RequestLimit | undefined> {
  let [accepted, tried] = [0, 0];
  let refused: number | undefined;
  const accepts = async (bytes: number): Promise<boolean> => {
    tried += 1;
    const isAccepted = await ask(http, session, bytes);
    if (isAccepted) accepted = Math.max(accepted, bytes);
    else refused = Math.min(refused ?? bytes, bytes);
    return isAccepted;
  };
  try {
    // The defaults first, to the byte: two questions do where nobody has changed anything.
    for (const limit of [defaultRequestLimit, default2010]) {
      if (!(await accepts(limit))) continue;
      if (!(await accepts(limit + 1))) return { accepted, refused, tried };
      break;
    }
    while (refused === undefined && accepted < enough) await accepts(roundUp(accepted * 2));
    while (refused !== undefined && refused - accepted > precision) await accepts(Math.ceil((accepted + refused) / 2));
  } catch (error) {
    if (error instanceof TransportError && error.reason === 'timeout' && tried === 1) return undefined;
    throw error;
  }
  // Who refuses everything refuses the announcement and not the size.
  return accepted === 0 ? undefined : { accepted, refused, tried };
}

/** To whole mebibytes, as such limits are. */
function roundUp(bytes: number): number {
  return Math.floor(bytes / mebibyte) * mebibyte;
}

async function ask(http: Http, session: EwsSession, bytes: number): Promise<boolean> {
  const announced = { bytes, graceMs };
  const response = await session.tryStream(http, 'Announcement', '', { announced, timeoutMs: patienceMs });
  if (response.status === 100) return true;
  if (!refusals.includes(response.status)) throw await refusal(response);
  await discard(response);
  return false;
}
