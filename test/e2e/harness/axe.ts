import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults, Result } from 'axe-core';
import type { Frame } from 'playwright-core';

const axeSource = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Asks axe-core what is not accessible in a frame. The source is evaluated, not inserted as a script element, so that
 * the page's Content Security Policy stays as strict as it is.
 * @param what colours: of a page that has been looked at for everything in another theme
 */
export async function axe(frame: Frame, what: 'everything' | 'colours' = 'everything'): Promise<Result[]> {
  await frame.evaluate(await axeSource);
  const only =
    what === 'colours' ? ', runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] }' : '';
  // The source above defines `axe` in the frame; the string keeps the compiler from looking for it here.
  const results = await frame.evaluate<AxeResults>(`axe.run({ resultTypes: ["violations"]${only} })`);
  return results.violations;
}

/** One line for each violation and element, for an assertion's message. */
export function describeViolations(violations: readonly Result[]): string[] {
  return violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${violation.help} – ${node.target.join(' ')}\n${node.html}`),
  );
}
