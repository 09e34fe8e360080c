import * as z from 'zod/mini';
import type { HttpResponse } from '../../ews/transport/httpClient.ts';

const errorDocument = z.lazy(() =>
  z.object({
    error: z.object({
      code: z.string().check(z.maxLength(200)),
      message: z._default(z.string(), ''),
      details: z.optional(z.array(z.object({ code: z.string().check(z.maxLength(200)) }))),
      innerError: z.optional(z.object({ 'request-id': z.optional(z.string().check(z.maxLength(100))) })),
    }),
  }),
);

/** What Microsoft Graph said when it did not do as it was told. Holds no secret: Graph repeats none. */
export interface GraphEvidence {
  /** What was asked, such as createApplication. */
  readonly operation: string;
  readonly status: number;
  /** Such as Authorization_RequestDenied, then those of its details. */
  readonly codes: readonly string[];
  readonly message: string;
  readonly requestId: string;
  /** How long to wait before asking again, in seconds; undefined: not told. */
  readonly retryAfter: number | undefined;
}

/** In characters. */
const longestMessage = 500;

/** Graph answered with an error document. */
export class GraphError extends Error {
  readonly evidence: GraphEvidence;

  constructor(evidence: GraphEvidence) {
    super(`${evidence.operation}: HTTP ${evidence.status} ${evidence.codes.join(', ')}`);
    this.name = 'GraphError';
    this.evidence = evidence;
  }
}

/** What is to be asked needs a permission that the token does not have. */
export class GraphPermissionError extends Error {
  /** One of these would do; the one to ask for first. */
  readonly anyOf: readonly string[];

  constructor(anyOf: readonly string[], cause?: unknown) {
    super(`None of ${anyOf.join(', ')}`, { cause });
    this.name = 'GraphPermissionError';
    this.anyOf = anyOf;
  }
}

/** Undefined when the body is no error document of Graph's. */
export function graphError(body: unknown, response: HttpResponse, operation: string): GraphError | undefined {
  const parsed = errorDocument.safeParse(body);
  if (!parsed.success) return undefined;
  const { code, message, details = [], innerError } = parsed.data.error;
  const retryAfter = Number(response.headers['retry-after'] ?? NaN);
  return new GraphError({
    operation,
    status: response.status,
    codes: [code, ...details.map((detail) => detail.code)],
    message: message.slice(0, longestMessage),
    requestId: innerError?.['request-id'] ?? String(response.headers['request-id'] ?? ''),
    retryAfter: Number.isFinite(retryAfter) ? retryAfter : undefined,
  });
}
