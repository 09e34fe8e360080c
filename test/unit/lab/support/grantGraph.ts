import { graphApi } from '../../../lab/graph/resources.ts';
import type { Lab } from '../../../lab/lab.ts';
import { GraphClient, graphAppId, graphToken } from './graphClient.ts';
import { LabClient } from './labClient.ts';

/** Grants an app permissions of Graph, as an administrator does; until the lab is reset. */
export async function grantGraph(lab: Lab, clientId: string, names: readonly string[]): Promise<void> {
  const client = new LabClient(lab);
  const graph = new GraphClient(client, await graphToken(client));
  const principal = await graph.principalOf(clientId);
  for (const { id, value } of graphApi.appRoles) {
    if (names.includes(value)) await graph.grant(principal, graphAppId, id);
  }
}
