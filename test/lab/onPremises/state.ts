import { z } from 'zod';
import { tlsVariants } from '../certificates.ts';
import { addressBookEntry } from '../ews/addressBook.ts';
import { mailboxContents } from '../mailboxes/contents.ts';
import { labStateSchema, mailboxStates } from '../state.ts';
import type { PatchOf } from '../stateStore.ts';
import { serverVersions } from './versions.ts';

const { latencyMs, clockSkewSeconds, faults, ews: tenantEws } = labStateSchema.shape;
const { busy, truncatedExports } = tenantEws.unwrap().shape;

const authentication = z.strictObject({
  /** In the order in which IIS offers them. */
  offered: z.array(z.enum(['Negotiate', 'NTLM', 'Basic'])).default(['Negotiate', 'NTLM', 'Basic']),
  /** Whether NTLM has to be bound to the TLS channel (Extended Protection's token checking). */
  extendedProtection: z.enum(['None', 'Allow', 'Require']).default('Allow'),
  /** Logon names of accounts that are disabled, locked or have an expired password: IIS answers 401 to all of them. */
  disabled: z.array(z.string().toLowerCase()).default([]),
});

const bytes = z.int().min(0).nullable().default(null);

/** What becomes of items that clients bring; ews/context.ts says what each means. */
const uploads = z.strictObject({
  corrupt: z.int().min(0).default(0),
  newerStreams: z.enum(['accepted', 'refused']).default('accepted'),
  largestItemBytes: bytes,
});

const ews = z.strictObject({
  /** Set-CASMailbox -EwsEnabled of the organisation. */
  enabled: z.boolean().default(true),
  busy,
  truncatedExports,
  uploads: uploads.prefault({}),
});

/** An assignment of the role ApplicationImpersonation. */
const impersonation = z.strictObject({
  /** Logon name of who has the role. */
  account: z.string().toLowerCase(),
  /** The addresses within its management scope; null for the whole organisation. */
  scope: z.array(z.string().toLowerCase()).nullable().default(null),
});

const mailbox = z.strictObject({
  state: z.enum(mailboxStates).default('ok'),
  quotaBytes: bytes,
  ...mailboxContents,
});

const url = z.string().nullable().default(null);

const autodiscover = z.strictObject({
  /** false: no user is found. */
  mailboxKnown: z.boolean().default(true),
  /** The server's own address when null. */
  internalEwsUrl: url,
  externalEwsUrl: url,
  /** Whether the administrator has set an external address at all. */
  hasExternalEwsUrl: z.boolean().default(true),
  /** Where else to ask: another address of the user, or another server. */
  redirectAddress: url,
  redirectUrl: url,
});

/** What IIS does with a request that is too large. */
const requestLimit = z.strictObject({
  /** maxAllowedContentLength: 64 MiB where nobody has changed it. */
  bytes: z.int().min(0).default(67_108_864),
  answer: z.union([z.literal(404), z.literal(413), z.literal(507)]).default(404),
  /** Whether the rest of the request is read, or the connection cut at once. */
  rest: z.enum(['cut', 'read']).default('cut'),
});

const milliseconds = z.int().min(0);

/** The throttling policy (Set-ThrottlingPolicy) with the defaults of servers since 2013; null is Unlimited. */
const throttling = z.strictObject({
  ewsMaxConcurrency: z.int().min(0).nullable().default(27),
  ewsMaxBurst: milliseconds.default(300_000),
  /** Milliseconds an hour. */
  ewsRechargeRate: z.int().min(1).default(900_000),
  ewsCutoffBalance: milliseconds.nullable().default(3_000_000),
  /** Logon names of the accounts with a policy without limits. */
  unlimited: z.array(z.string().toLowerCase()).default([]),
  /** What each request costs of the server's time, beside the time that it really takes. */
  costMs: milliseconds.default(0),
});

export const onPremisesStateSchema = z.strictObject({
  latencyMs,
  clockSkewSeconds,
  tls: z.enum(tlsVariants).default('valid'),
  /** Which version of Exchange the server is. */
  version: z.enum(serverVersions).default('2019'),
  authentication: authentication.prefault({}),
  ews: ews.prefault({}),
  impersonation: z.array(impersonation).default([{ account: 'migration', scope: null }]),
  requestLimit: requestLimit.prefault({}),
  throttling: throttling.prefault({}),
  autodiscover: autodiscover.prefault({}),
  /** By address, in small letters. */
  mailboxes: z.record(z.string().toLowerCase(), mailbox).default({}),
  /** Recipients of the directory beside the mailboxes. */
  addressBook: z.array(addressBookEntry).default([]),
  faults,
});

export type OnPremisesState = z.output<typeof onPremisesStateSchema>;
export type OnPremisesPatch = PatchOf<OnPremisesState>;
