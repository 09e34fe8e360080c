/** Reads messages of the Internet format (RFC 5322, 2045 to 2047, 2231), as far as mail has them. */

export interface MimePart {
  /** By name in small letters; the first of each. */
  readonly headers: ReadonlyMap<string, string>;
  /** Such as text/plain. */
  readonly contentType: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly content: Buffer;
  /** Of a multipart. */
  readonly parts: readonly MimePart[];
}

function decodeText(bytes: Buffer, charset: string): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return bytes.toString('latin1'); // RangeError: a charset that nobody knows.
  }
}

const quotedPrintable = (text: string): Buffer =>
  Buffer.from(
    text
      .replace(/=[ \t]*\r?\n/g, '')
      .replace(/=([0-9A-Fa-f]{2})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 16))),
    'latin1',
  );

/** Decodes the encoded words of a header (RFC 2047); blanks between two of them are none. */
function decodeHeader(text: string): string {
  const word = /=\?([^?]+)\?([BbQq])\?([^?]*)\?=/g;
  return text
    .replace(/(\?=)\s+(?==\?)/g, '$1')
    .replace(word, (_, charset: string, encoding: string, coded: string) =>
      decodeText(
        encoding.toLowerCase() === 'b' ? Buffer.from(coded, 'base64') : quotedPrintable(coded.replaceAll('_', ' ')),
        charset,
      ),
    );
}

function readHeaders(head: string): Map<string, string> {
  const headers = new Map<string, string>();
  for (const line of head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    // Headers are ASCII; what is sent in eight bits is most often UTF-8.
    const value = Buffer.from(line.slice(colon + 1).trim(), 'latin1').toString('utf8');
    if (!headers.has(name)) headers.set(name, value);
  }
  return headers;
}

/** The value of a structured header and its parameters, extended ones (RFC 2231) decoded. */
export function parametersOf(value: string): { readonly value: string; readonly parameters: Map<string, string> } {
  const parameters = new Map<string, string>();
  for (const [, name = '', quoted, plain = ''] of value.matchAll(
    /;\s*([^=;\s]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]*))/g,
  )) {
    const text = quoted?.replace(/\\(.)/g, '$1') ?? plain;
    const extended = /^([^*]*)\*$/.exec(name)?.[1];
    if (extended === undefined) parameters.set(name.toLowerCase(), decodeHeader(text));
    else {
      const [charset = '', , coded = ''] = text.split("'");
      const bytes = Buffer.from(
        coded.replace(/%([0-9A-Fa-f]{2})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 16))),
        'latin1',
      );
      parameters.set(extended.toLowerCase(), decodeText(bytes, charset));
    }
  }
  return { value: (value.split(';')[0] ?? '').trim().toLowerCase(), parameters };
}

function partsBetween(body: string, boundary: string): string[] {
  const pieces = `\r\n${body}`.split(`\n--${boundary}`);
  return pieces
    .slice(1)
    .filter((piece) => !piece.startsWith('--'))
    .map((piece) => piece.replace(/^[ \t]*\r?\n/, '').replace(/\r$/, ''));
}

function readPart(text: string): MimePart {
  const [separator = ''] = /\r?\n\r?\n/.exec(text) ?? [];
  const split = separator === '' ? text.length : text.indexOf(separator);
  const headers = readHeaders(text.slice(0, split));
  const body = text.slice(split + separator.length);
  const { value: contentType, parameters } = parametersOf(headers.get('content-type') ?? 'text/plain');
  const boundary = contentType.startsWith('multipart/') ? parameters.get('boundary') : undefined;
  const encoding = headers.get('content-transfer-encoding')?.trim().toLowerCase();
  const content =
    encoding === 'base64'
      ? Buffer.from(body, 'base64')
      : encoding === 'quoted-printable'
        ? quotedPrintable(body)
        : Buffer.from(body, 'latin1');
  return {
    headers: new Map([...headers].map(([name, value]) => [name, decodeHeader(value)])),
    contentType,
    parameters,
    content,
    parts: boundary === undefined ? [] : partsBetween(body, boundary).map(readPart),
  };
}

/** @returns undefined for what has no header at all */
export function readMime(message: Buffer): MimePart | undefined {
  const part = readPart(message.toString('latin1'));
  return part.headers.size > 0 ? part : undefined;
}

/** A text part's text by its charset. */
export function textOf({ content, parameters }: MimePart): string {
  return decodeText(content, parameters.get('charset') ?? 'utf-8');
}
