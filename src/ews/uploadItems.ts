import { askEws } from './askEws.ts';
import type { Asking } from './askEws.ts';
import { base64Length, encodeBase64 } from './base64Encoder.ts';
import type { EwsError } from './ewsError.ts';
import { envelopeParts, escapeXml } from './soap.ts';
import type { StreamedBody } from './transport/requestBody.ts';

/** An item as ExportItems gave it, on its way to another mailbox. */
export interface ItemToUpload {
  readonly parentFolderId: string;
  /** Size of its stream in bytes. */
  readonly bytes: number;
  /** The stream from its beginning; called once a try. The item is never held as a whole. */
  readonly pieces: () => AsyncIterable<Buffer>;
  /** It belongs to the folder itself, such as a view or a rule (associated). */
  readonly associated?: boolean;
  /** Id of the item that it takes the place of; absent: a new one is made. */
  readonly replaces?: string;
}

export interface UploadedItem {
  /** Id of the item in the mailbox; undefined when it was refused. */
  readonly itemId: string | undefined;
  /** Set when this item could not be uploaded. */
  readonly error?: EwsError;
}

/**
 * Uploads items (UploadItems, since Exchange 2010 SP1) and tells what became of each, in their order. The transport never
 * repeats it: whoever gets no answer looks whether the items have arrived.
 * @param timeoutMs for all of it; as the transport has it unless told
 * @throws EwsError when all were refused at once, AnswerError, TransportError
 */
export async function uploadItems(
  asking: Asking,
  items: readonly ItemToUpload[],
  timeoutMs?: number,
): Promise<readonly UploadedItem[]> {
  const found = await askEws(asking, 'UploadItems', uploadEnvelope(asking, items), {
    ...{ once: true, messages: items.length },
    ...(timeoutMs !== undefined && { timeoutMs }),
  });
  return found.map(({ ids: [itemId], error }) => (error ? { itemId: undefined, error } : { itemId }));
}

/** Bytes of the request for these items: servers have a limit. */
export function uploadLength(asking: Asking, items: readonly ItemToUpload[]): number {
  return uploadEnvelope(asking, items).length;
}

function uploadEnvelope({ impersonate, session }: Asking, items: readonly ItemToUpload[]): StreamedBody {
  const [head, tail] = envelopeParts(impersonate, session.requestVersion);
  const begin = Buffer.from(`${head}<m:UploadItems><m:Items>`, 'utf8');
  const end = Buffer.from(`</m:Items></m:UploadItems>${tail}`, 'utf8');
  const heads = items.map((item) => Buffer.from(itemHead(item), 'utf8'));
  const length = items.reduce(
    (sum, { bytes }, index) => sum + (heads[index]?.length ?? 0) + base64Length(bytes) + itemTail.length,
    begin.length + end.length,
  );
  return {
    length,
    pieces: async function* () {
      yield begin;
      for (const [index, item] of items.entries()) {
        yield heads[index] ?? Buffer.alloc(0);
        yield* encodeBase64(item.pieces());
        yield itemTail;
      }
      yield end;
    },
  };
}

const itemTail = Buffer.from('</t:Data></t:Item>', 'utf8');

function itemHead({ parentFolderId, associated, replaces }: ItemToUpload): string {
  const replaced = replaces === undefined ? '' : `<t:ItemId Id="${escapeXml(replaces)}"/>`;
  return (
    `<t:Item CreateAction="${replaces === undefined ? 'CreateNew' : 'Update'}" IsAssociated="${associated === true}">` +
    `<t:ParentFolderId Id="${escapeXml(parentFolderId)}"/>${replaced}<t:Data>`
  );
}
