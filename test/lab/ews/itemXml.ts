import type { ItemKind } from '../mailboxes/item.ts';
import { baseProperties, lateBaseProperties } from './baseProperties.ts';
import { calendarProperties } from './calendarProperties.ts';
import { extendedKey, extendedProperties } from './extendedProperties.ts';
import { ResponseError } from './fault.ts';
import { onlyWithGetItem } from './itemProperty.ts';
import type { ItemProperty, ItemView } from './itemProperty.ts';
import { meetingRequestProperties, messageProperties } from './messageProperties.ts';
import { contactProperties, noteProperties, taskProperties } from './otherProperties.ts';
import { isWanted } from './shape.ts';
import type { Shape } from './shape.ts';
import { dateTime, tag } from './xml.ts';

const kinds: Readonly<Record<ItemKind, { readonly element: string; readonly own: readonly ItemProperty[] }>> = {
  message: { element: 't:Message', own: messageProperties },
  meetingRequest: { element: 't:MeetingRequest', own: meetingRequestProperties },
  appointment: { element: 't:CalendarItem', own: calendarProperties },
  contact: { element: 't:Contact', own: contactProperties },
  task: { element: 't:Task', own: taskProperties },
  note: { element: 't:Message', own: noteProperties },
};

export const elementOfKind = (kind: ItemKind): string => kinds[kind].element;

function extended({ item, shape }: ItemView): string {
  return extendedProperties(shape, ({ tag: number, attributes }) => {
    const written = item.extended.get(extendedKey(new Map(Object.entries(attributes))));
    if (written !== undefined) return written;
    switch (number) {
      case 0x001a: // PidTagMessageClass
        return item.itemClass;
      case 0x0037: // PidTagSubject
        return item.subject;
      case 0x0e06: // PidTagMessageDeliveryTime
      case 0x3007: // PidTagCreationTime
      case 0x3008: // PidTagLastModificationTime
        return dateTime(item.received);
      case 0x0e07: // PidTagMessageFlags: read is 1, unsent is 8
        return String((item.isRead ? 1 : 0) | (item.isDraft ? 8 : 0));
      case 0x0e08: // PidTagMessageSize
        return String(item.size);
      case 0x1035: // PidTagInternetMessageId
        return item.messageId;
      default:
        return undefined;
    }
  });
}

/** Refuses what FindItem cannot give, as Exchange does. @throws ResponseError */
export function checkFindShape(shape: Shape): void {
  const wrong =
    [...shape.fields].find((uri) => onlyWithGetItem.has(uri)) ?? (shape.includeMime ? 'item:MimeContent' : undefined);
  if (wrong !== undefined) {
    throw new ResponseError('ErrorInvalidPropertyRequest', `Property ${wrong} cannot be requested in this operation.`);
  }
}

/**
 * An item as an element of its type with the properties of the shape.
 * @param whole whether the item is opened (GetItem), or only listed
 */
export function itemXml(view: ItemView, whole: boolean): string {
  const { element, own } = kinds[view.item.kind];
  const render = (properties: readonly ItemProperty[]): string =>
    properties
      .filter(([uri, presence]) => {
        if (onlyWithGetItem.has(uri) && !whole) return false;
        if (uri === 'item:MimeContent' && view.shape.includeMime) return true;
        return isWanted(view.shape, uri, presence);
      })
      .map(([, , xml]) => xml(view))
      .join('');
  return tag(element, {}, render(baseProperties), extended(view), render(lateBaseProperties), render(own));
}
