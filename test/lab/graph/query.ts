import { badRequest, GraphError, unsupportedQuery } from './errors.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

const syntaxError = (filter: string): GraphError =>
  new GraphError(400, 'BadRequest', `Invalid filter clause: Syntax error in '${filter}'.`);

const clause =
  /^\s*(?:(?<property>\w+)\s+eq\s+(?:'(?<text>(?:[^']|'')*)'|(?<word>true|false|null))|startswith\(\s*(?<start>\w+)\s*,\s*'(?<prefix>(?:[^']|'')*)'\s*\))\s*/i;

type Test = (item: JsonObject) => boolean;

const lower = (value: unknown): string => (typeof value === 'string' ? value.toLowerCase() : '');
const unquoted = (text: string): string => text.replaceAll("''", "'").toLowerCase();

function testOf(match: RegExpExecArray, filterable: readonly string[], type: string): Test {
  const { property, text, word, start, prefix = '' } = match.groups ?? {};
  const name = property ?? start ?? '';
  if (!filterable.includes(name)) {
    throw unsupportedQuery(
      `Unsupported or invalid query filter clause specified for property '${name}' of resource '${type}'.`,
    );
  }
  if (start !== undefined) return (item) => lower(item[name]).startsWith(unquoted(prefix));
  if (word !== undefined) return (item) => JSON.stringify(item[name] ?? null) === word.toLowerCase();
  return (item) => typeof item[name] === 'string' && lower(item[name]) === unquoted(text ?? '');
}

/**
 * Reads a $filter of comparisons (`eq`, `startswith`) joined by `and` and `or`; texts are compared without case.
 * @throws GraphError for a property that cannot be filtered by, and for every other construct of OData
 */
export function parseFilter(filter: string, filterable: readonly string[], type: string): Test {
  const alternatives: Test[][] = [[]];
  let rest = filter;
  for (;;) {
    const match = clause.exec(rest);
    if (!match) throw syntaxError(filter);
    alternatives.at(-1)?.push(testOf(match, filterable, type));
    rest = rest.slice(match[0].length);
    if (rest === '') return (item) => alternatives.some((tests) => tests.every((test) => test(item)));
    const joined = /^(and|or)\s+/i.exec(rest);
    if (!joined) throw syntaxError(filter);
    if (joined[1]?.toLowerCase() === 'or') alternatives.push([]);
    rest = rest.slice(joined[0].length);
  }
}

/** Reads a $search such as `"displayName:smith" OR "mail:smith"`: every word has to begin one of the property's words. */
export function parseSearch(search: string, searchable: readonly string[], type: string): Test {
  const parts = search.split(/\s+OR\s+/i).map((part) => /^"(\w+):([^"]*)"$/.exec(part.trim()));
  const tests = parts.map((part): Test => {
    const [, name = '', text = ''] = part ?? [];
    if (!searchable.includes(name)) throw badRequest(`Syntax error: '${search}' is no search over '${type}'.`);
    const wanted = text.toLowerCase().split(/\s+/);
    return (item) => {
      const words = lower(item[name]).split(/[\s@.]+/);
      return wanted.every((one) => words.some((word) => word.startsWith(one)) || lower(item[name]).startsWith(one));
    };
  });
  return (item) => tests.some((test) => test(item));
}

const annotation = '@odata.type';

/**
 * The properties that $select names, or the usual ones; in a list of several types each member shows those that it has.
 * @throws GraphError for one that the type does not have
 */
export function selectProperties(
  item: JsonObject,
  select: string | null,
  usual: readonly string[] | undefined,
  type: string,
): JsonObject {
  const names = select === null ? usual : select.split(',').map((name) => name.trim());
  if (!names) return item;
  if (annotation in item) {
    return Object.fromEntries(Object.entries(item).filter(([name]) => name === annotation || names.includes(name)));
  }
  const unknown = names.find((name) => !(name in item));
  if (unknown !== undefined) {
    throw new GraphError(
      400,
      'BadRequest',
      `Parsing OData Select and Expand failed: Could not find a property named '${unknown}' on type 'microsoft.graph.${type}'.`,
    );
  }
  return Object.fromEntries(names.map((name) => [name, item[name]]));
}
