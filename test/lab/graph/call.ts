import type { z } from 'zod';
import { header, json } from '../http.ts';
import type { LabAnswer, LabRequest } from '../http.ts';
import type { CallerRules, GraphCaller } from './caller.ts';
import type { Directory } from './directory.ts';
import { badRequest, GraphError, notFound } from './errors.ts';

export interface GraphContext extends CallerRules {
  readonly directory: Directory;
}

/** One request to Graph, with who makes it and the keys in its path. */
export interface GraphCall extends GraphContext {
  readonly request: LabRequest;
  readonly caller: GraphCaller;
  /** `id` and `appId` as in `/applications/{id}` and `/applications(appId='…')`, `assignment` behind them. */
  readonly keys: Readonly<Record<string, string | undefined>>;
}

const contentType = {
  'content-type': 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8',
};

/** An answer with the annotation that says what it is, such as `applications/$entity`. */
export function entity(call: GraphCall, status: number, what: string, value: object): LabAnswer {
  return json(status, { '@odata.context': `${call.graphOrigin}/v1.0/$metadata#${what}`, ...value }, contentType);
}

/**
 * The JSON of a request by its schema.
 * @throws GraphError naming each property that is wrong
 */
export function bodyOf<Schema extends z.ZodType>(call: GraphCall, schema: Schema): z.output<Schema> {
  if (!/^application\/json\b/i.test(header(call.request, 'content-type') ?? '')) {
    throw badRequest('Write requests (excluding DELETE) must contain the Content-Type header declaration.');
  }
  let value: unknown;
  try {
    value = JSON.parse(call.request.body);
  } catch {
    throw new GraphError(
      400,
      'BadRequest',
      'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
    );
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  if (first?.code === 'unrecognized_keys') {
    const target = first.keys[0] ?? '';
    throw badRequest(`Invalid property '${target}'.`, [{ code: 'InvalidProperty', target, message: first.message }]);
  }
  throw badRequest(
    'One or more properties contains invalid values.',
    parsed.error.issues.map((issue) => ({
      code: 'InvalidValue',
      target: issue.path.map(String).join('.'),
      message: issue.message,
    })),
  );
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The object that the path names by its id or its app's id.
 * @throws GraphError with status 400 for what is no GUID, 404 for what is not there
 */
export function keyed<T extends { readonly id: string; readonly appId: string }>(
  items: readonly T[],
  { keys }: GraphCall,
): T {
  const sought = (keys.appId ?? keys.id ?? '').toLowerCase();
  if (!guid.test(sought)) throw badRequest(`Invalid object identifier '${sought}'.`);
  const found = items.find((item) => (keys.appId === undefined ? item.id : item.appId) === sought);
  if (!found) throw notFound(sought);
  return found;
}
