import type { EwsError } from './ewsError.ts';
import { MessageReader } from './messageReader.ts';

/** One response message of an answer: what became of one thing that was asked. */
export interface ResponseMessage {
  /** Absent: it succeeded. A warning is no error. */
  readonly error?: EwsError;
  /** Ids of the items and folders it speaks of, in their order. */
  readonly ids: readonly string[];
}

/**
 * Reads the response messages of an answer, whatever the operation.
 * @returns undefined when the text is not well-formed or has none
 */
export function readResponseMessages(xml: string): readonly ResponseMessage[] | undefined {
  const reader = new MessageReader(() => {
    const ids: string[] = [];
    return {
      open: (name, attribute) => {
        if (name === 'ItemId' || name === 'FolderId') ids.push(attribute('Id'));
      },
      result: () => ids,
    };
  });
  try {
    reader.push(xml);
    reader.end();
  } catch {
    return undefined;
  }
  const found = reader.messages.flatMap((message): ResponseMessage[] => {
    if (message === undefined) return [];
    return 'error' in message ? [{ error: message.error, ids: [] }] : [{ ids: message.value }];
  });
  return found.length === 0 ? undefined : found;
}
