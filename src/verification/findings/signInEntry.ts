import type { Finding, Remedy } from '../verification.ts';
import type { FindingContext } from './context.ts';

export type FindingText = Pick<Finding, 'title' | 'explanation' | 'remedies'>;

/** What some of the sign-in service's numbers mean to an administrator. */
export interface SignInEntry {
  readonly code: string;
  readonly aadsts: readonly number[];
  readonly text: (context: FindingContext) => FindingText;
}

/** A remedy that is told and not done from here. */
export function remedy(text: string): Remedy {
  return { text };
}
