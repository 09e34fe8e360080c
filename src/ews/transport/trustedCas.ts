import { readFile } from 'node:fs/promises';
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
  const machine = await machineAuthorities();
  return [...new Set(machine.map((text) => text.trim())), pem]; // Both name mostly the same ones.
}

async function machineAuthorities(): Promise<string[]> {
  // Node before 22.15 names its own only. VS Code's has them all; a shell's may be as old.
  const old: object = tls;
  if (!('getCACertificates' in old)) return [...tls.rootCertificates, ...(await extraAuthorities())];
  await systemAuthoritiesRead();
  return [...tls.getCACertificates('default'), ...tls.getCACertificates('system')];
}

/** What NODE_EXTRA_CA_CERTS adds, which a list of one's own leaves out again. A file that cannot be read adds nothing. */
async function extraAuthorities(): Promise<string[]> {
  const file = process.env.NODE_EXTRA_CA_CERTS ?? '';
  return file === ''
    ? []
    : readFile(file, 'utf8').then(
        (pem) => [pem],
        () => [],
      );
}
