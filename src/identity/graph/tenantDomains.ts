import * as z from 'zod/mini';
import { GraphError } from './graphError.ts';
import type { GraphSession } from './graphSession.ts';

/** A tenant has at most 5,000 domains (Microsoft Entra service limits). */
const mostPages = 100;

const organizationForm = z.lazy(() =>
  z.object({ verifiedDomains: z.nullish(z.array(z.object({ name: z.string() }))) }),
);
const domainForm = z.lazy(() => z.object({ id: z.string(), isVerified: z.nullish(z.boolean()) }));

/**
 * The domains that the tenant has proved to own, in small letters: its mailboxes have addresses of no others.
 * @returns undefined when neither way is permitted (Organization.Read.All, or Domain.Read.All; Directory.Read.All for both)
 * @throws GraphError, AnswerError, TransportError
 */
export async function tenantDomains(graph: GraphSession): Promise<ReadonlySet<string> | undefined> {
  const domains = (await unlessForbidden(ofOrganization(graph))) ?? (await unlessForbidden(listed(graph)));
  return domains === undefined || domains.length === 0 ? undefined : new Set(domains.map((name) => name.toLowerCase()));
}

/** @returns undefined when Graph names none: it shows some callers the organization without its domains */
async function ofOrganization(graph: GraphSession): Promise<readonly string[] | undefined> {
  const form = z.object({ value: z.array(organizationForm) });
  const query = { $select: 'verifiedDomains' };
  const { value } = await graph.ask({ method: 'GET', path: '/organization', query, operation: 'organization' }, form);
  const names = value.flatMap(({ verifiedDomains }) => verifiedDomains?.map(({ name }) => name) ?? []);
  return names.length === 0 ? undefined : names;
}

async function listed(graph: GraphSession): Promise<readonly string[]> {
  const names: string[] = [];
  const reading = { path: '/domains', query: { $select: 'id,isVerified' }, operation: 'domains' };
  for await (const page of graph.pages(reading, domainForm, mostPages)) {
    names.push(...page.filter(({ isVerified }) => isVerified === true).map(({ id }) => id));
  }
  return names;
}

async function unlessForbidden<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof GraphError && error.evidence.status === 403) return undefined;
    throw error;
  }
}
