import forge from 'node-forge';
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AppCertificate } from './certificates.ts';
import type { SampleTenant } from './tenant.ts';

export interface DescribedApp {
  readonly name: string;
  readonly clientId: string;
  /** null for a public client, as are the certificate and its files. */
  readonly secret: string | null;
  /** PEM, as the private key. */
  readonly certificate: string | null;
  readonly privateKey: string | null;
  readonly certificateFile: string | null;
  readonly privateKeyFile: string | null;
  readonly pfxFile: string | null;
  readonly pfxPassphrase: string | null;
}

export interface DescribedUser {
  readonly email: string;
  readonly password: string;
  readonly admin: boolean;
  readonly mfa: boolean;
  readonly mailbox: boolean;
  /** Addresses of mailboxes, beside its own, that this user may open. */
  readonly fullAccessTo: readonly string[];
}

/** The line that `npm run lab` prints: all that a client needs to know of the tenant. */
export interface LabDescription {
  /** Path of the PEM file of the authority that signed the lab's server certificate. */
  readonly ca: string;
  readonly tenant: { readonly id: string; readonly domain: string };
  readonly authority: string;
  readonly graph: string;
  readonly ews: string;
  readonly autodiscover: string;
  readonly apps: readonly DescribedApp[];
  readonly users: readonly DescribedUser[];
  readonly control: string;
  /** Address of the proxy by which the lab is reached by the clouds' host names; null when it was not asked for. */
  readonly proxy: string | null;
}

function pfx({ certificate, privateKey }: AppCertificate, passphrase: string): Buffer {
  const key = forge.pki.privateKeyFromPem(privateKey);
  const chain = [forge.pki.certificateFromPem(certificate)];
  const asn1 = forge.pkcs12.toPkcs12Asn1(key, chain, passphrase, { algorithm: 'aes256' });
  return Buffer.from(forge.asn1.toDer(asn1).getBytes(), 'binary');
}

const noFiles = { certificateFile: null, privateKeyFile: null, pfxFile: null, pfxPassphrase: null };

async function appFiles(
  name: string,
  certificate: AppCertificate,
  folder: string,
): Promise<Omit<DescribedApp, 'name' | 'clientId' | 'secret' | 'certificate' | 'privateKey'>> {
  const base = join(folder, name.toLowerCase().replaceAll(' ', '-'));
  const pfxPassphrase = randomBytes(12).toString('base64url');
  const files = { certificateFile: `${base}.cer.pem`, privateKeyFile: `${base}.key.pem`, pfxFile: `${base}.pfx` };
  await Promise.all([
    writeFile(files.certificateFile, certificate.certificate),
    writeFile(files.privateKeyFile, certificate.privateKey, { mode: 0o600 }),
    writeFile(files.pfxFile, pfx(certificate, pfxPassphrase), { mode: 0o600 }),
  ]);
  return { ...files, pfxPassphrase };
}

/**
 * Writes the tenant's files into a folder and describes the lab.
 * @param origin where the lab listens, such as https://localhost:4443
 */
export async function describeLab(
  tenant: SampleTenant,
  ca: string,
  folder: string,
  origin: string,
  proxy: string | null,
): Promise<LabDescription> {
  await mkdir(folder, { recursive: true });
  const caFile = join(folder, 'ca.pem');
  await writeFile(caFile, ca);
  const apps = tenant.apps.map(async ({ name, clientId, secret, certificate }): Promise<DescribedApp> => ({
    name,
    clientId,
    secret,
    certificate: certificate?.certificate ?? null,
    privateKey: certificate?.privateKey ?? null,
    ...(certificate ? await appFiles(name, certificate, folder) : noFiles),
  }));
  return {
    ca: caFile,
    tenant: { id: tenant.id, domain: tenant.domain },
    authority: origin,
    graph: origin,
    ews: `${origin}/EWS/Exchange.asmx`,
    autodiscover: `${origin}/autodiscover/autodiscover.json`,
    apps: await Promise.all(apps),
    users: tenant.users.map(({ email, password, admin, mfa, hasMailbox, fullAccessTo }) => ({
      email,
      password,
      admin,
      mfa,
      mailbox: hasMailbox,
      fullAccessTo,
    })),
    control: `${origin}/control`,
    proxy,
  };
}
