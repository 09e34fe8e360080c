import { longestName, sameName } from '../connections/connectionNames.ts';

/** Such a name could not be the name of a file, for a report or an export, on every system. */
const forbidden = /[\\/:*?<>|]/;

export type JobNameFault =
  | { readonly reason: 'empty' }
  | { readonly reason: 'tooLong'; /** In UTF-16 units. */ readonly limit: number }
  | { readonly reason: 'forbiddenCharacter'; readonly character: string }
  | { readonly reason: 'invisibleCharacter' }
  | { readonly reason: 'taken'; readonly by: string };

/**
 * Why a job cannot have a name; undefined if it can. Blanks around it do not count, as they are not kept.
 * @param taken names of the other jobs
 */
export function jobNameFault(name: string, taken: readonly string[] = []): JobNameFault | undefined {
  const trimmed = name.trim();
  if (trimmed === '') return { reason: 'empty' };
  if (trimmed.length > longestName) return { reason: 'tooLong', limit: longestName };
  const character = forbidden.exec(trimmed)?.[0];
  if (character !== undefined) return { reason: 'forbiddenCharacter', character };
  if (/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(trimmed)) return { reason: 'invisibleCharacter' };
  const by = taken.find((other) => sameName(other, trimmed));
  return by === undefined ? undefined : { reason: 'taken', by };
}
