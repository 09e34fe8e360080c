import { discoverEwsUrl } from '../ews/autodiscover.ts';
import type { Http } from '../ews/transport/httpClient.ts';
import type { Endpoints } from './endpoints.ts';

export interface EwsAddress {
  readonly url: string;
  /** How it came about: entered, by Autodiscover, or the cloud's usual one. */
  readonly from: 'settings' | 'autodiscover' | 'cloud';
  /** Why Autodiscover did not tell it. */
  readonly failure?: unknown;
}

/**
 * Finds the EWS address of a source: the connection's own wins, then Autodiscover's, then the cloud's.
 * @param mailbox by whose address Autodiscover is asked
 * @param signal when it is aborted, there is no answer that would be worth another
 * @throws what Autodiscover failed with, when the signal is aborted
 */
export async function findEwsAddress(
  http: Http,
  endpoints: Endpoints,
  {
    mailbox,
    userAgent,
    signal,
  }: { readonly mailbox: string; readonly userAgent: string; readonly signal: AbortSignal },
): Promise<EwsAddress> {
  const { ewsOverride, ewsDefault, autodiscover, trustsEwsUrl } = endpoints;
  if (ewsOverride !== undefined) return { url: ewsOverride, from: 'settings' };
  try {
    const url = await discoverEwsUrl(http, { base: autodiscover, mailbox, userAgent, allows: trustsEwsUrl });
    return { url, from: 'autodiscover' };
  } catch (failure) {
    if (signal.aborted) throw failure;
    return { url: ewsDefault, from: 'cloud', failure };
  }
}
