/** Namespaces of EWS (MS-OXWSCDATA 1.7) and SOAP 1.1. */
const namespaces = {
  soap: 'http://schemas.xmlsoap.org/soap/envelope/',
  messages: 'http://schemas.microsoft.com/exchange/services/2006/messages',
  types: 'http://schemas.microsoft.com/exchange/services/2006/types',
} as const;

/** Versions that requests are written for (MS-OXWSCDATA 2.2.7.5). A server accepts its own and all before it. */
export type RequestVersion = 'Exchange2010_SP1' | 'Exchange2013_SP1';

/** The newest version that Exchange 2013 and all later servers, Exchange Online included, accept. */
export const defaultRequestVersion: RequestVersion = 'Exchange2013_SP1';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? '');
}

/**
 * A SOAP envelope around one EWS request.
 * @param body XML of the request element, with the prefixes m: and t:.
 * @param impersonate SMTP address of the mailbox to act as; undefined: no impersonation.
 */
export function envelope(
  body: string,
  impersonate: string | undefined,
  requestVersion: RequestVersion = defaultRequestVersion,
): string {
  const [head, tail] = envelopeParts(impersonate, requestVersion);
  return `${head}${body}${tail}`;
}

/** What stands before and after the request element, for one that is made piece by piece. */
export function envelopeParts(
  impersonate: string | undefined,
  requestVersion: RequestVersion,
): readonly [string, string] {
  const impersonation =
    impersonate === undefined
      ? ''
      : `<t:ExchangeImpersonation><t:ConnectingSID><t:PrimarySmtpAddress>${escapeXml(impersonate)}` +
        '</t:PrimarySmtpAddress></t:ConnectingSID></t:ExchangeImpersonation>';
  return [
    '<?xml version="1.0" encoding="utf-8"?>' +
      `<s:Envelope xmlns:s="${namespaces.soap}" xmlns:m="${namespaces.messages}" xmlns:t="${namespaces.types}">` +
      `<s:Header><t:RequestServerVersion Version="${requestVersion}"/>${impersonation}</s:Header><s:Body>`,
    '</s:Body></s:Envelope>',
  ];
}
