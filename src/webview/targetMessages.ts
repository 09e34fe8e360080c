import * as z from 'zod/mini';
import { targetSignInMethods } from '../connections/targetConnection.ts';
import { anyWizardMessages, pageInput } from './pageMessages.ts';
import type { FromTargetPage, TargetFieldId, TargetState } from './targetProtocol.ts';

/** In reading order. */
export const targetFieldIds = [
  'name',
  'server',
  'additionalCa',
  'method',
  'userName',
  'password',
  'testMailbox',
] as const satisfies readonly TargetFieldId[];

// Schemas are made when they are first used, which is not when the extension activates.

const form = z.lazy(() =>
  z.strictObject({
    name: pageInput,
    server: pageInput,
    method: z.enum(targetSignInMethods),
    userName: pageInput,
    testMailbox: pageInput,
  }),
);

const state = z.lazy(() =>
  z.strictObject({
    connectionId: z.exactOptional(z.guid()),
    draftId: z.string().check(z.maxLength(200)),
    step: z.enum(['server', 'credentials', 'configuration']),
    form,
  }),
) satisfies z.ZodMiniType<TargetState>;

const message = z.lazy(() => {
  const filledIn = { form, secrets: z.strictObject({ password: pageInput }) };
  return z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('ready'), restored: z.exactOptional(state) }),
    z.strictObject({ type: z.literal('left'), field: z.enum(targetFieldIds), ...filledIn }),
    z.strictObject({ type: z.literal('changed'), form }),
    z.strictObject({ type: z.literal('chooseAdditionalCa'), form }),
    z.strictObject({ type: z.literal('next'), ...filledIn }),
    ...anyWizardMessages(),
  ]);
}) satisfies z.ZodMiniType<FromTargetPage>;

/** A message of the page; undefined when it is none that the page may send. */
export function parseTargetMessage(received: unknown): FromTargetPage | undefined {
  return message.safeParse(received).data;
}

/** What VS Code kept of a page over a reload; undefined when it is not of this version. */
export function parseTargetState(kept: unknown): TargetState | undefined {
  return state.safeParse(kept).data;
}
