import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Organisation } from './organisation.ts';

interface DescribedAccount {
  readonly name: string;
  readonly email: string;
  /** DOMAIN\name, as the account signs in. */
  readonly logon: string;
  /** name@domain, another way to sign in. */
  readonly principalName: string;
  readonly password: string;
  readonly mailbox: boolean;
  /** Addresses of mailboxes, beside its own, that this account may open. */
  readonly fullAccessTo: readonly string[];
}

/** All that a client needs to know of the server. */
export interface OnPremisesDescription {
  /** Path of the PEM file of the authority that signed the server's certificate. */
  readonly ca: string;
  readonly domain: string;
  readonly netbiosDomain: string;
  readonly ews: string;
  /** Base of Autodiscover; POX and SOAP are below it. */
  readonly autodiscover: string;
  readonly control: string;
  readonly accounts: readonly DescribedAccount[];
}

/**
 * Writes the authority into a folder and describes the server.
 * @param origin where it listens, such as https://localhost:4443
 */
export async function describeOnPremises(
  { domain, names, accounts }: Organisation,
  ca: string,
  folder: string,
  origin: string,
): Promise<OnPremisesDescription> {
  const caFile = join(folder, 'ca.pem');
  await writeFile(caFile, ca);
  return {
    ca: caFile,
    domain,
    netbiosDomain: names.domain,
    ews: `${origin}/EWS/Exchange.asmx`,
    autodiscover: `${origin}/autodiscover`,
    control: `${origin}/control`,
    accounts: accounts.map(({ name, email, logonName, principalName, password, hasMailbox, fullAccessTo }) => ({
      name,
      email,
      logon: `${names.domain}\\${logonName}`,
      principalName,
      password,
      mailbox: hasMailbox,
      fullAccessTo,
    })),
  };
}
