import * as z from 'zod/mini';
import { StarPattern, patternFault } from '../starPattern.ts';
import { isOneAddress } from '../mailAddress.ts';

/** How a target is found for a source, and what is decided by hand. */
export const matchingSettings = z.lazy(() => {
  const address = z.string().check(z.refine(isOneAddress));
  const pattern = z.string().check(z.refine((text) => patternFault(text) === undefined));
  const rule = z.discriminatedUnion('by', [
    /** As the file of mailboxes says; a row that says it is not matched in another way. */
    z.strictObject({ by: z.literal('file') }),
    z.strictObject({ by: z.literal('sameAddress') }),
    z.strictObject({ by: z.literal('sameLocalPart') }),
    z
      .strictObject({ by: z.literal('pattern'), from: pattern, to: pattern })
      .check(z.refine(({ from, to }) => rewriteFault(from, to) === undefined)),
  ]);
  return z.strictObject({
    /** The first that finds a target decides. */
    rules: z.array(rule).check(z.maxLength(100)),
    /** Which goes before all rules; one a mailbox. */
    byHand: z
      .array(
        z.discriminatedUnion('action', [
          z.strictObject({ source: address, action: z.literal('use'), target: address }),
          z.strictObject({ source: address, action: z.literal('skip') }),
        ]),
      )
      .check(z.maxLength(1_000_000)),
  });
});
export type MatchingSettings = z.infer<typeof matchingSettings>;
export type MatchRule = MatchingSettings['rules'][number];
export type HandMatch = MatchingSettings['byHand'][number];

/** Why one pattern cannot be made into another. */
export type RewriteFault = 'starsDiffer' | 'targetIsNoAddress';

export function rewriteFault(from: string, to: string): RewriteFault | undefined {
  if (new StarPattern(from).stars < new StarPattern(to).stars) return 'starsDiffer';
  return isOneAddress(to.replaceAll('*', 'x')) ? undefined : 'targetIsNoAddress';
}
