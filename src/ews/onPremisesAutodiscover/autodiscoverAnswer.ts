/** What Autodiscover of a server on premises says of a mailbox, by whichever protocol. */
export type AutodiscoverAnswer =
  /** Addresses of EWS, those for outside first; https only, each once. */
  | { readonly kind: 'ews'; readonly urls: readonly string[] }
  /** The mailbox is known by another address, which is to be asked for. */
  | { readonly kind: 'address'; readonly mailbox: string }
  /** Another Autodiscover is to be asked. */
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'unknownMailbox' }
  /** It answers, and names no EWS. @see its code, as Exchange has it */
  | { readonly kind: 'nothing'; readonly code: string };

/** Usable addresses in their order; undefined: there is none. */
export function ewsAnswer(urls: readonly string[]): AutodiscoverAnswer | undefined {
  const usable = [...new Set(urls.filter((url) => url.startsWith('https://') && URL.canParse(url)))];
  return usable.length === 0 ? undefined : { kind: 'ews', urls: usable };
}
