import * as z from 'zod/mini';
import { GraphError } from '../graph/graphError.ts';
import type { GraphSession } from '../graph/graphSession.ts';

/** Role templates that are the same in every tenant: learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference */
const consentsToAll = new Set(['62e90394-69f5-4237-9190-012177145e10', 'e8611ab8-c189-46e8-94e1-60213ab1f814']);
/** May consent to everything but the permissions of Microsoft Graph: (Cloud) Application Administrator. */
const consentsToOthers = new Set(['9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3', '158c047a-c907-4556-b7ef-446551a6b5f7']);

/** What the roles of an account let it consent to. `unknown`: they could not be read. */
export type ConsentRight = 'all' | 'allButGraph' | 'none' | 'unknown';

export interface Organization {
  readonly id: string;
  readonly displayName: string;
}

const organizations = z.lazy(() =>
  z.object({ value: z.array(z.object({ id: z.string(), displayName: z.string() })).check(z.minLength(1)) }),
);
const memberships = z.lazy(() => z.object({ value: z.array(z.object({ roleTemplateId: z.nullish(z.string()) })) }));

/** The organization whose tenant this is; undefined when the account may not read it. */
export async function organizationOf(graph: GraphSession): Promise<Organization | undefined> {
  const read = graph.ask(
    { method: 'GET', path: '/organization', query: { $select: 'id,displayName' }, operation: 'organization' },
    organizations,
  );
  return (await unlessDenied(read))?.value[0];
}

/**
 * Roles by way of a group, or activated for a time, may not show: `none` is a reason to warn, not to refuse.
 * Throws what GraphSession throws, but for a refusal.
 */
export async function consentRight(graph: GraphSession): Promise<ConsentRight> {
  const read = await unlessDenied(
    graph.ask({ method: 'GET', path: '/me/memberOf', operation: 'memberOf' }, memberships),
  );
  if (read === undefined) return 'unknown';
  const roles = read.value.map(({ roleTemplateId }) => roleTemplateId ?? '');
  if (roles.some((role) => consentsToAll.has(role))) return 'all';
  return roles.some((role) => consentsToOthers.has(role)) ? 'allButGraph' : 'none';
}

async function unlessDenied<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof GraphError && error.evidence.status === 403) return undefined;
    throw error;
  }
}
