import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ConnectionSettings } from '../src/connections/sourceConnection.ts';
import type { DescribedApp, DescribedUser, LabDescription } from '../test/lab/description.ts';

/** A connection to the lab's tenant by client secret; the secret itself is never part of a definition. */
export async function sampleDefinition(lab: LabDescription): Promise<ConnectionSettings> {
  return {
    name: 'Sample tenant',
    cloud: 'custom',
    tenant: lab.tenant.domain,
    signIn: { method: 'appSecret', clientId: sampleApp(lab).clientId },
    testMailbox: sampleMailbox(lab).email,
    endpoints: { ews: new URL(lab.ews).origin, authority: lab.authority, graph: lab.graph },
    additionalCa: { fileName: path.basename(lab.ca), pem: await readFile(lab.ca, 'utf8') },
  };
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
