import { SchemaViolation } from './fault.ts';
import { grammar } from './requestGrammar.ts';
import type { ElementRule, TextType } from './requestGrammar.ts';
import { writeGrammar } from './writing/writeGrammar.ts';
import type { XmlElement } from './xmlReader.ts';

const rules: Readonly<Record<string, ElementRule>> = { ...writeGrammar, ...grammar };

interface Particle {
  readonly names: readonly string[];
  readonly optional: boolean;
  readonly repeated: boolean;
}

function particles(content: string): Particle[] {
  if (content === '') return [];
  return content.split(' ').map((term) => {
    const suffix = /[?*+]$/.exec(term)?.[0] ?? '';
    const names = (suffix === '' ? term : term.slice(0, -1)).split('|');
    return { names, optional: suffix === '?' || suffix === '*', repeated: suffix === '*' || suffix === '+' };
  });
}

/** Children must follow the content model; Exchange's models never need to look ahead. */
function checkChildren(element: XmlElement, content: string): void {
  const { children } = element;
  let at = 0;
  const missing = (names: readonly string[]): SchemaViolation => {
    const found = children[at];
    const what = found ? `has invalid child element '${found.name}'` : 'has incomplete content';
    return new SchemaViolation(
      `The element '${element.name}' ${what}. List of possible elements expected: '${names.join(', ')}'.`,
      found ?? element,
    );
  };
  const matches = (names: readonly string[]): boolean => names.includes(children[at]?.name ?? '');
  for (const particle of particles(content)) {
    if (!matches(particle.names)) {
      if (particle.optional) continue;
      throw missing(particle.names);
    }
    do at += 1;
    while (particle.repeated && matches(particle.names));
  }
  if (at < children.length) throw missing(['end of the element']);
}

function checkAttributes(element: XmlElement, rules: Readonly<Record<string, TextType>>): void {
  for (const [key, pattern] of Object.entries(rules)) {
    const name = key.replace('!', '');
    const value = element.attributes.get(name);
    if (value === undefined) {
      if (key === name) continue;
      throw new SchemaViolation(`The required attribute '${name}' is missing.`, element);
    }
    if (!pattern.test(value)) {
      throw new SchemaViolation(
        `The '${name}' attribute is invalid - The value '${value}' is invalid according to its datatype.`,
        element,
      );
    }
  }
  for (const name of element.attributes.keys()) {
    if (!(name in rules) && !(`${name}!` in rules)) {
      throw new SchemaViolation(`The '${name}' attribute is not declared.`, element);
    }
  }
}

/**
 * Checks an element and all below it against the request grammar.
 * @throws SchemaViolation at the first thing that is wrong
 */
export function validate(element: XmlElement, parent: string): void {
  const rule: ElementRule = rules[`${parent}/${element.name}`] ?? rules[element.name] ?? {};
  // What the lab never reads (a time zone's definition, say) is not described here and passes.
  if (rule.isOpaque || parent.startsWith('t:TimeZone')) return;
  checkAttributes(element, rule.attributes ?? {});
  checkChildren(element, rule.content ?? '');
  if (rule.text && !rule.text.test(element.text.trim())) {
    throw new SchemaViolation(
      `The '${element.name}' element is invalid - The value '${element.text.trim()}' is invalid according to its datatype.`,
      element,
    );
  }
  for (const one of element.children) validate(one, element.name);
}
