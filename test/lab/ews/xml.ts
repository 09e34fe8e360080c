/** Namespaces of EWS and Autodiscover; the lab writes the prefixes that Exchange Online writes. */
export const namespaces = {
  s: 'http://schemas.xmlsoap.org/soap/envelope/',
  m: 'http://schemas.microsoft.com/exchange/services/2006/messages',
  t: 'http://schemas.microsoft.com/exchange/services/2006/types',
  e: 'http://schemas.microsoft.com/exchange/services/2006/errors',
  d: 'http://schemas.microsoft.com/exchange/2010/Autodiscover',
  pox: 'http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006',
} as const;

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Escapes text for XML 1.0; what XML cannot hold at all is dropped. */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/\r/g, '&#xD;');
}

const escapeAttribute = (text: string): string => escapeXml(text).replace(/"/g, '&quot;').replace(/\n/g, '&#xA;');

/** An element; `content` is XML already. */
export function tag(name: string, attributes: Attributes, ...content: readonly string[]): string {
  const list = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeAttribute(String(value))}"`);
  const inner = content.join('');
  return inner === '' ? `<${name}${list.join('')}/>` : `<${name}${list.join('')}>${inner}</${name}>`;
}

/** An element that holds a value as text. */
export function leaf(name: string, value: string | number | boolean): string {
  return tag(name, {}, escapeXml(String(value)));
}

/** xs:dateTime in UTC to the second, as Exchange writes it. */
export function dateTime(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
