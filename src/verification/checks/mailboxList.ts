import * as l10n from '@vscode/l10n';
import * as z from 'zod/mini';
import { mayUse } from '../../identity/graph/graphAccess.ts';
import { GraphError } from '../../identity/graph/graphError.ts';
import type { GraphSession } from '../../identity/graph/graphSession.ts';
import { largestPage, listingUsers } from '../../identity/graph/tenantUsers.ts';
import type { CheckScope, CheckSuccess } from '../checkRunner.ts';
import { explain } from '../explain.ts';
import { graphText, mailboxesNotListed } from '../findings/mailboxList.ts';
import type { CheckInput } from './checkInput.ts';
import type { Permissions } from './permissions.ts';

const users = z.lazy(() =>
  z.object({
    value: z.array(z.object({ mail: z.nullish(z.string()) })),
    '@odata.nextLink': z.optional(z.string()),
  }),
);

/** Whether the tenant's mailboxes can be listed, or how else they will be named. Asks for one page at most. */
export async function checkMailboxList(
  scope: CheckScope,
  input: CheckInput,
  { graph }: Permissions,
): Promise<CheckSuccess<undefined>> {
  if (graph === undefined || !mayUse(graph, listingUsers)) {
    return {
      value: undefined,
      detail: l10n.t('Not listed: mailboxes will be typed, pasted or imported. Graph’s User.Read.All would list them.'),
    };
  }
  let page: z.infer<typeof users>;
  try {
    page = await ask(graph.session(scope));
  } catch (error) {
    if (scope.signal.aborted) throw error;
    const cause = error instanceof GraphError ? graphText(error) : explain(error, input.context).title;
    return { value: undefined, detail: '', findings: [mailboxesNotListed(cause)] };
  }
  const count = page.value.filter(({ mail }) => typeof mail === 'string').length;
  return {
    value: undefined,
    detail:
      page['@odata.nextLink'] === undefined
        ? l10n.t('{0} addresses can be listed by Microsoft Graph.', count)
        : l10n.t('More than {0} addresses can be listed by Microsoft Graph.', count),
  };
}

function ask(graph: GraphSession): Promise<z.infer<typeof users>> {
  return graph.ask(
    { method: 'GET', path: '/users', query: { $select: 'id,mail', $top: String(largestPage) }, operation: 'users' },
    users,
  );
}
