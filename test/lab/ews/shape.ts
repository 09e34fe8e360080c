import { child, childText } from './xmlReader.ts';
import type { XmlElement } from './xmlReader.ts';

type BaseShape = 'IdOnly' | 'Default' | 'AllProperties';

/** A property asked for by its MAPI tag. */
export interface ExtendedField {
  /** 16-bit number of the property; null for named properties. */
  readonly tag: number | null;
  readonly type: string;
  /** Its attributes, to be given back with the value. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** What a request wants to see of each folder or item. */
export interface Shape {
  readonly base: BaseShape;
  readonly fields: ReadonlySet<string>;
  readonly extended: readonly ExtendedField[];
  readonly includeMime: boolean;
  readonly bodyType: 'Best' | 'HTML' | 'Text';
}

function extendedField(element: XmlElement): ExtendedField {
  const propertyTag = element.attributes.get('PropertyTag');
  return {
    tag: propertyTag === undefined ? null : Number(propertyTag),
    type: element.attributes.get('PropertyType') ?? '',
    attributes: Object.fromEntries(element.attributes),
  };
}

/** Reads a FolderShape, ItemShape or AttachmentShape. */
export function readShape(element: XmlElement | undefined): Shape {
  const base = childText(element, 't:BaseShape');
  const bodyType = childText(element, 't:BodyType');
  const additional = child(element, 't:AdditionalProperties')?.children ?? [];
  return {
    base: base === 'IdOnly' || base === 'AllProperties' ? base : 'Default',
    fields: new Set(additional.map((field) => field.attributes.get('FieldURI') ?? '')),
    extended: additional.filter((field) => field.name === 't:ExtendedFieldURI').map(extendedField),
    includeMime: ['true', '1'].includes(childText(element, 't:IncludeMimeContent') ?? ''),
    bodyType: bodyType === 'HTML' || bodyType === 'Text' ? bodyType : 'Best',
  };
}

/** A property's place in the shapes: in all of them, from Default on, in AllProperties only, or only when asked for by name. */
export type Presence = 'id' | 'default' | 'all' | 'named';

export function isWanted(shape: Shape, uri: string, presence: Presence): boolean {
  if (presence === 'id' || shape.fields.has(uri)) return true;
  if (presence === 'named' || shape.base === 'IdOnly') return false;
  return presence === 'default' || shape.base === 'AllProperties';
}
