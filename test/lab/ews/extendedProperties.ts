import type { ExtendedField, Shape } from './shape.ts';
import { escapeXml, tag } from './xml.ts';

/** Values by property number and type; what is not here the object does not have, and Exchange then leaves it out. */
export type ExtendedValues = (field: ExtendedField) => string | undefined;

/** One spelling for all the ways in which clients write the same property. */
export function extendedKey(attributes: ReadonlyMap<string, string>): string {
  return [...attributes]
    .map(([name, value]) => `${name}=${name === 'PropertyTag' ? Number(value) : value.toLowerCase()}`)
    .sort()
    .join(' ');
}

/** Exchange answers in this form, whichever it was asked in. */
const hex = (tag: number): string => `0x${tag.toString(16)}`;

export function extendedProperties(shape: Shape, values: ExtendedValues): string {
  return shape.extended
    .map((field) => {
      const value = values(field);
      if (value === undefined) return '';
      return tag(
        't:ExtendedProperty',
        {},
        tag('t:ExtendedFieldURI', { ...field.attributes, ...(field.tag !== null && { PropertyTag: hex(field.tag) }) }),
        tag('t:Value', {}, escapeXml(value)),
      );
    })
    .join('');
}
