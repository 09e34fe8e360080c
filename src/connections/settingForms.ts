/** Forms of single settings: the definitions' schema and the wizard's judgement must agree on them. Lengths in UTF-16 units. */
const longestTenant = 255; // Of a domain name: RFC 1035, 2.3.4
const longestMailAddress = 320; // RFC 3696, 3
const longestLogonName = 320; // A domain's name, or a user principal name (MS-ADTS 5.1.1.1.1).
const longestUrl = 2048;
/** Of the additional authorities: some hundred certificates. */
export const longestPem = 1_000_000;

/** Whether a text can be a domain name or a directory id. */
export function isTenant(text: string): boolean {
  return text.length <= longestTenant && /^[\p{L}\p{N}.-]+$/u.test(text);
}

/** Whether a text has the form of an e-mail address that XML and HTTP headers can carry. */
export function isMailAddress(text: string): boolean {
  return text.length <= longestMailAddress && /^[^\s\p{Cc}\p{Cs}@<>"]+@[^\s\p{Cc}\p{Cs}@<>"]+$/u.test(text);
}

/** Whether a text names an account of a Windows domain: `DOMAIN\user`, or a user principal name. */
export function isLogonName(text: string): boolean {
  if (text.length > longestLogonName) return false;
  if (!text.includes('\\')) return isMailAddress(text);
  return /^[^\\/\s\p{Cc}\p{Cs}@:"]+\\[^\\/\p{Cc}\p{Cs}@:"]+$/u.test(text);
}

/** Whether a text is an address with a host and without user name and password. */
export function isHttpsUrl(text: string): boolean {
  if (text.length > longestUrl || !/^https:\/\/[^/]/i.test(text) || !URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username === '' && password === '';
}
