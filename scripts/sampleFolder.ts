import { mkdtemp, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { exportConnections } from '../src/connections/connectionExchange.ts';
import type { LabDescription } from '../test/lab/description.ts';
import { sampleApp, sampleDefinition, sampleMailbox } from './sampleDefinition.ts';

/** VS Code shows a file of this beginning by itself, rendered, when it opens the folder. */
const pageName = 'README - Start here.md';
const definitionName = 'sample-connection.json';

/**
 * Makes the folder a newcomer's VS Code opens: a page with the sample tenant's values and a definition to import.
 * @returns the folder; the caller removes it.
 */
export async function makeSampleFolder(lab: LabDescription): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'exchange-migration-sample-'));
  const definition = await sampleDefinition(lab);
  await writeFile(path.join(folder, definitionName), exportConnections({ kind: 'source', connections: [definition] }));
  await writeFile(path.join(folder, pageName), startPage(lab, folder));
  return folder;
}

/** The values of the sample tenant by their names in the wizard, in its order. */
export function sampleValues(lab: LabDescription): [name: string, value: string][] {
  const app = sampleApp(lab);
  const admin = lab.users.find((user) => user.admin && !user.mfa);
  const publicClient = lab.apps.find(({ secret, certificate }) => secret === null && certificate === null);
  return [
    ['Cloud', 'Custom'],
    ['Tenant', lab.tenant.domain],
    ['Application (client) ID', app.clientId],
    ['Client secret', app.secret ?? ''],
    ['Certificate file (PFX)', app.pfxFile ?? ''],
    ['Passphrase of that file', app.pfxPassphrase ?? ''],
    ['Mailbox to test with', sampleMailbox(lab).email],
    ['Administrator’s e-mail', admin?.email ?? ''],
    ['Administrator’s password', admin?.password ?? ''],
    ['Application ID for e-mail and password', publicClient?.clientId ?? ''],
    ['EWS address', new URL(lab.ews).origin],
    ['Authority', lab.authority],
    ['Graph address', lab.graph],
    ['Additional CA file', lab.ca],
  ];
}

function startPage(lab: LabDescription, folder: string): string {
  const rows = sampleValues(lab).map(([name, value]) => `| ${name} | \`${value}\` |`);
  return `# Start here

This window runs the extension **Exchange Migration** beside a simulated Microsoft 365 tenant. Nothing leaves this
computer, and all of it disappears when you press Ctrl+C in the terminal.

## A verified connection within a minute

1. Press **F1** and run **Exchange Migration: Import…**; choose
   \`${path.join(folder, definitionName)}\`.
2. The connection appears under **Defined source server connections**, still without its secret. Press its gear
   (**Settings**), and enter this client secret: \`${sampleApp(lab).secret ?? ''}\`
3. Press **Next**, then **Configure**, and watch the checks. **Finish** saves the connection.

## Or fill in the wizard yourself

Choose **New › Office 365 connection…** and use these values; the addresses and the CA file are under *Advanced*.

| Field | Value |
|---|---|
${rows.join('\n')}

The tenant's state can be changed while it runs, to see a check fail: see test/lab/README.md, with the control address
\`${lab.control}\`.
`;
}
