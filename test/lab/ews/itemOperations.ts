import { attachmentXml } from './attachmentXml.ts';
import { calendarView } from './calendarView.ts';
import type { EwsContext, Operation } from './context.ts';
import { ResponseError } from './fault.ts';
import { checkFindShape, itemXml } from './itemXml.ts';
import { pageOf } from './paging.ts';
import { itemField, predicate, sorted } from './query.ts';
import { responseMessages } from './responses.ts';
import { readShape } from './shape.ts';
import type { Shape } from './shape.ts';
import { findAttachment, findFolder, findItem } from './targets.ts';
import { tag } from './xml.ts';
import { child } from './xmlReader.ts';
import type { XmlElement } from './xmlReader.ts';

/** Ways of finding that the lab does not simulate are refused, never ignored. */
function checkSupported(request: XmlElement): void {
  const unsupported = [
    'm:GroupBy',
    'm:DistinguishedGroupBy',
    'm:SeekToConditionPageItemView',
    'm:ContactsView',
    'm:QueryString',
  ];
  const found = request.children.find((one) => unsupported.includes(one.name));
  if (found)
    throw new ResponseError(
      'ErrorUnsupportedQueryFilter',
      `${found.name.slice(2)} is not supported by the simulated server.`,
    );
}

function findIn(context: EwsContext, parent: XmlElement, shape: Shape): string {
  const { request } = context;
  checkSupported(request);
  checkFindShape(shape);
  const { mailbox, folder } = findFolder(context, parent);
  // The lab's mailboxes hold no hidden items and no soft-deleted ones.
  const all = request.attributes.get('Traversal') === 'Shallow' ? mailbox.itemsOf(folder) : [];
  const restriction = child(request, 'm:Restriction');
  const matching = restriction ? all.filter(predicate(restriction, itemField)) : all;
  const window = child(request, 'm:CalendarView');
  const view = child(request, 'm:IndexedPageItemView') ?? child(request, 'm:FractionalPageItemView');
  const { rows, attributes } = window
    ? calendarView(all, window)
    : pageOf(sorted(matching, child(request, 'm:SortOrder'), itemField), view, restriction !== undefined);
  const items = rows.map((item) => itemXml({ mailbox, item, shape }, false));
  return tag('m:RootFolder', attributes, tag('t:Items', {}, ...items));
}

export const findItems: Operation = (context) => {
  const shape = readShape(child(context.request, 'm:ItemShape'));
  const parents = child(context.request, 'm:ParentFolderIds')?.children ?? [];
  return responseMessages('FindItem', parents, (parent) => findIn(context, parent, shape));
};

export const getItem: Operation = (context) => {
  const shape = readShape(child(context.request, 'm:ItemShape'));
  const asked = child(context.request, 'm:ItemIds')?.children ?? [];
  return responseMessages(
    'GetItem',
    asked,
    (id) => tag('m:Items', {}, itemXml({ ...findItem(context, id), shape }, true)),
    tag('m:Items', {}),
  );
};

export const getAttachment: Operation = (context) => {
  const asked = child(context.request, 'm:AttachmentIds')?.children ?? [];
  return responseMessages(
    'GetAttachment',
    asked,
    (id) => {
      const { mailbox, item, index } = findAttachment(context, id);
      return tag('m:Attachments', {}, attachmentXml(mailbox, item, index, true));
    },
    tag('m:Attachments', {}),
  );
};
