import { findAccount } from './organisation.ts';
import type { Account, Organisation } from './organisation.ts';

/**
 * Verifies Basic credentials: DOMAIN\user, user@domain, or the bare user name of the server's own domain.
 * @param token base64 of name, colon and password
 */
export function verifyBasic(token: string, organisation: Organisation): Account | undefined {
  const bytes = Buffer.from(token, 'base64');
  // RFC 7617 leaves the charset open: browsers and most clients of today send UTF-8, older ones Latin-1.
  for (const text of [bytes.toString('utf8'), bytes.toString('latin1')]) {
    const [, domain = '', user = '', password = ''] = /^(?:([^\\:]*)\\)?([^:]*):([^]*)$/.exec(text) ?? [];
    const account = findAccount(organisation, user, domain);
    if (account?.password === password) return account;
  }
  return undefined;
}
