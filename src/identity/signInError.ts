import * as z from 'zod/mini';

const errorAnswer = z.object({
  error: z.string().check(z.maxLength(200)),
  error_description: z.optional(z.string()),
  error_codes: z.optional(z.array(z.number())),
  trace_id: z.optional(z.string().check(z.maxLength(100))),
  correlation_id: z.optional(z.string().check(z.maxLength(100))),
  timestamp: z.optional(z.string().check(z.maxLength(100))),
  suberror: z.optional(z.string().check(z.maxLength(200))),
});

/** What the sign-in service said when it gave no token. Holds no secret: the service repeats none. */
export interface SignInEvidence {
  readonly status: number;
  /** OAuth error, such as `invalid_client`. */
  readonly error: string;
  /** AADSTS numbers, such as 7000215; may be empty. */
  readonly codes: readonly number[];
  /** First sentence of the description. */
  readonly description: string;
  readonly traceId: string;
  readonly correlationId: string;
  readonly timestamp: string;
}

/** The sign-in service answered, and gave no token. */
export class SignInError extends Error {
  readonly evidence: SignInEvidence;

  constructor(evidence: SignInEvidence) {
    super(evidence.codes.length > 0 ? `AADSTS${evidence.codes.join(', AADSTS')}` : evidence.error);
    this.name = 'SignInError';
    this.evidence = evidence;
  }
}

/** Reads an OAuth error answer of Entra ID; undefined when the body is none. */
export function signInEvidence(body: unknown, status: number): SignInEvidence | undefined {
  const parsed = errorAnswer.safeParse(body);
  if (!parsed.success) return undefined;
  const { error, error_description, error_codes, trace_id, correlation_id, timestamp } = parsed.data;
  const description = error_description ?? '';
  return {
    status,
    error,
    codes: error_codes ?? [...description.matchAll(/AADSTS(\d+)/g)].map((match) => Number(match[1])),
    description: (description.split(/ Trace ID:|\r?\n/)[0] ?? '').replace(/^AADSTS\d+: /, '').slice(0, 500),
    traceId: trace_id ?? '',
    correlationId: correlation_id ?? '',
    timestamp: timestamp ?? '',
  };
}
