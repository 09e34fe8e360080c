import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { exportConnections } from '../../../src/connections/connectionExchange.ts';
import type { ConnectionSettings } from '../../../src/connections/sourceConnection.ts';
import type { DescribedApp } from '../../lab/description.ts';
import type { Lab } from '../../lab/lab.ts';

/** The lab's app with every permission. */
export function migrationApp({ description }: Lab): DescribedApp {
  const app = description.apps.find(({ name }) => name === 'Migration');
  if (app === undefined) throw new Error('The lab has no app Migration.');
  return app;
}

/** Settings of a connection to the lab. */
export function labSettings(lab: Lab, changes: Partial<ConnectionSettings> = {}): ConnectionSettings {
  const { tenant, authority, ews, users } = lab.description;
  return {
    name: 'Contoso',
    cloud: 'custom',
    tenant: tenant.domain,
    signIn: { method: 'appSecret', clientId: migrationApp(lab).clientId },
    testMailbox: users[1]?.email ?? '',
    endpoints: { authority, ews: new URL(ews).origin },
    ...changes,
  };
}

/** Writes a file of exported definitions. @returns its path */
export async function exportTo(folder: string, connections: readonly ConnectionSettings[]): Promise<string> {
  const file = path.join(folder, 'connections.json');
  await writeFile(file, exportConnections({ kind: 'source', connections }));
  return file;
}
