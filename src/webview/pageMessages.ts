import * as z from 'zod/mini';
import { cloudIds, signInMethods } from '../connections/sourceConnection.ts';
import { extras } from '../identity/registration/appPlan.ts';
import type { FieldId, FromPage, PageState, RemedyAction } from './protocol.ts';

export const fieldIds = [
  'name',
  'cloud',
  'tenant',
  'method',
  'clientId',
  'certificate',
  'passphrase',
  'clientSecret',
  'userName',
  'password',
  'account',
  'testMailbox',
  'ewsUrl',
  'authorityUrl',
  'graphUrl',
  'additionalCa',
] as const satisfies readonly FieldId[];

// Schemas are made when they are first used, which is not when the extension activates.

/** The longest input anybody types or pastes; a page that sends more is refused. */
export const pageInput = z.lazy(() => z.string().check(z.maxLength(4096)));

/** A message that says all by its type. */
export const bare = <T extends string>(type: T) => z.strictObject({ type: z.literal(type) });

/** A finding's button. */
const remedyAction = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('chooseCloud'), cloud: z.enum(cloudIds) }),
    z.strictObject({ kind: z.literal('checkAgain') }),
    z.strictObject({ kind: z.literal('signIn') }),
    z.strictObject({ kind: z.literal('grantPermission') }),
  ]),
) satisfies z.ZodMiniType<RemedyAction>;

/** What can be done with a finding, on whatever page it is shown. */
export function findingMessages() {
  return [
    z.strictObject({ type: z.literal('act'), action: remedyAction }),
    /** Such as a command of a remedy. */
    z.strictObject({ type: z.literal('copyText'), text: z.string().check(z.maxLength(20_000)) }),
    z.strictObject({ type: z.literal('openLink'), link: z.url({ protocol: /^https$/ }).check(z.maxLength(4096)) }),
    z.strictObject({ type: z.literal('openTroubleshooting'), code: z.string().check(z.regex(/^[\w-]{1,100}$/)) }),
  ] as const;
}

/** What the wizards of all kinds of connections say alike. */
export function anyWizardMessages() {
  return [
    bare('removeAdditionalCa'),
    bare('back'),
    bare('configure'),
    bare('cancel'),
    bare('finish'),
    bare('saveUnverified'),
    bare('copyReport'),
    bare('openRequirements'),
    bare('close'),
    ...findingMessages(),
  ] as const;
}

const form = z.lazy(() =>
  z.strictObject({
    name: pageInput,
    cloud: z.enum(cloudIds),
    tenant: pageInput,
    method: z.enum(signInMethods),
    clientId: pageInput,
    scopedAccess: z.boolean(),
    userName: pageInput,
    testMailbox: pageInput,
    ewsUrl: pageInput,
    authorityUrl: pageInput,
    graphUrl: pageInput,
  }),
);

const pageState = z.lazy(() =>
  z.strictObject({
    connectionId: z.exactOptional(z.guid()),
    draftId: z.string().check(z.maxLength(200)),
    attemptId: z.guid(),
    step: z.enum(['credentials', 'configuration']),
    form,
    advancedOpen: z.boolean(),
  }),
) satisfies z.ZodMiniType<PageState>;

const pageMessage = z.lazy(() => {
  const chosenExtras = z.array(z.enum(extras)).check(z.maxLength(extras.length));
  const secrets = z.strictObject({ clientSecret: pageInput, password: pageInput, passphrase: pageInput });
  return z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('ready'), restored: z.exactOptional(pageState) }),
    z.strictObject({ type: z.literal('left'), field: z.enum(fieldIds), form, secrets }),
    z.strictObject({ type: z.literal('changed'), form, advancedOpen: z.boolean() }),
    z.strictObject({ type: z.literal('chooseCertificate'), form, secrets }),
    z.strictObject({ type: z.literal('chooseAdditionalCa'), form }),
    z.strictObject({ type: z.literal('signIn'), way: z.enum(['browser', 'deviceCode']), form, secrets }),
    bare('cancelSignIn'),
    z.strictObject({ type: z.literal('registrationSignIn'), way: z.enum(['browser', 'deviceCode']), form, secrets }),
    z.strictObject({ type: z.literal('register'), extras: chosenExtras, form }),
    bare('removeRegistered'),
    bare('cancelRegistration'),
    z.strictObject({
      type: z.literal('copyScript'),
      script: z.enum(['powershell', 'azureCli']),
      extras: chosenExtras,
      form,
    }),
    z.strictObject({ type: z.literal('next'), form, secrets }),
    ...anyWizardMessages(),
  ]);
}) satisfies z.ZodMiniType<FromPage>;

/** A message of the page; undefined when it is none that the page may send. */
export function parsePageMessage(message: unknown): FromPage | undefined {
  const parsed = pageMessage.safeParse(message);
  return parsed.success ? parsed.data : undefined;
}

/** What VS Code kept of a page over a reload; undefined when it is not of this version. */
export function parsePageState(state: unknown): PageState | undefined {
  const parsed = pageState.safeParse(state);
  return parsed.success ? parsed.data : undefined;
}
