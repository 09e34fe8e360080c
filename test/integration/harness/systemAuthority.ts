import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { makeServerCertificates } from '../../lab/certificates.ts';
import type { ServerCertificates } from '../../lab/certificates.ts';

const variable = 'EXCHANGE_MIGRATION_SYSTEM_AUTHORITY';

/** Makes an authority and the variables of a process that shall take it for one of its system. Only Linux obeys them. */
export async function makeSystemAuthority(): Promise<{ folder: string; env: NodeJS.ProcessEnv }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'exmig-authority-'));
  const certificates = await makeServerCertificates();
  const file = path.join(folder, 'certificates.json');
  const ca = path.join(folder, 'ca.pem');
  await Promise.all([writeFile(file, JSON.stringify(certificates)), writeFile(ca, certificates.ca)]);
  return { folder, env: { [variable]: file, SSL_CERT_FILE: ca } };
}

/** The authority that this process was given, with its servers' certificates; undefined if none. */
export async function systemAuthority(): Promise<ServerCertificates | undefined> {
  const file = process.env[variable];
  if (file === undefined || process.platform !== 'linux') return undefined;
  return JSON.parse(await readFile(file, 'utf8')) as ServerCertificates; // Written above.
}
