import * as z from 'zod/mini';
import { folderRoles, recoverableRoles } from './folderRoles.ts';

/** Bytes. */
const largestItem = 1_000_000_000_000;
const mostClasses = 1000;

/** What of each mailbox is migrated. */
export const jobContent = z.lazy(() => {
  const roles = z.array(z.enum(folderRoles));
  // A class is a path of names: IPM.Note.SMIME. A star stands for any letters.
  const itemClass = z.string().check(z.maxLength(255), z.regex(/^[^\s.]+(\.[^\s.]+)*$/));
  const classes = z.array(itemClass).check(z.maxLength(mostClasses));
  return z.strictObject({
    folders: z.strictObject({
      /** None: all. A folder counts as the nearest one above it that has a role. */
      include: roles,
      /** Goes before `include`. */
      exclude: roles,
      recoverable: z.array(z.enum(recoverableRoles)),
    }),
    items: z
      .strictObject({
        /** From this moment on, and before that one; either may be absent. */
        from: z.exactOptional(z.iso.datetime()),
        before: z.exactOptional(z.iso.datetime()),
        /** None: all. A class stands for those below it, too: `IPM.Note` for `IPM.Note.SMIME`. */
        includeClasses: classes,
        /** Goes before `includeClasses`. */
        excludeClasses: classes,
        /** Bytes, included. */
        maximumSize: z.exactOptional(z.int().check(z.minimum(1), z.maximum(largestItem))),
      })
      .check(
        z.refine(
          ({ from, before }) => from === undefined || before === undefined || Date.parse(from) < Date.parse(before),
          { path: ['before'] },
        ),
      ),
  });
});
export type JobContent = z.infer<typeof jobContent>;

/** Everything that a person would miss. What waits to be sent and what failed to synchronise is of no use elsewhere. */
export const usualContent: JobContent = {
  folders: { include: [], exclude: ['outbox', 'syncissues'], recoverable: [] },
  items: { includeClasses: [], excludeClasses: [] },
};
