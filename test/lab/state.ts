import { z } from 'zod';
import { tlsVariants } from './certificates.ts';
import { cloudNames } from './entra/clouds.ts';
import { graphOperations } from './graph/operationNames.ts';
import { mailboxContents } from './mailboxes/contents.ts';
import type { PatchOf } from './stateStore.ts';

const count = z.int().min(0).max(1_000_000);

/** How often something still happens; absent: until the state is changed. */
const times = z.int().min(0).max(1_000_000).optional();

/** The throttling forms of Exchange Online; README.md says what each looks like. */
const busyForms = [
  'http503',
  'serverBusy',
  'innerServerBusy',
  'connectionCount',
  'concurrentSync',
  'http429',
  'http401',
] as const;

const wireFaultKinds = [
  'reset',
  'hang',
  'html',
  'notJson',
  'notXml',
  'truncated',
  'endless',
  'huge',
  'redirectToHttp',
  'redirectToOtherHost',
  'status',
] as const;

const busy = z.strictObject({
  form: z.enum(busyForms),
  times,
  /** Milliseconds. */
  backOffMs: count.optional(),
  retryAfterSeconds: count.optional(),
});

const wireFault = z.strictObject({
  service: z.enum(['entra', 'ews', 'autodiscover', 'graph', 'any']),
  /** An EWS operation such as GetFolder, one of graph/operationNames.ts, or one of Entra's (README.md); absent: every one. */
  operation: z.string().optional(),
  times,
  kind: z.enum(wireFaultKinds),
  /** For kind status; 500 when absent. */
  status: z.int().min(200).max(599).optional(),
});

export const mailboxStates = [
  'ok',
  'missing',
  'unlicensed',
  'ewsDisabled',
  'accessDenied',
  'impersonationDenied',
  'moving',
  'storeUnavailable',
  'failover',
] as const;

const mailbox = z.strictObject({
  state: z.enum(mailboxStates).default('ok'),
  /** Messages that arrived in the Inbox since the lab was started. */
  newMessages: count.default(0),
  ...mailboxContents,
});

const entra = z.strictObject({
  permissionGranted: z.boolean().default(true),
  consentGranted: z.boolean().default(true),
  /** Permissions of Graph that `.default` stands for beside User.Read, for users of the tenant's own apps. */
  graphConsent: z.array(z.string()).default([]),
  app: z.enum(['present', 'absent', 'disabled']).default('present'),
  secret: z.enum(['valid', 'wrong', 'expired']).default('valid'),
  certificate: z.enum(['registered', 'unregistered']).default('registered'),
  mfaRequired: z.boolean().default(false),
  /** `deviceCodeBlocked`: a policy on authentication flows that forbids the device code only. */
  conditionalAccess: z.enum(['allowed', 'blocked', 'deviceCodeBlocked']).default('allowed'),
  /** `otherCloudUnnamed`: in another one, and the discovery document says nothing of clouds. */
  tenant: z.enum(['present', 'absent', 'otherCloud', 'otherCloudUnnamed']).default('present'),
  /** How requests for a tenant of another cloud are refused. */
  otherCloudRefusal: z.enum(['redirected', 'confidentialClient', 'publicEndpoint']).default('redirected'),
  /** Where the tenant is, by its discovery document. */
  cloud: z.enum(cloudNames).default('worldwide'),
  exchangeSubscribed: z.boolean().default(true),
  /** What becomes of refresh tokens; `signInFrequency`: a policy ended them. */
  refreshTokens: z.enum(['valid', 'revoked', 'expired', 'signInFrequency']).default('valid'),
  /** Whether users may consent to an app for themselves; else an administrator must. */
  userConsent: z.enum(['allowed', 'adminOnly']).default('allowed'),
  /** Whether the tenant's own public client is registered as one (`isFallbackPublicClient`). */
  publicClientFlows: z.boolean().default(true),
  deviceCodeLifetimeSeconds: count.default(900),
  /** Fractions are allowed, so that tests need not wait. */
  deviceCodeIntervalSeconds: z.number().min(0).max(3_600).default(5),
});

const ews = z.strictObject({
  enabled: z.boolean().default(true),
  appAllowed: z.boolean().default(true),
  retired: z.union([z.literal(false), z.literal(403), z.literal(404), z.literal(410)]).default(false),
  /** The server's version as four numbers. */
  version: z
    .string()
    .regex(/^\d+\.\d+\.\d+\.\d+$/, 'four numbers with dots between them')
    .default('15.20.9320.21'),
  busy: busy.nullable().default(null),
  truncatedExports: count.default(0),
  /** By client id: the addresses that RBAC for Applications lets the app open with a token without a role. */
  scopes: z.record(z.string().toLowerCase(), z.array(z.string().toLowerCase())).default({}),
});

const autodiscover = z.strictObject({
  redirectUrl: z.string().nullable().default(null),
  ewsUrl: z.string().nullable().default(null),
  mailboxKnown: z.boolean().default(true),
});

const graphFailure = z.strictObject({
  operation: z.enum(graphOperations),
  status: z.int().min(400).max(599),
  /** Graph's error code and message; those of the status when absent. */
  code: z.string().optional(),
  message: z.string().optional(),
  retryAfterSeconds: count.optional(),
  times,
});

const graph = z.strictObject({
  replicationSeconds: count.default(0),
  /** Of the tenant's administrator; every other user has none. */
  role: z.enum(['globalAdministrator', 'applicationAdministrator', 'user']).default('globalAdministrator'),
  fail: z.array(graphFailure).default([]),
  /** Users of the directory beside those who can sign in. */
  moreUsers: count.default(0),
  guests: count.default(0),
  reports: z
    .strictObject({
      /** Codes in place of names. */
      concealed: z.boolean().default(false),
      /** Whether the column Recipient Type is filled in. */
      recipientTypes: z.boolean().default(true),
      /** Where to go for it; the lab's own when null. */
      location: z.string().nullable().default(null),
    })
    .prefault({}),
  /** Share of its budget that the app has used, as Graph tells from 0.8 on; 0: it does not tell. */
  usedBudget: z.number().min(0).max(2).default(0),
});

export const labStateSchema = z.strictObject({
  latencyMs: z.int().min(0).max(600_000).default(0),
  clockSkewSeconds: z.int().default(0),
  tls: z.enum(tlsVariants).default('valid'),
  entra: entra.prefault({}),
  ews: ews.prefault({}),
  autodiscover: autodiscover.prefault({}),
  graph: graph.prefault({}),
  /** By address, in small letters. */
  mailboxes: z.record(z.string().toLowerCase(), mailbox).default({}),
  faults: z.array(wireFault).default([]),
});

export type LabState = z.output<typeof labStateSchema>;
export type MailboxState = (typeof mailboxStates)[number];
export type WireFault = z.output<typeof wireFault>;
export type GraphFailure = z.output<typeof graphFailure>;
export type BusyState = z.output<typeof busy>;

/** A change of the tenant's state. */
export type LabStatePatch = PatchOf<LabState>;
