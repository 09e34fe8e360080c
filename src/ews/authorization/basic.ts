import type { Authorization } from './authorization.ts';

/** By user name and password with each request (RFC 7617), in UTF-8, unasked: over TLS only, as all of ours is. */
export function basic(userName: string, password: string): Authorization {
  const authorization = `Basic ${Buffer.from(`${userName}:${password}`, 'utf8').toString('base64')}`;
  return { send: (_, attempt) => attempt({ authorization }) };
}
