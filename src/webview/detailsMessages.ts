import * as z from 'zod';
import type { DetailsState, FromDetails } from './detailsProtocol.ts';
import { bare, copiedText, findingCode, remedyAction, webLink } from './pageMessages.ts';

// Schemas are made when they are first used, which is not when the extension activates.

const message = z.lazy(() =>
  z.discriminatedUnion('type', [
    bare('ready'),
    bare('verify'),
    bare('cancel'),
    bare('copyReport'),
    bare('openSettings'),
    z.strictObject({ type: z.literal('copyText'), text: copiedText }),
    z.strictObject({ type: z.literal('openLink'), link: webLink }),
    z.strictObject({ type: z.literal('act'), action: remedyAction }),
    z.strictObject({ type: z.literal('openTroubleshooting'), code: findingCode }),
  ]),
) satisfies z.ZodType<FromDetails>;

const state = z.lazy(() => z.strictObject({ connectionId: z.guid() })) satisfies z.ZodType<DetailsState>;

/** A message of the details page; undefined when it is none that the page may send. */
export function parseDetailsMessage(received: unknown): FromDetails | undefined {
  return message.safeParse(received).data;
}

/** What VS Code kept of a page over a reload; undefined when it is not of this version. */
export function parseDetailsState(kept: unknown): DetailsState | undefined {
  return state.safeParse(kept).data;
}
