/** Host and port of an address; of something that is none, the text itself. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
