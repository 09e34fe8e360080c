import { mkdtemp, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { exportConnections } from '../src/connections/connectionExchange.ts';
import type { LabDescription } from '../test/lab/description.ts';
import type { OnPremisesDescription } from '../test/lab/onPremises/onPremises.ts';
import { sampleAccount, sampleApp, sampleDefinition, sampleMailbox, sampleTarget } from './sampleDefinition.ts';

/** VS Code shows a file of this beginning by itself, rendered, when it opens the folder. */
const pageName = 'README - Start here.md';
const definitionName = 'sample-connection.json';
const targetName = 'sample-server.json';

/**
 * Makes the folder a newcomer's VS Code opens: a page with the sample tenant's values and a definition to import.
 * @returns the folder; the caller removes it.
 */
export async function makeSampleFolder(lab: LabDescription, server: OnPremisesDescription): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'exchange-migration-sample-'));
  const definition = await sampleDefinition(lab);
  const target = await sampleTarget(server);
  await writeFile(path.join(folder, definitionName), exportConnections({ kind: 'source', connections: [definition] }));
  await writeFile(path.join(folder, targetName), exportConnections({ kind: 'target', connections: [target] }));
  await writeFile(path.join(folder, pageName), startPage(lab, server, folder));
  return folder;
}

/** The values of the sample tenant by their names in the wizard, in its order. */
export function sampleValues(lab: LabDescription): [name: string, value: string][] {
  const app = sampleApp(lab);
  const admin = lab.users.find((user) => user.admin && !user.mfa);
  const publicClient = lab.apps.find(({ secret, certificate }) => secret === null && certificate === null);
  return [
    ['Cloud', 'Worldwide (and GCC)'],
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

/** The values of the sample server by their names in the wizard, in its order. */
export function serverValues(server: OnPremisesDescription): [name: string, value: string][] {
  const { logon, password } = sampleAccount(server);
  return [
    ['Server', server.ews],
    ['Additional CA file', server.ca],
    ['User name', logon],
    ['Password', password],
    ['Mailbox to test with', server.accounts.find(({ name }) => name === 'Reception')?.email ?? ''],
  ];
}

function startPage(lab: LabDescription, server: OnPremisesDescription, folder: string): string {
  const rowsOf = (values: readonly (readonly [string, string])[]): string =>
    values.map(([name, value]) => `| ${name} | \`${value}\` |`).join('\n');
  return `# Start here

This window runs the extension **Exchange Migration** beside a simulated Microsoft 365 tenant and a simulated Exchange
server. Nothing leaves this computer, and all of it disappears when you press Ctrl+C in the terminal.

## A verified connection within a minute

1. Press **F1** and run **Exchange Migration: Import…**; choose
   \`${path.join(folder, definitionName)}\`.
2. The connection appears under **Defined source server connections**, still without its secret. Press its gear
   (**Settings**), and enter this client secret: \`${sampleApp(lab).secret ?? ''}\`
3. Press **Next**, then **Configure**, and watch the checks. **Finish** saves the connection.

## A migration job in two more

1. **Import…** again, now \`${path.join(folder, targetName)}\`. The server appears under **Defined target server
   connections**. Press its gear and go on to **Admin credentials**; the password is \`${sampleAccount(server).password}\`
2. Press **Create a New Migration Job** under **Migration jobs**. Give it a name, choose **Sample tenant**, open **From the
   directory** and tick some mailboxes; then choose **Sample server**, and see where each of them goes.
3. Under **Summary**, press **Scan**: every mailbox is opened at both ends. **Finish** saves the job.

## Or fill in the wizards yourself

Choose **New › Office 365 connection…** and use these values; the addresses and the CA file are under *Advanced*.

| Field | Value |
|---|---|
${rowsOf(sampleValues(lab))}

Choose **New › Exchange Server connection…** for the target:

| Field | Value |
|---|---|
${rowsOf(serverValues(server))}

The tenant's state can be changed while it runs, to see a check fail: see test/lab/README.md, with the control address
\`${lab.control}\`.
`;
}
