import type { LabItem } from '../mailboxes/item.ts';
import { extendedKey } from './extendedProperties.ts';
import { ResponseError } from './fault.ts';
import type { FolderTarget } from './targets.ts';
import type { XmlElement } from './xmlReader.ts';

type QueryValue = string | number | boolean | Date | null;

/** Reads the property that a path names; undefined for a path that cannot be queried. */
export type ReadField<T> = (uri: string) => ((row: T) => QueryValue) | undefined;

const itemFields: Readonly<Record<string, (item: LabItem) => QueryValue>> = {
  'item:Subject': (item) => item.subject,
  'item:ItemClass': (item) => item.itemClass,
  'item:DateTimeReceived': (item) => item.received,
  'item:DateTimeSent': (item) => item.received,
  'item:DateTimeCreated': (item) => item.received,
  'item:LastModifiedTime': (item) => item.received,
  'item:Size': (item) => item.size,
  'item:Importance': (item) => ['Low', 'Normal', 'High'].indexOf(item.importance),
  'item:HasAttachments': (item) => item.attachments.some((one) => one.contentId === null),
  'item:IsDraft': (item) => item.isDraft,
  'item:DisplayTo': (item) => item.to.map((one) => one.name).join('; '),
  'message:IsRead': (item) => item.isRead,
  'message:From': (item) => item.from.name,
  'message:Sender': (item) => item.from.name,
  'message:InternetMessageId': (item) => item.messageId,
  'calendar:Start': (item) => item.event?.start ?? null,
  'calendar:End': (item) => item.event?.end ?? null,
  'contacts:DisplayName': (item) => (item.kind === 'contact' ? item.subject : null),
  'task:DueDate': (item) => (item.kind === 'task' ? item.received : null),
};

const folderFields: Readonly<Record<string, (target: FolderTarget) => QueryValue>> = {
  'folder:DisplayName': ({ mailbox, folder }) => mailbox.displayName(folder),
  'folder:FolderClass': ({ folder }) => folder.folderClass,
  'folder:TotalCount': ({ mailbox, folder }) => mailbox.count(folder),
  'folder:ChildFolderCount': ({ mailbox, folder }) => mailbox.folders.childrenOf(folder).length,
};

/** What an extended property is called in place of a field's name. */
const extendedPrefix = 'extended ';

export const itemField: ReadField<LabItem> = (uri) =>
  uri.startsWith(extendedPrefix)
    ? (item) => item.extended.get(uri.slice(extendedPrefix.length)) ?? null
    : itemFields[uri];
export const folderField: ReadField<FolderTarget> = (uri) => folderFields[uri];

function compare(a: QueryValue, b: QueryValue): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  if (typeof a === 'string' && typeof b === 'string') return a.localeCompare(b, 'en', { sensitivity: 'base' });
  return Number(a) - Number(b);
}

/** A constant of the request in the type of the value that it is compared with. */
function parseConstant(text: string, like: QueryValue): QueryValue {
  if (like instanceof Date) return new Date(text);
  if (typeof like === 'boolean') return text === 'true' || text === '1';
  if (typeof like === 'number') {
    const importance = ['Low', 'Normal', 'High'].indexOf(text);
    return importance >= 0 ? importance : Number(text);
  }
  return text;
}

const comparisons: Readonly<Record<string, (order: number) => boolean>> = {
  't:IsEqualTo': (order) => order === 0,
  't:IsNotEqualTo': (order) => order !== 0,
  't:IsGreaterThan': (order) => order > 0,
  't:IsGreaterThanOrEqualTo': (order) => order >= 0,
  't:IsLessThan': (order) => order < 0,
  't:IsLessThanOrEqualTo': (order) => order <= 0,
};

function contains(expression: XmlElement, constant: string): (value: QueryValue) => boolean {
  const mode = expression.attributes.get('ContainmentMode') ?? 'FullString';
  const exact = (expression.attributes.get('ContainmentComparison') ?? 'Exact') === 'Exact';
  const normal = (text: string): string => (exact ? text : text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase());
  const wanted = normal(constant);
  return (value) => {
    const text = normal(typeof value === 'string' ? value : '');
    if (mode === 'FullString') return text === wanted;
    if (mode === 'Prefixed') return text.startsWith(wanted);
    if (mode === 'PrefixOnWords') return text.split(/\s+/).some((word) => word.startsWith(wanted));
    return text.includes(wanted);
  };
}

function fieldName({ name, attributes }: XmlElement): string {
  if (name === 't:ExtendedFieldURI') return extendedPrefix + extendedKey(attributes);
  return name === 't:FieldURI' ? (attributes.get('FieldURI') ?? '') : '';
}

function reader<T>(path: XmlElement | undefined, field: ReadField<T>, code: string): (row: T) => QueryValue {
  const read = path ? field(fieldName(path)) : undefined;
  if (!read) throw new ResponseError(code, 'The path is not supported in a query of the simulated server.');
  return read;
}

/**
 * Turns a search expression into a predicate.
 * @throws ResponseError ErrorUnsupportedPathForQuery for what the lab cannot evaluate; nothing is ever ignored
 */
export function predicate<T>(expression: XmlElement, field: ReadField<T>): (row: T) => boolean {
  const { name, children } = expression;
  const [first, second] = children;
  if (name === 't:And' || name === 't:Or' || name === 'm:Restriction') {
    const parts = children.map((part) => predicate(part, field));
    return name === 't:Or' ? (row) => parts.some((part) => part(row)) : (row) => parts.every((part) => part(row));
  }
  if (name === 't:Not' && first) {
    const inner = predicate(first, field);
    return (row) => !inner(row);
  }
  if (name === 't:Excludes')
    throw new ResponseError('ErrorUnsupportedQueryFilter', 'The query filter type is not supported.');
  const read = reader(first, field, 'ErrorUnsupportedPathForQuery');
  if (name === 't:Exists') return (row) => read(row) !== null;
  if (name === 't:Contains') {
    const test = contains(expression, second?.attributes.get('Value') ?? '');
    return (row) => test(read(row));
  }
  const decide = comparisons[name];
  const operand = second?.children[0];
  if (!decide || !operand)
    throw new ResponseError('ErrorUnsupportedQueryFilter', 'The query filter type is not supported.');
  if (operand.name !== 't:Constant') {
    const other = reader(operand, field, 'ErrorUnsupportedPathForQuery');
    return (row) => decide(compare(read(row), other(row)));
  }
  const constant = operand.attributes.get('Value') ?? '';
  return (row) => {
    const value = read(row);
    return decide(compare(value, parseConstant(constant, value)));
  };
}

/** Orders rows by a SortOrder; equal rows keep their order. @throws ResponseError for a path that cannot be sorted by */
export function sorted<T>(rows: readonly T[], sortOrder: XmlElement | undefined, field: ReadField<T>): readonly T[] {
  const orders = (sortOrder?.children ?? []).map((order) => ({
    read: reader(order.children[0], field, 'ErrorUnsupportedPathForSortGroup'),
    sign: order.attributes.get('Order') === 'Descending' ? -1 : 1,
  }));
  if (orders.length === 0) return rows;
  return rows.toSorted((a, b) => {
    for (const { read, sign } of orders) {
      const order = compare(read(a), read(b)) * sign;
      if (order !== 0) return order;
    }
    return 0;
  });
}
