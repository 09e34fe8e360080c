import { GraphClient, graphAppId, graphToken } from '../../lab/support/graphClient.ts';
import { LabClient } from '../../lab/support/labClient.ts';
import type { ProvocationBench } from '../../support/provocationBench.ts';

/** Graph, with what the administrator may do there. */
export async function administratorsGraph({ lab }: ProvocationBench): Promise<GraphClient> {
  const client = new LabClient(lab);
  return new GraphClient(client, await graphToken(client));
}

/** Grants the app an application permission of Graph, until the next reset. @param role its id */
export async function letApp(bench: ProvocationBench, role: string): Promise<void> {
  const graph = await administratorsGraph(bench);
  const principal = await graph.principalOf(bench.verification.app.clientId);
  const { status, body } = await graph.grant(principal, graphAppId, role);
  if (status !== 201) throw new Error(body);
}
