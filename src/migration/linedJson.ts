import { Pace } from './pace.ts';
import type { PaceOptions } from './pace.ts';

/**
 * JSON with one long list, whose entries have a line each: so a file of a hundred thousand mailboxes is written and read
 * in slices, while any other program reads it as the JSON that it is.
 */
export async function linedJson(
  head: object,
  key: string,
  entries: readonly unknown[],
  options: PaceOptions = {},
): Promise<string> {
  const frame = JSON.stringify({ ...head, [key]: [] }, undefined, 2);
  if (entries.length === 0) return `${frame}\n`;
  const pace = new Pace(options);
  const lines: string[] = [];
  for (const [index, entry] of entries.entries()) {
    lines.push(JSON.stringify(entry));
    if (index % linesBetweenLooks === 0 && pace.isOver) await pace.next(index);
  }
  return `${frame.slice(0, -'[]\n}'.length)}[\n${lines.join(',\n')}\n${end}`;
}

/**
 * Reads what `linedJson` has written.
 * @returns undefined when the text is laid out otherwise, or is no JSON
 */
export async function parseLinedJson(
  text: string,
  key: string,
  options: PaceOptions = {},
): Promise<{ readonly [key: string]: unknown } | undefined> {
  const pace = new Pace(options);
  const begin = `\n  ${JSON.stringify(key)}: [\n`;
  const at = text.indexOf(begin);
  if (at < 0 || !text.endsWith(`\n${end}`)) return undefined;
  try {
    // A line break within a text is written as \n, so these are where they seem to be.
    const head = JSON.parse(`${text.slice(0, at + begin.length - 1)}]\n}`) as { [key: string]: unknown }; // It begins as an object.
    const entries: unknown[] = [];
    const last = text.length - end.length - 1;
    for (let from = at + begin.length; from < last;) {
      const lineEnd = text.indexOf('\n', from);
      const isLast = lineEnd === last;
      entries.push(JSON.parse(text.slice(from, isLast ? lineEnd : lineEnd - 1)));
      if (!isLast && text[lineEnd - 1] !== ',') return undefined;
      from = lineEnd + 1;
      if (entries.length % linesBetweenLooks === 0 && pace.isOver) await pace.next(entries.length);
    }
    return { ...head, [key]: entries };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const linesBetweenLooks = 64;
const end = '  ]\n}\n';
