import * as z from 'zod/mini';
import type { DetailsState, FromDetails } from './detailsProtocol.ts';
import { bare, findingMessages } from './pageMessages.ts';

// Schemas are made when they are first used, which is not when the extension activates.

const message = z.lazy(() =>
  z.discriminatedUnion('type', [
    bare('ready'),
    bare('verify'),
    bare('cancel'),
    bare('copyReport'),
    bare('openSettings'),
    ...findingMessages(),
  ]),
) satisfies z.ZodMiniType<FromDetails>;

const state = z.lazy(() => z.strictObject({ connectionId: z.guid() })) satisfies z.ZodMiniType<DetailsState>;

/** A message of the details page; undefined when it is none that the page may send. */
export function parseDetailsMessage(received: unknown): FromDetails | undefined {
  return message.safeParse(received).data;
}

/** What VS Code kept of a page over a reload; undefined when it is not of this version. */
export function parseDetailsState(kept: unknown): DetailsState | undefined {
  return state.safeParse(kept).data;
}
