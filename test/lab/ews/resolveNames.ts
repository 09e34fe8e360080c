import { addressBook, addressBookEntry, proxyAddresses } from './addressBook.ts';
import type { AddressBookEntry } from './addressBook.ts';
import type { EwsContext, Operation } from './context.ts';
import { ResponseError } from './fault.ts';
import { responseMessages } from './responses.ts';
import { escapeXml, leaf, tag } from './xml.ts';
import { childText } from './xmlReader.ts';

/** An answer has no more, and there is no next page. */
const mostResolutions = 100;
/** A contact has no more places for addresses. */
const mostAddresses = 3;

/**
 * As in the address book: what is asked for begins the name, a word of it, or the primary address. With the prefix of a
 * routing type it begins any of the addresses of that type.
 */
function matches(entry: AddressBookEntry, asked: string): boolean {
  const wanted = asked.toLowerCase();
  const begins = (text: string): boolean => text.toLowerCase().startsWith(wanted);
  if (/^\w+:/.test(wanted)) return proxyAddresses(entry).some(begins);
  return begins(entry.address) || begins(entry.name) || entry.name.split(' ').some(begins);
}

function mailboxXml({ name, address, type, routing }: AddressBookEntry): string {
  const legacy = `/o=First Organization/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=${name}`;
  return tag(
    't:Mailbox',
    {},
    leaf('t:Name', name),
    leaf('t:EmailAddress', routing === 'EX' ? legacy : address),
    leaf('t:RoutingType', routing),
    leaf('t:MailboxType', type),
  );
}

/** The address book's entry as a contact, when the request asks for full data. */
function contactXml(entry: AddressBookEntry): string {
  const addresses = proxyAddresses(entry).slice(0, mostAddresses);
  return tag(
    't:Contact',
    {},
    leaf('t:DisplayName', entry.name),
    tag(
      't:EmailAddresses',
      {},
      ...addresses.map((address, index) => tag('t:Entry', { Key: `EmailAddress${index + 1}` }, escapeXml(address))),
    ),
    leaf('t:ContactSource', 'ActiveDirectory'),
    entry.manager === undefined ? '' : tag('t:ManagerMailbox', {}, mailboxXml(colleague(entry.manager))),
    entry.directReports.length === 0
      ? ''
      : tag('t:DirectReports', {}, ...entry.directReports.map((address) => mailboxXml(colleague(address)))),
  );
}

function colleague(address: string): AddressBookEntry {
  return addressBookEntry.parse({ name: address, address });
}

function resolve(context: EwsContext): readonly AddressBookEntry[] {
  const asked = childText(context.request, 'm:UnresolvedEntry') ?? '';
  const scope = context.request.attributes.get('SearchScope') ?? 'ActiveDirectoryContacts';
  if (scope === 'Contacts') return [];
  return addressBook(context).filter((entry) => matches(entry, asked));
}

export const resolveNames: Operation = (context) => {
  const found = context.actingAs.hasMailbox ? resolve(context) : [];
  const shown = found.slice(0, mostResolutions);
  const isFull = ['true', '1'].includes(context.request.attributes.get('ReturnFullContactData') ?? '');
  const messages = responseMessages('ResolveNames', [0], () => {
    if (!context.actingAs.hasMailbox) {
      throw new ResponseError(
        'ErrorNameResolutionNoMailbox',
        'User must have a mailbox for name resolution operations.',
      );
    }
    if (shown.length === 0) throw new ResponseError('ErrorNameResolutionNoResults', 'No results were found.');
    return tag(
      'm:ResolutionSet',
      { TotalItemsInView: shown.length, IncludesLastItemInRange: shown.length === found.length },
      ...shown.map((entry) => tag('t:Resolution', {}, mailboxXml(entry), isFull ? contactXml(entry) : '')),
    );
  });
  if (shown.length < 2) return messages;
  // Several hits are a warning, with the same content.
  return messages.replace(
    'ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode>',
    `ResponseClass="Warning">${leaf('m:MessageText', 'Multiple results were found.')}${leaf('m:ResponseCode', 'ErrorNameResolutionMultipleResults')}${leaf('m:DescriptiveLinkKey', 0)}`,
  );
};
