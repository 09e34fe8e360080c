import { SaxesParser } from 'saxes';
import { askForText, unexpected } from './askEws.ts';
import type { Asking } from './askEws.ts';
import { ewsCode } from './ewsError.ts';
import { readResponseMessages } from './responseMessages.ts';
import { escapeXml } from './soap.ts';

/** A recipient of the directory that a name stands for. */
export interface Resolution {
  readonly name: string;
  /** As its routing type has it; no SMTP address unless that is SMTP. */
  readonly address: string;
  /** SMTP unless the server says otherwise; EX: the name in the directory of former versions. */
  readonly routingType: string;
  /** Such as Mailbox, PublicDL, Contact (MS-OXWSCDATA, MailboxTypeType); empty if the server does not say. */
  readonly type: string;
  /** SMTP addresses, the primary one first. */
  readonly smtpAddresses: readonly string[];
  /** Whether these are surely all: there is room for three of any kind. */
  readonly areAllTold: boolean;
}

export interface Resolutions {
  /** At most 100. */
  readonly found: readonly Resolution[];
  /** Whether these are all. There is no next page. */
  readonly isComplete: boolean;
}

/** More are never in an answer (MS-OXWSRSLNM: ArrayOfResolutionType). */
const mostResolutions = 100;
/** More places than these a contact does not have for addresses (MS-OXWSCDATA, EmailAddressKeyType). */
const mostToldAddresses = 3;

/**
 * Looks for a name in the directory, as Exchange 2010 SP1 and all later servers understand it. Who asks needs a mailbox,
 * signed in to or impersonated.
 * @param entry What the display name, the alias or the primary address begins with; with the prefix `smtp:`, what any of a
 * recipient's SMTP addresses begins with (Microsoft Learn, UnresolvedEntry): a full address may find longer ones.
 * @returns none when nothing is found. @throws EwsError for every other error, a throttled answer's too; AnswerError,
 * TransportError
 */
export async function resolveNames(asking: Asking, entry: string): Promise<Resolutions> {
  const body =
    '<m:ResolveNames ReturnFullContactData="true" SearchScope="ActiveDirectory">' +
    `<m:UnresolvedEntry>${escapeXml(entry)}</m:UnresolvedEntry></m:ResolveNames>`;
  const xml = await askForText(asking, 'ResolveNames', body);
  const [message, ...others] = readResponseMessages(xml) ?? [];
  if (message === undefined || others.length > 0) throw unexpected(asking);
  if (ewsCode(message.error) === 'ErrorNameResolutionNoResults') return { found: [], isComplete: true };
  if (message.error !== undefined) throw message.error;
  const read = readResolutions(xml);
  if (read.found.length === 0) throw unexpected(asking); // A success that tells nothing is no “none”.
  return read;
}

/** @param xml well-formed */
function readResolutions(xml: string): Resolutions {
  const found: Resolution[] = [];
  let texts = new Map<string, string>();
  let addresses: string[] = [];
  const range = { isWhole: true };
  const path: string[] = [];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('opentag', ({ local, attributes }) => {
    path.push(local);
    if (local === 'ResolutionSet') range.isWhole = attributes.IncludesLastItemInRange?.value !== 'false';
    if (local === 'Resolution') [texts, addresses] = [new Map<string, string>(), []];
    if (local === 'Entry') addresses.push('');
  });
  parser.on('text', (text) => {
    const [parent = '', element = ''] = path.slice(-2);
    // A contact has elements of the same names.
    if (parent === 'Mailbox') texts.set(element, (texts.get(element) ?? '') + text);
    if (parent === 'EmailAddresses') addresses.push((addresses.pop() ?? '') + text);
  });
  parser.on('closetag', ({ local }) => {
    path.pop();
    if (local === 'Resolution') found.push(resolutionOf(texts, addresses));
  });
  parser.write(xml).close();
  return { found, isComplete: range.isWhole && found.length < mostResolutions };
}

function resolutionOf(texts: ReadonlyMap<string, string>, told: readonly string[]): Resolution {
  const text = (name: string): string => texts.get(name)?.trim() ?? '';
  const [address, routingType] = [text('EmailAddress'), text('RoutingType') || 'SMTP'];
  const isSmtp = routingType.toUpperCase() === 'SMTP';
  return {
    ...{ name: text('Name'), address, routingType, type: text('MailboxType') },
    smtpAddresses: smtpAddresses(isSmtp ? address : '', told),
    areAllTold: told.length > 0 && told.length < mostToldAddresses,
  };
}

/** A directory writes `SMTP:` before the primary address, `smtp:` before others, and knows other kinds, such as `SIP:`. */
function smtpAddresses(primary: string, told: readonly string[]): readonly string[] {
  const smtp = told.map((each) => each.trim()).filter((each) => /^smtp:./i.test(each));
  const inOrder = [...smtp.filter((each) => each.startsWith('SMTP:')), ...smtp].map((each) => each.slice(5));
  const unique = new Map<string, string>();
  for (const each of primary === '' ? inOrder : [primary, ...inOrder]) {
    if (!unique.has(each.toLowerCase())) unique.set(each.toLowerCase(), each);
  }
  return [...unique.values()];
}
