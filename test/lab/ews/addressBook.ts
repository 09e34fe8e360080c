import { z } from 'zod';
import { mailboxState } from './access.ts';
import type { EwsContext } from './context.ts';

/** Types of recipients in answers (MS-OXWSCDATA 2.2.5.20), of those that a directory can hold. */
const recipientTypes = ['Mailbox', 'PublicDL', 'Contact', 'PublicFolder', 'GroupMailbox', 'Unknown'] as const;

/** A recipient of the directory beside the mailboxes that clients can open. */
export const addressBookEntry = z.strictObject({
  name: z.string(),
  /** The primary SMTP address. */
  address: z.string(),
  /** Other addresses, without prefix for SMTP, else with theirs, such as `sip:anna@contoso.com`. */
  aliases: z.array(z.string()).default([]),
  type: z.enum(recipientTypes).default('Mailbox'),
  /** How answers give its address; EX is its name in the directory of former versions. */
  routing: z.enum(['SMTP', 'EX']).default('SMTP'),
  /** Addresses of mailboxes that full data of an entry tells, too. */
  manager: z.string().exactOptional(),
  directReports: z.array(z.string()).default([]),
});
export type AddressBookEntry = z.output<typeof addressBookEntry>;

/** All that names are looked for in. A mailbox that is missing has no entry. */
export function addressBook({ mailboxes, state }: EwsContext): readonly AddressBookEntry[] {
  return [
    ...mailboxes
      .filter(({ owner, isArchive }) => !isArchive && mailboxState(state, owner.email) !== 'missing')
      .map(({ owner }) => addressBookEntry.parse({ name: owner.name, address: owner.email })),
    ...(state.addressBook ?? []),
  ];
}

/** All addresses with their prefixes, as proxyAddresses has them: the primary one's is in capitals. */
export function proxyAddresses({ address, aliases }: AddressBookEntry): readonly string[] {
  return [`SMTP:${address}`, ...aliases.map((alias) => (/^\w+:/.test(alias) ? alias : `smtp:${alias}`))];
}
