import { isMailAddress } from '../connections/settingForms.ts';

/** An address as somebody wrote it, and the name that stood with it. */
export interface WrittenAddress {
  readonly address: string;
  readonly displayName?: string;
}

/** Exchange does not tell addresses apart by case; composed and decomposed letters look alike. */
export function addressKey(address: string): string {
  return address.toLowerCase().normalize('NFC');
}

/** Before the @; of a key. */
export function localPart(key: string): string {
  return key.slice(0, key.lastIndexOf('@'));
}

/** Behind the @; of a key. */
export function domainOf(key: string): string {
  return key.slice(key.lastIndexOf('@') + 1);
}

/** Whether a text is one address: two that are joined by a comma or semicolon are none. */
export function isOneAddress(text: string): boolean {
  return isMailAddress(text) && !/[,;]/.test(text);
}

/** Reads `anna@contoso.example`, `Anna <anna@contoso.example>`, `SMTP:anna@…` (as directories write it) and `mailto:anna@…`. */
export function readAddress(written: string): WrittenAddress | undefined {
  const text = written.trim();
  const named = text.endsWith('>') ? text.lastIndexOf('<') : -1;
  if (named < 0) {
    const address = withoutScheme(text);
    return isOneAddress(address) ? { address } : undefined;
  }
  const address = withoutScheme(text.slice(named + 1, -1).trim());
  if (!isOneAddress(address)) return undefined;
  const displayName = withoutQuotes(text.slice(0, named).trim());
  if (displayName === '' || addressKey(displayName) === addressKey(address)) return { address };
  // Another address in front of this one would be lost as its name.
  return displayName.includes('@') ? undefined : { address, displayName };
}

function withoutQuotes(text: string): string {
  return (/^"(.*)"$/.exec(text)?.[1] ?? /^'(.*)'$/.exec(text)?.[1] ?? text).trim();
}

function withoutScheme(text: string): string {
  return text.replace(/^(?:smtp|mailto):/i, '');
}
