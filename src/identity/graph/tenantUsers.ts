import * as z from 'zod/mini';
import type { GraphSession } from './graphSession.ts';

/** With one of these the users of the tenant may be listed; the one to ask for first. */
export const listingUsers = ['User.Read.All', 'User.ReadBasic.All', 'User.ReadWrite.All', 'Directory.Read.All'];

/** Largest page of users that Graph gives. */
export const largestPage = 999;

/** Of 999 users: a million mailboxes, and four guests to each of them. */
const mostPages = 5000;

/** A user of the tenant, as far as Graph tells. Shared mailboxes, rooms and equipment are users, too, and are not told apart. */
export interface TenantUser {
  /** The primary SMTP address. Users whose mailbox is elsewhere can have one as well. */
  readonly mail?: string;
  readonly principalName: string;
  readonly displayName: string;
  /** Absent where there is none, and where User.ReadBasic.All does not show it. */
  readonly department?: string;
  readonly isGuest: boolean;
}

const userForm = z.lazy(() =>
  z.object({
    mail: z.nullish(z.string()),
    userPrincipalName: z.nullish(z.string()),
    displayName: z.nullish(z.string()),
    department: z.nullish(z.string()),
    userType: z.nullish(z.string()),
  }),
);

const asked = ['mail', 'userPrincipalName', 'displayName', 'department', 'userType'];

/**
 * All users, by pages of 999 (Microsoft Graph v1.0, List users). Who works by User.ReadBasic.All is shown no department and
 * no user type; Graph leaves out what it does not show.
 * @throws GraphError, AnswerError, TransportError
 */
export async function* tenantUsers(graph: GraphSession): AsyncGenerator<readonly TenantUser[], void> {
  const query = { $select: asked.join(','), $top: String(largestPage) };
  for await (const page of graph.pages({ path: '/users', query, operation: 'users' }, userForm, mostPages)) {
    yield page.map(userOf);
  }
}

function userOf({ mail, userPrincipalName, displayName, department, userType }: z.infer<typeof userForm>): TenantUser {
  const principalName = userPrincipalName ?? '';
  return {
    ...(typeof mail === 'string' && mail !== '' && { mail }),
    principalName,
    displayName: displayName ?? '',
    ...(typeof department === 'string' && department !== '' && { department }),
    // Entra names guests so whatever their type is said to be.
    isGuest: userType === 'Guest' || /#EXT#@/i.test(principalName),
  };
}
