import type { Finding } from '../verification.ts';
import { areas } from './catalogueEntry.ts';
import type { Area, CatalogueEntry } from './catalogueEntry.ts';
import { exchangeEntries } from './exchangeEntries.ts';
import { networkEntries } from './networkEntries.ts';
import { registrationEntries } from './registrationEntries.ts';
import { signInEntries } from './signInEntries.ts';
import { targetEntries } from './targetEntries.ts';

/** Every kind of finding once, by area. The troubleshooting page is made of it, and tests provoke each. */
export function catalogue(): ReadonlyMap<Area, readonly Finding[]> {
  const all: readonly CatalogueEntry[] = [
    ...networkEntries,
    ...signInEntries,
    ...exchangeEntries,
    ...targetEntries,
    ...registrationEntries,
  ];
  const seen = new Set<string>();
  const byArea = new Map<Area, Finding[]>(areas.map((area) => [area, []]));
  for (const { area, sample } of all) {
    const finding = sample();
    if (seen.has(finding.code)) continue; // Two causes of one kind: the first is the page's.
    seen.add(finding.code);
    byArea.get(area)?.push(finding);
  }
  return byArea;
}
