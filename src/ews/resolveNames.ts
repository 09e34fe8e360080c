import { askEach } from './askEach.ts';
import { unexpected } from './askEws.ts';
import type { Asking } from './askEws.ts';
import { EwsError, ewsCode } from './ewsError.ts';
import type { ContentReader } from './messageReader.ts';
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
const nobody: Resolutions = { found: [], isComplete: true };
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
  const newContent = (): ContentReader<Resolutions> => new ResolutionsReader();
  const [found] = await askEach(asking, 'ResolveNames', body, { count: 1, newContent });
  if (ewsCode(found) === 'ErrorNameResolutionNoResults') return nobody;
  if (found === undefined || found instanceof EwsError) throw found ?? unexpected(asking);
  return found;
}

class ResolutionsReader implements ContentReader<Resolutions> {
  readonly #found: Resolution[] = [];
  readonly #path: string[] = [];
  #texts = new Map<string, string>();
  #addresses: string[] = [];
  #isWhole = true;

  open(name: string, attribute: (name: string) => string): void {
    this.#path.push(name);
    if (name === 'ResolutionSet') this.#isWhole = attribute('IncludesLastItemInRange') !== 'false';
    if (name === 'Resolution') [this.#texts, this.#addresses] = [new Map<string, string>(), []];
  }

  close(name: string, text: string): void {
    this.#path.pop();
    const within = this.#path.slice(-2).join('/');
    // Managers and reports are mailboxes as well, and a contact has elements of the same names.
    if (within === 'Resolution/Mailbox') this.#texts.set(name, text);
    if (within === 'Contact/EmailAddresses') this.#addresses.push(text);
    if (name === 'Resolution') this.#found.push(resolutionOf(this.#texts, this.#addresses));
  }

  result(): Resolutions | undefined {
    const found = this.#found;
    // A success that tells nothing is no “none”.
    return found.length === 0 ? undefined : { found, isComplete: this.#isWhole && found.length < mostResolutions };
  }
}

function resolutionOf(texts: ReadonlyMap<string, string>, told: readonly string[]): Resolution {
  const text = (name: string): string => texts.get(name) ?? '';
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
  const smtp = told.filter((each) => /^smtp:./i.test(each));
  const inOrder = [...smtp.filter((each) => each.startsWith('SMTP:')), ...smtp].map((each) => each.slice(5));
  const unique = new Map<string, string>();
  for (const each of primary === '' ? inOrder : [primary, ...inOrder]) {
    if (!unique.has(each.toLowerCase())) unique.set(each.toLowerCase(), each);
  }
  return [...unique.values()];
}
