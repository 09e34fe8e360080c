import type { IXHRApi, IXHROptions } from 'ews-javascript-api';

type LibraryResponse = Awaited<ReturnType<IXHRApi['xhr']>>;

interface Reply {
  readonly status: number;
  readonly body: string;
}

/** The transport of ews-javascript-api over a test's own client, which signs in and trusts as the test wants. */
export function libraryTransport(send: (request: IXHROptions & { readonly body: string }) => Promise<Reply>): IXHRApi {
  return {
    apiName: 'test',
    xhr: async (request): Promise<LibraryResponse> => {
      const reply = await send({ ...request, body: String(request.data ?? '') });
      const response = {
        status: reply.status,
        responseText: reply.body,
        getAllResponseHeaders: () => '',
        getResponseHeader: () => null,
      };
      if (reply.status !== 200) throw Object.assign(new Error(`HTTP ${reply.status}`), response);
      return response;
    },
    xhrStream: () => Promise.reject(new Error('Not used.')),
    disconnect: () => undefined,
  };
}
