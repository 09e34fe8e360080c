import * as tls from 'node:tls';
import { systemAuthoritiesRead } from './systemAuthorities.ts';

/**
 * The certification authorities to trust when the user added some for a connection: Node's, the system's, and those.
 * Without an addition the result is undefined, and the list in force stays: Node's, in VS Code with the system's. VS Code
 * adds the system's only to requests that name no authority; without them here, adding one would distrust all those.
 * @param pem PEM text of one certificate or more.
 */
export async function trustedCas(pem: string | undefined): Promise<string[] | undefined> {
  if (pem === undefined) return undefined;
  await systemAuthoritiesRead();
  const machine = [...tls.getCACertificates('default'), ...tls.getCACertificates('system')];
  return [...new Set(machine.map((text) => text.trim())), pem]; // Both name mostly the same ones.
}
