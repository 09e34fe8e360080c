import * as tls from 'node:tls';

/**
 * The certification authorities to trust when the user added some for a connection: the machine's, and those. Without
 * an addition the result is undefined, and Node's (in VS Code: the system's) own list stays in force.
 * @param pem PEM text of one certificate or more.
 */
export function trustedCas(pem: string | undefined): string[] | undefined {
  return pem === undefined ? undefined : [...tls.getCACertificates('default'), pem];
}
