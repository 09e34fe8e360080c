import type { Finding } from '../verification.ts';

/** What findings are about; the troubleshooting page has a section for each. */
export const areas = [
  'network',
  'proxy',
  'certificates',
  'answers',
  'signIn',
  'account',
  'permissions',
  'ews',
  'mailbox',
  'registration',
  'target',
  'targetMailbox',
  'program',
] as const;
export type Area = (typeof areas)[number];

/** A kind of finding, shown by a sample of nobody's tenant. Its code, texts and remedies are those that the checks give. */
export interface CatalogueEntry {
  readonly area: Area;
  readonly sample: () => Finding;
}

export function entriesOf(area: Area, ...samples: readonly (() => Finding)[]): readonly CatalogueEntry[] {
  return samples.map((sample) => ({ area, sample }));
}
