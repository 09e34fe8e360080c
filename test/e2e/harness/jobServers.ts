import type { OnPremises } from '../../lab/onPremises/onPremises.ts';
import { startOnPremises } from '../../lab/onPremises/onPremises.ts';
import { grantGraph } from '../../unit/lab/support/grantGraph.ts';
import { labApp, secretValues } from './credentials.ts';
import type { Stage } from './stage.ts';
import { TargetWizard } from './targetWizard.ts';
import { Wizard } from './wizard.ts';

/** Names of the connections that `useJobServers` makes. */
export const [sourceName, targetName] = ['Contoso', 'Headquarters'];

/** A tenant and a server with five mailboxes each, of which four are in both. */
export const domains = { source: 'contoso-lab.onmicrosoft.com', target: 'contoso-lab.example' };

/** Registers hooks that connect a stage's tenant and a server of its own, to define jobs between them. */
export function useJobServers(stage: Stage): void {
  let server: OnPremises | undefined;
  before(async () => {
    server = await startOnPremises();
    await connectSource(stage, await Wizard.openNew(stage.workbench), sourceName);
    const target = await TargetWizard.openNew(stage.workbench);
    await target.server(targetName, server.description.ews, server.description.ca);
    await target.credentials(server, 'Windows sign-in (NTLM)');
    await target.next();
    await target.configureAndFinish();
  });
  beforeEach(() =>
    grantGraph(stage.lab, labApp(stage.lab, 'Migration').clientId, ['User.Read.All', 'Reports.Read.All']),
  );
  afterEach(() => server?.reset());
  after(() => server?.close());
}

/** Fills in the wizard of a source connection, and saves it. */
export async function connectSource({ lab }: Stage, wizard: Wizard, name: string): Promise<void> {
  const { texts, ...values } = secretValues(lab, name);
  await wizard.fill({ ...values, texts: { ...texts, 'Graph address': new URL(lab.description.graph).origin } });
  // The lab has one address, so what a token is for is told by the cloud only.
  await wizard.fill({ cloud: 'Worldwide (and GCC)' });
  await wizard.next();
  await wizard.configureAndFinish();
}
