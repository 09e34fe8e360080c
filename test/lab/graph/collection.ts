import { header } from '../http.ts';
import type { LabAnswer } from '../http.ts';
import { entity } from './call.ts';
import type { GraphCall } from './call.ts';
import { badRequest, unsupportedQuery } from './errors.ts';
import { parseFilter, parseSearch, selectProperties } from './query.ts';
import type { JsonObject } from './query.ts';

export interface CollectionRules {
  /** The name in the metadata, such as `applications`, and that of its members, such as `application`. */
  readonly set: string;
  readonly type: string;
  readonly filterable?: readonly string[];
  readonly searchable?: readonly string[];
  /** What is shown without $select; everything when absent. */
  readonly usual?: readonly string[];
}

const largestPage = 999;
const usualPage = 100;

const known = new Set(['$filter', '$search', '$select', '$top', '$orderby', '$count', '$skiptoken']);

function pageSize(top: string | null): number {
  if (top === null) return usualPage;
  const size = Number(top);
  if (Number.isInteger(size) && size >= 1 && size <= largestPage) return size;
  throw badRequest(`Invalid page size specified: '${top}'. Must be between 1 and ${largestPage} inclusive.`);
}

function ordered(items: readonly JsonObject[], order: string | null, rules: CollectionRules): readonly JsonObject[] {
  if (order === null) return items;
  const [, name = '', direction] = /^(\w+)(?:\s+(asc|desc))?$/i.exec(order.trim()) ?? [];
  if (!rules.filterable?.includes(name)) throw unsupportedQuery(`Sorting by '${order}' is not supported.`);
  const sign = direction?.toLowerCase() === 'desc' ? -1 : 1;
  return items.toSorted((a, b) => sign * String(a[name]).localeCompare(String(b[name])));
}

/** Answers a GET of a collection as its query asks: $filter, $search, $orderby, $select, $top and the pages after it. */
export function collection(call: GraphCall, items: readonly JsonObject[], rules: CollectionRules): LabAnswer {
  const { query } = call.request;
  for (const name of query.keys()) {
    if (name.startsWith('$') && !known.has(name)) {
      throw badRequest(`'${name}' is not supported by the service.`);
    }
  }
  const filter = query.get('$filter');
  const search = query.get('$search');
  const isEventual = header(call.request, 'consistencylevel')?.toLowerCase() === 'eventual';
  if (search !== null && !isEventual) {
    throw unsupportedQuery(
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
    );
  }
  let found = items;
  if (filter !== null) found = found.filter(parseFilter(filter, rules.filterable ?? [], rules.type));
  if (search !== null) found = found.filter(parseSearch(search, rules.searchable ?? [], rules.type));
  found = ordered(found, query.get('$orderby'), rules);
  const size = pageSize(query.get('$top'));
  const start = Number(Buffer.from(query.get('$skiptoken') ?? '', 'base64url').toString() || 0);
  if (!Number.isInteger(start)) throw badRequest('Invalid $skiptoken.');
  const next = start + size;
  const select = query.get('$select');
  return entity(call, 200, select === null ? rules.set : `${rules.set}(${select})`, {
    ...(query.get('$count') === 'true' && isEventual ? { '@odata.count': found.length } : {}),
    ...(next < found.length ? { '@odata.nextLink': nextLink(call, next) } : {}),
    value: found.slice(start, next).map((item) => selectProperties(item, select, rules.usual, rules.type)),
  });
}

function nextLink({ request, graphOrigin }: GraphCall, start: number): string {
  const rest = [...request.query].filter(([name]) => name !== '$skiptoken');
  const token = Buffer.from(String(start)).toString('base64url');
  const query = [...rest, ['$skiptoken', token]].map(
    ([name = '', value = '']) => `${name}=${encodeURIComponent(value)}`,
  );
  return `${graphOrigin}${request.path}?${query.join('&')}`;
}

/** Answers a GET of one object. */
export function single(call: GraphCall, item: JsonObject, rules: CollectionRules): LabAnswer {
  const select = call.request.query.get('$select');
  const what = select === null ? `${rules.set}/$entity` : `${rules.set}(${select})/$entity`;
  return entity(call, 200, what, selectProperties(item, select, rules.usual, rules.type));
}
