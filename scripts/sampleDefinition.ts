import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ConnectionSettings } from '../src/connections/sourceConnection.ts';
import type { TargetSettings } from '../src/connections/targetConnection.ts';
import type { OnPremisesDescription } from '../test/lab/onPremises/onPremises.ts';
import type { DescribedApp, DescribedUser, LabDescription } from '../test/lab/description.ts';

/** With these the app may list the tenant's mailboxes, and tell their sizes and types. */
export const sampleGraphRoles: readonly string[] = ['User.Read.All', 'Organization.Read.All', 'Reports.Read.All'];

/** A connection to the lab's tenant by client secret; the secret itself is never part of a definition. */
export async function sampleDefinition(lab: LabDescription): Promise<ConnectionSettings> {
  return {
    name: 'Sample tenant',
    // The lab has one address for all: what a token is for is told by the cloud only.
    cloud: 'worldwide',
    tenant: lab.tenant.domain,
    signIn: { method: 'appSecret', clientId: sampleApp(lab).clientId },
    testMailbox: sampleMailbox(lab).email,
    endpoints: { ews: new URL(lab.ews).origin, authority: lab.authority, graph: lab.graph },
    additionalCa: { fileName: path.basename(lab.ca), pem: await readFile(lab.ca, 'utf8') },
  };
}

/** A connection to the lab's server on premises by NTLM; the password is never part of a definition. */
export async function sampleTarget(server: OnPremisesDescription): Promise<TargetSettings> {
  return {
    name: 'Sample server',
    server: { ews: server.ews, from: 'typed' },
    signIn: { method: 'ntlm', userName: sampleAccount(server).logon },
    testMailbox: server.accounts.find(({ name }) => name === 'Reception')?.email ?? '',
    additionalCa: { fileName: path.basename(server.ca), pem: await readFile(server.ca, 'utf8') },
  };
}

/** The account that may do what a migration does. */
export function sampleAccount({ accounts }: OnPremisesDescription): OnPremisesDescription['accounts'][number] {
  const account = accounts.find(({ name }) => name === 'Migration');
  if (account === undefined) throw new Error('The sample server has no account for migrations.');
  return account;
}

/** The first app that has a secret and a certificate: the one that may do what a migration needs. */
export function sampleApp(lab: LabDescription): DescribedApp {
  const app = lab.apps.find(({ secret, certificate }) => secret !== null && certificate !== null);
  if (app === undefined) throw new Error('The sample tenant has no app with a secret and a certificate.');
  return app;
}

/** A mailbox of somebody who is no administrator, which is what a migration meets. */
export function sampleMailbox(lab: LabDescription): DescribedUser {
  const user = lab.users.find(({ admin, mailbox }) => mailbox && !admin);
  if (user === undefined) throw new Error('The sample tenant has no mailbox of an ordinary user.');
  return user;
}
