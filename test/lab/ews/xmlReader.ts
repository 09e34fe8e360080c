import { DOMParser } from '@xmldom/xmldom';
import type { Element, Node } from '@xmldom/xmldom';
import { namespaces } from './xml.ts';

/** An element as the lab looks at it: its name with a fixed prefix for its namespace, whatever prefix the client wrote. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

const prefixes = new Map<string | null, string>(Object.entries(namespaces).map(([prefix, uri]) => [uri, prefix]));
const isElement = (node: Node): node is Element => node.nodeType === 1;

function convert(element: Element): XmlElement {
  const nodes = Array.from(element.childNodes);
  const attributes = Array.from(element.attributes)
    .filter((attribute) => attribute.namespaceURI === null || attribute.namespaceURI === '')
    .map((attribute): [string, string] => [attribute.name, attribute.value]);
  return {
    name: `${prefixes.get(element.namespaceURI) ?? '?'}:${element.localName ?? element.nodeName}`,
    attributes: new Map(attributes),
    children: nodes.filter(isElement).map(convert),
    text: nodes
      .filter((node) => node.nodeType === 3 || node.nodeType === 4)
      .map((node) => node.nodeValue ?? '')
      .join(''),
    line: element.lineNumber ?? 0,
    column: element.columnNumber ?? 0,
  };
}

/** @returns the root element, or undefined when the text is not well-formed XML or has a document type */
export function readXml(text: string): XmlElement | undefined {
  const problems: string[] = [];
  const parser = new DOMParser({
    onError: (level, message) => {
      if (level !== 'warning') problems.push(message);
    },
  });
  try {
    const document = parser.parseFromString(text.replace(/^\ufeff/, ''), 'text/xml');
    const root = document.documentElement;
    return problems.length > 0 || root === null || document.doctype ? undefined : convert(root);
  } catch {
    return undefined; // xmldom throws a ParseError for what is not well-formed.
  }
}

export function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((one) => one.name === name);
}

export function childText(element: XmlElement | undefined, name: string): string | undefined {
  return child(element, name)?.text.trim();
}
