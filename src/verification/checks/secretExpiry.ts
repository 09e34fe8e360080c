import * as z from 'zod/mini';
import type { GraphSession } from '../../identity/graph/graphSession.ts';

/** With one of these an app may read app registrations, its own among them. */
export const readingApps = ['Application.Read.All', 'Application.ReadWrite.All', 'Directory.Read.All'];

const registration = z.lazy(() =>
  z.object({
    passwordCredentials: z.array(
      z.object({ hint: z.nullish(z.string()), endDateTime: z.iso.datetime({ offset: true }) }),
    ),
  }),
);

/** Asks Graph when the client secret in use ends; undefined: it is not among the app's. Throws what GraphSession throws. */
export async function readSecretEnd(
  graph: GraphSession,
  clientId: string,
  clientSecret: string,
): Promise<Date | undefined> {
  const { passwordCredentials } = await graph.ask(
    {
      method: 'GET',
      path: `/applications(appId='${encodeURIComponent(clientId)}')`,
      query: { $select: 'id,passwordCredentials' },
      operation: 'getApplication',
    },
    registration,
  );
  // Graph shows the first three characters of a secret. Several may begin alike: the first to end is worth a warning.
  const ends = passwordCredentials
    .filter(({ hint }) => hint === clientSecret.slice(0, 3))
    .map(({ endDateTime }) => Date.parse(endDateTime))
    .filter((end) => end > Date.now());
  return ends.length === 0 ? undefined : new Date(Math.min(...ends));
}
