import { SaxesParser } from 'saxes';
import { codeAndBackOff, EwsError } from './ewsError.ts';

/** One response message of an answer: what became of one thing that was asked. */
export interface ResponseMessage {
  /** Absent: it succeeded. A warning is no error. */
  readonly error?: EwsError;
  /** Ids of the items and folders it speaks of, in their order. */
  readonly ids: readonly string[];
}

/**
 * Reads the response messages of an answer (MS-OXWSCDATA 2.2.4.67), whatever the operation.
 * @returns undefined when the text is not well-formed or has none
 */
export function readResponseMessages(xml: string): readonly ResponseMessage[] | undefined {
  const found: ResponseMessage[] = [];
  let texts = new Map<string, string>();
  let values: { [name: string]: string } = {};
  let ids: string[] = [];
  let [element, valueName, responseClass] = ['', '', ''];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('opentag', ({ local, attributes }) => {
    element = local;
    if (local.endsWith('ResponseMessage')) {
      texts = new Map();
      values = {};
      ids = [];
      responseClass = attributes.ResponseClass?.value ?? '';
    }
    if (local === 'ItemId' || local === 'FolderId') ids.push(attributes.Id?.value ?? '');
    if (local === 'Value') valueName = attributes.Name?.value ?? '';
  });
  parser.on('text', (text) => {
    if (element === 'Value') values[valueName] = text.trim();
    else texts.set(element, (texts.get(element) ?? '') + text);
  });
  parser.on('closetag', ({ local }) => {
    element = '';
    if (!local.endsWith('ResponseMessage')) return;
    const error = responseClass === 'Error' ? errorOf(texts, values) : undefined;
    found.push({ ids, ...(error && { error }) });
  });
  try {
    parser.write(xml).close();
  } catch {
    return undefined;
  }
  return found.length === 0 ? undefined : found;
}

function errorOf(texts: ReadonlyMap<string, string>, values: { readonly [name: string]: string }): EwsError {
  return new EwsError({
    kind: 'response',
    ...codeAndBackOff(texts.get('ResponseCode')?.trim() ?? '', values),
    message: (texts.get('MessageText') ?? '').slice(0, 1000),
  });
}
