import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import type { LabClient, Reply } from './labClient.ts';

/** MSAL's requests over the test's client, which trusts the lab's authority. */
export function networkOver(client: LabClient): INetworkModule {
  function response<T>({ status, headers, body }: Reply): NetworkResponse<T> {
    const plain = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    // MSAL states the type of the document it asks for and does not check it; nor can this.
    return { status, headers: plain, body: JSON.parse(body) as T };
  }
  return {
    sendGetRequestAsync: async (url, options?: NetworkRequestOptions) =>
      response(await client.send(url, { headers: options?.headers ?? {} })),
    sendPostRequestAsync: async (url, options?: NetworkRequestOptions) =>
      response(await client.send(url, { method: 'POST', headers: options?.headers ?? {}, body: options?.body ?? '' })),
  };
}
