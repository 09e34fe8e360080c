import type { Operation } from './context.ts';
import { ResponseError } from './fault.ts';
import { decodeId, entryIdOf, idOfEntry } from './ids.ts';
import { responseMessages } from './responses.ts';
import { tag } from './xml.ts';
import { child } from './xmlReader.ts';

const unsupported = (): ResponseError =>
  new ResponseError('ErrorUnsupportedTypeForConversion', 'The simulated server does not convert ids of this format.');

/** An id in one of Exchange's spellings as EWS spells it; undefined when it is none of the lab's. */
function fromFormat(format: string, text: string): string | undefined {
  switch (format) {
    case 'EwsId':
      return decodeId(text) ? text : undefined;
    case 'EntryId':
      return idOfEntry(Buffer.from(text, 'base64'));
    case 'HexEntryId':
      return idOfEntry(Buffer.from(text, 'hex'));
    case 'OwaId':
      return fromFormat('EwsId', decodeURIComponent(text));
    default:
      throw unsupported();
  }
}

function toFormat(format: string, id: string): string {
  switch (format) {
    case 'EwsId':
      return id;
    case 'EntryId':
      return entryIdOf(id)?.toString('base64') ?? '';
    case 'HexEntryId':
      return (entryIdOf(id)?.toString('hex') ?? '').toUpperCase();
    case 'OwaId':
      return encodeURIComponent(id);
    default:
      throw unsupported();
  }
}

export const convertId: Operation = ({ request }) => {
  const destination = request.attributes.get('DestinationFormat') ?? '';
  return responseMessages('ConvertId', child(request, 'm:SourceIds')?.children ?? [], ({ attributes }) => {
    const id = fromFormat(attributes.get('Format') ?? '', attributes.get('Id') ?? '');
    if (id === undefined) throw new ResponseError('ErrorInvalidIdMalformed', 'Id is malformed.');
    const converted = {
      'xsi:type': 't:AlternateIdType',
      Format: destination,
      Id: toFormat(destination, id),
      Mailbox: attributes.get('Mailbox') ?? '',
    };
    return tag('m:AlternateId', converted);
  });
};
