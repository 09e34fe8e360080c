import type { Mailbox } from '../mailboxes/mailbox.ts';
import type { EwsContext, Operation } from './context.ts';
import { mailboxState } from './access.ts';
import { ResponseError } from './fault.ts';
import { mailboxXml } from './itemProperty.ts';
import { responseMessages } from './responses.ts';
import { escapeXml, leaf, tag } from './xml.ts';
import { childText } from './xmlReader.ts';

/** As in the address book: the entry begins the name, a word of it, or the address. */
function matches({ owner }: Mailbox, entry: string): boolean {
  const wanted = entry.toLowerCase();
  const address = /^(?:smtp:)?(.+@.+)$/.exec(wanted)?.[1];
  if (address !== undefined) return owner.email === address;
  const words = owner.name.toLowerCase().split(' ');
  return owner.email.startsWith(wanted) || words.some((word) => word.startsWith(wanted));
}

/** The address book's entry as a contact, when the request asks for full data. */
function contactXml({ owner }: Mailbox): string {
  return tag(
    't:Contact',
    {},
    leaf('t:DisplayName', owner.name),
    tag('t:EmailAddresses', {}, tag('t:Entry', { Key: 'EmailAddress1' }, escapeXml(`SMTP:${owner.email}`))),
    leaf('t:ContactSource', 'ActiveDirectory'),
  );
}

function resolve(context: EwsContext): readonly Mailbox[] {
  const entry = childText(context.request, 'm:UnresolvedEntry') ?? '';
  const scope = context.request.attributes.get('SearchScope') ?? 'ActiveDirectoryContacts';
  if (scope === 'Contacts') return [];
  return context.mailboxes.filter(
    (mailbox) =>
      !mailbox.isArchive && matches(mailbox, entry) && mailboxState(context.state, mailbox.owner.email) !== 'missing',
  );
}

export const resolveNames: Operation = (context) => {
  const found = resolve(context);
  const isFull = ['true', '1'].includes(context.request.attributes.get('ReturnFullContactData') ?? '');
  const messages = responseMessages('ResolveNames', [0], () => {
    if (found.length === 0) throw new ResponseError('ErrorNameResolutionNoResults', 'No results were found.');
    return tag(
      'm:ResolutionSet',
      { TotalItemsInView: found.length, IncludesLastItemInRange: true },
      ...found
        .slice(0, 100)
        .map((mailbox) => tag('t:Resolution', {}, mailboxXml(mailbox.owner), isFull ? contactXml(mailbox) : '')),
    );
  });
  if (found.length < 2) return messages;
  // Several hits are a warning, with the same content.
  return messages.replace(
    'ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode>',
    `ResponseClass="Warning">${leaf('m:MessageText', 'Multiple results were found.')}${leaf('m:ResponseCode', 'ErrorNameResolutionMultipleResults')}${leaf('m:DescriptiveLinkKey', 0)}`,
  );
};
