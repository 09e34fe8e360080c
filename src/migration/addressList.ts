import { shortened } from './inputFault.ts';
import type { InputFault, Place } from './inputFault.ts';
import type { SourceMailbox } from './mailbox.ts';
import { addressKey, domainOf, readAddress } from './mailAddress.ts';
import { Pace } from './pace.ts';
import type { PaceOptions } from './pace.ts';
import { ShardedMap } from './shardedMap.ts';

export interface AddressList {
  readonly mailboxes: readonly SourceMailbox[];
  /** In the order of the text. */
  readonly faults: readonly InputFault[];
}

export interface ListOptions extends PaceOptions {
  /** Domains of the source's tenant, in small letters; unknown: no address is judged by its domain. */
  readonly domains?: ReadonlySet<string>;
}

const entriesBetweenLooks = 64;

/**
 * Reads addresses as somebody types or pastes them: between line breaks, commas, semicolons, tabs or blanks; with names,
 * as `Anna <anna@contoso.example>`. Whatever is no address is a fault. Progress is in characters.
 * @throws the reason of an aborted signal
 */
export async function readAddressList(text: string, options: ListOptions = {}): Promise<AddressList> {
  const pace = new Pace(options);
  const mailboxes: SourceMailbox[] = [];
  const faults: InputFault[] = [];
  const places = new ShardedMap<Place>();
  let count = 0;
  for (const entry of entriesOf(text)) {
    const place: Place = { in: 'list', line: entry.line, position: entry.position };
    const found = readAddress(entry.text);
    const key = found === undefined ? '' : addressKey(found.address);
    const first = places.get(key);
    if (entry.text.includes('\ufffd'))
      faults.push({ reason: 'unreadableCharacter', value: shortened(entry.text), place });
    else if (found === undefined) faults.push({ reason: 'notAnAddress', value: shortened(entry.text), place });
    else if (options.domains?.has(domainOf(key)) === false) {
      faults.push({ reason: 'foreignDomain', address: found.address, domain: domainOf(key), place });
    } else if (first !== undefined) faults.push({ reason: 'mailboxTwice', address: found.address, first, place });
    else {
      places.set(key, place);
      const { address, displayName } = found;
      mailboxes.push({ address, ...(displayName !== undefined && { displayName: shortened(displayName) }), place });
    }
    count += 1;
    if (count % entriesBetweenLooks === 0 && pace.isOver) await pace.next(entry.at);
  }
  options.onProgress?.(text.length);
  return { mailboxes, faults };
}

interface Entry {
  readonly text: string;
  readonly line: number;
  readonly position: number;
  readonly at: number;
}

/** Between separators, which do not count in quotes: names are written `"Meier, Anna" <anna@…>`. */
function* entriesOf(text: string): Generator<Entry> {
  const token = /"[^"\r\n]*"|\r\n|[\r\n,;\t]|[^",;\t\r\n]+|"/g;
  let [line, lineStart, start, written] = [1, 0, 0, ''];
  for (let match = token.exec(text); ; match = token.exec(text)) {
    const found = match?.[0] ?? '\n';
    if (!/^[\r\n,;\t]/.test(found)) {
      if (written === '') start = match?.index ?? 0;
      written += found;
      continue;
    }
    for (const part of partsOf(written)) {
      const at = start + part.offset;
      yield { text: part.text, line, position: at - lineStart + 1, at };
    }
    if (match === null) return;
    written = '';
    if (/^[\r\n]/.test(found)) [line, lineStart] = [line + 1, token.lastIndex];
  }
}

/** What stands between two separators: one entry, or addresses with blanks between them. */
function partsOf(written: string): readonly { readonly text: string; readonly offset: number }[] {
  const whole = written.trim();
  if (whole === '') return [];
  if (readAddress(whole) === undefined) {
    const words = [...written.matchAll(/\S+/g)].map((match) => ({ text: match[0], offset: match.index }));
    if (words.every(({ text }) => text.includes('@'))) return words;
  }
  return [{ text: whole, offset: written.indexOf(whole) }];
}
