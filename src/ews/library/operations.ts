import ews from 'ews-javascript-api';
import type { FindFoldersResults, FindItemsResults, IXHRApi, Item } from 'ews-javascript-api';
import { codeAndBackOff } from '../ewsError.ts';
import { escapeXml } from '../soap.ts';
import type { Call, FolderPage, ItemPage } from './messages.ts';

/** Exchange's error code and message, as the library read them. */
export class ServiceFailure extends Error {
  readonly reason: { readonly code: string; readonly backOffMs?: number };

  constructor(reason: ServiceFailure['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Sends an envelope; undefined: there is no answer, and the caller knows why. */
type Send = (envelope: string) => Promise<string | undefined>;

/**
 * Runs one typed operation. The library puts texts into its XML as they are, so each is escaped before it gets it.
 * @throws ServiceFailure when Exchange answers with an error of its own.
 */
export async function runOperation(call: Call, send: Send): Promise<unknown> {
  const service = createService(call, send);
  try {
    return call.operation === 'findFolders'
      ? await findFolders(service, call as Call<'findFolders'>) // The name decides the type of the request.
      : await findItems(service, call as Call<'findItems'>); // Likewise.
  } catch (error) {
    throw asServiceFailure(error);
  }
}

function createService(call: Call, send: Send): ews.ExchangeService {
  const service = new ews.ExchangeService(ews.ExchangeVersion[call.requestVersion]);
  // The host knows the address and the token; the library insists on having some.
  service.Url = new ews.Uri('https://host.invalid/');
  service.Credentials = new ews.WebCredentials('unused', 'unused');
  service.XHRApi = new HostTransport(send);
  if (call.impersonate !== undefined) {
    service.ImpersonatedUserId = new ews.ImpersonatedUserId(
      ews.ConnectingIdType.SmtpAddress,
      escapeXml(call.impersonate),
    );
  }
  return service;
}

async function findFolders(service: ews.ExchangeService, call: Call<'findFolders'>): Promise<FolderPage> {
  const { offset, pageSize } = call.request;
  const view = new ews.FolderView(pageSize, offset);
  view.Traversal = ews.FolderTraversal.Deep;
  view.PropertySet = new ews.PropertySet(ews.BasePropertySet.IdOnly, [
    ews.FolderSchema.DisplayName,
    ews.FolderSchema.TotalCount,
    ews.FolderSchema.ParentFolderId,
  ]);
  const root = new ews.FolderId(ews.WellKnownFolderName.MsgFolderRoot, new ews.Mailbox(escapeXml(call.mailbox)));
  const found: FindFoldersResults = await service.FindFolders(root, view);
  const folders = found.Folders.map((folder) => ({
    id: folder.Id.UniqueId,
    displayName: folder.DisplayName,
    totalCount: folder.TotalCount,
    parentId: folder.ParentFolderId.UniqueId,
  }));
  return { folders, last: !found.MoreAvailable };
}

async function findItems(service: ews.ExchangeService, call: Call<'findItems'>): Promise<ItemPage> {
  const { folderId, offset, pageSize } = call.request;
  const view = new ews.ItemView(pageSize, offset);
  view.PropertySet = new ews.PropertySet(ews.BasePropertySet.IdOnly, [ews.ItemSchema.Size]);
  const found: FindItemsResults<Item> = await service.FindItems(new ews.FolderId(escapeXml(folderId)), view);
  const items = found.Items.map((item) => ({ id: item.Id.UniqueId, sizeBytes: item.Size }));
  return { items, last: !found.MoreAvailable };
}

/** What the library takes for an answer. */
type LibraryResponse = Awaited<ReturnType<IXHRApi['xhr']>>;

/** Hands the library's requests to the host: only their text, since the host adds the headers. */
class HostTransport implements IXHRApi {
  readonly apiName = 'host';
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  async xhr(options: { data?: unknown }): Promise<LibraryResponse> {
    const xml = await this.#send(String(options.data));
    const ok = xml !== undefined;
    // The few members of a browser's request that the library reads.
    const response = {
      status: ok ? 200 : 0,
      responseText: xml ?? '',
      getAllResponseHeaders: () => '',
      getResponseHeader: () => null,
    };
    if (!ok) throw Object.assign(new Error('No answer.'), response); // It looks at the same members of an error.
    return response;
  }

  xhrStream(): Promise<LibraryResponse> {
    return Promise.reject(new Error('Not used.'));
  }

  disconnect(): void {
    // Each request ends by itself.
  }
}

function asServiceFailure(error: unknown): unknown {
  if (!(error instanceof ews.ServiceResponseException)) return error;
  const { ErrorDetails: details } = error.Response;
  // A code that the library does not know comes as undefined, whatever its types say.
  const code = (ews.ServiceError[error.ErrorCode] as string | undefined) ?? 'UnknownError';
  const reason = codeAndBackOff(code, {
    BackOffMilliseconds: details.get('BackOffMilliseconds'),
    InnerErrorResponseCode: details.get('InnerErrorResponseCode'),
  });
  return new ServiceFailure(reason, error.Message);
}
