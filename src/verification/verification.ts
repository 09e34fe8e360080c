import * as z from 'zod/mini';
import { cloudIds } from '../connections/sourceConnection.ts';

/** Ids of the checks, in the order they are shown. They are fixed: reports and scripts refer to them. */
export const checkIds = [
  'sign-in-service',
  'clock',
  'sign-in',
  'permissions',
  'ews-endpoint',
  'ews-access',
  'ews-retirement',
  'mailbox-access',
  'export',
  'mailbox-list',
  'latency',
  'throttling',
] as const;
export type CheckId = (typeof checkIds)[number];

/** The same of the checks of a target connection. No id is in both lists. */
export const targetCheckIds = [
  'reach',
  'tls',
  'authentication',
  'extended-protection',
  'version',
  'impersonation',
  'request-size',
  'write',
  'throttling-policy',
] as const;
export type TargetCheckId = (typeof targetCheckIds)[number];
export type AnyCheckId = CheckId | TargetCheckId;

// Schemas are made when they are first used, which is not when the extension activates.

/** What the product can do about a finding itself. */
const remedyAction = z.lazy(() =>
  z.discriminatedUnion('kind', [
    /** Change the connection's cloud, then verify. */
    z.object({ kind: z.literal('chooseCloud'), cloud: z.enum(cloudIds) }),
    /** Verify again when what was changed will be in force. */
    z.object({ kind: z.literal('checkAgain') }),
    /** Sign the connection's account in again, then verify. */
    z.object({ kind: z.literal('signIn') }),
    /** Have an administrator grant the app what it needs to open mailboxes, then verify. */
    z.object({ kind: z.literal('grantPermission') }),
  ]),
);

const remedy = z.lazy(() =>
  z.object({
    text: z.string(),
    /** A command to run elsewhere, with the tenant's own values filled in. */
    command: z.exactOptional(z.string()),
    /** https address of a page that helps. */
    link: z.exactOptional(z.string()),
    /** The text is a button's. */
    action: z.exactOptional(remedyAction),
  }),
);
export type Remedy = z.infer<typeof remedy>;

const finding = z.lazy(() =>
  z.object({
    /** Stable: reports, tests and the troubleshooting page refer to it. */
    code: z.string(),
    severity: z.enum(['error', 'warning', 'info']),
    /** What is wrong, in one sentence. */
    title: z.string(),
    explanation: z.string(),
    remedies: z.array(remedy),
    /** How long what was done takes to show; absent: it shows at once. */
    effect: z.exactOptional(z.string()),
  }),
);
export type Finding = z.infer<typeof finding>;

const exchange = z.lazy(() =>
  z.object({
    method: z.string(),
    url: z.string(),
    operation: z.string(),
    status: z.exactOptional(z.number()),
    failure: z.exactOptional(z.string()),
    durationMs: z.number(),
    headers: z.record(z.string(), z.string()),
  }),
);

const resultShape = z.lazy(() =>
  z.object({
    outcome: z.enum(['passed', 'warning', 'failed', 'skipped', 'cancelled']),
    durationMs: z.number(),
    /** One line: what was found, or why it was skipped. */
    detail: z.string(),
    findings: z.array(finding),
    exchanges: z.array(exchange),
  }),
);
export type CheckResult<Id extends AnyCheckId = AnyCheckId> = { id: Id } & z.infer<typeof resultShape>;

export const verificationRecord = z.lazy(() =>
  z.object({
    recordVersion: z.literal(1),
    /** Of the settings and the secret that were verified: when either changes, the record is out of date. */
    fingerprint: z.string(),
    startedAt: z.iso.datetime(),
    durationMs: z.number(),
    outcome: z.enum(['passed', 'warning', 'failed', 'cancelled']),
    checks: z.array(z.object({ id: z.enum([...checkIds, ...targetCheckIds]), ...resultShape.def.getter().shape })),
    /** EWS address that was used; absent when none was found. */
    ewsUrl: z.exactOptional(z.string()),
    /** When the client secret ends, where the app may know it. */
    secretEnds: z.exactOptional(z.iso.datetime()),
    /** Of a target: such as "15.2.1748.10", where the server told it. */
    serverVersion: z.exactOptional(z.string()),
    /** Of a target: the largest request (bytes) that the server is known to take. */
    requestLimit: z.exactOptional(z.number()),
  }),
);

/** The result of one verification of a connection of whatever kind. Holds no secret by construction: see ExchangeRecord. */
export type VerificationRecord = z.infer<typeof verificationRecord>;
export type VerificationOutcome = VerificationRecord['outcome'];

/** What the record of every run holds, whichever checks it had. */
export type RunRecord<Id extends AnyCheckId> = Pick<
  VerificationRecord,
  'recordVersion' | 'fingerprint' | 'startedAt' | 'durationMs' | 'outcome'
> & { checks: CheckResult<Id>[] };

/** What a run tells while it goes on. */
export type CheckProgress<Id extends AnyCheckId = AnyCheckId> =
  | { readonly id: Id; readonly state: 'running' }
  | { readonly id: Id; readonly state: 'done'; readonly result: CheckResult<Id> };

export function outcomeOf(checks: readonly Pick<CheckResult, 'outcome'>[]): VerificationOutcome {
  const has = (outcome: CheckResult['outcome']): boolean => checks.some((check) => check.outcome === outcome);
  if (has('cancelled')) return 'cancelled';
  if (has('failed')) return 'failed';
  return has('warning') ? 'warning' : 'passed';
}
