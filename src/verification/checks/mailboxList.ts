import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import { mayUse } from '../../identity/graph/graphAccess.ts';
import { GraphError } from '../../identity/graph/graphError.ts';
import type { GraphSession } from '../../identity/graph/graphSession.ts';
import type { CheckScope, CheckSuccess } from '../checkRunner.ts';
import { explain } from '../explain.ts';
import { mailboxesNotListed } from '../findings/mailboxList.ts';
import type { CheckInput } from './checkInput.ts';
import type { Permissions } from './permissions.ts';

/** With one of these an app may list the users of the tenant. */
const listingUsers = ['User.Read.All', 'User.ReadBasic.All', 'User.ReadWrite.All', 'Directory.Read.All'];

/** Largest page of users that Graph gives. */
const pageSize = 999;

const users = z.lazy(() =>
  z.object({
    value: z.array(z.object({ mail: z.string().nullish() })),
    '@odata.nextLink': z.string().optional(),
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
    { method: 'GET', path: '/users', query: { $select: 'id,mail', $top: String(pageSize) }, operation: 'users' },
    users,
  );
}

function graphText({ evidence: { status, codes, requestId } }: GraphError): string {
  return l10n.t('HTTP {0}, {1}, request {2}.', status, codes.join(', '), requestId);
}
