import { elementOf } from '../mailboxes/tree.ts';
import { extendedProperties } from './extendedProperties.ts';
import { changeKey, folderId } from './ids.ts';
import { isWanted } from './shape.ts';
import type { Presence, Shape } from './shape.ts';
import type { FolderTarget } from './targets.ts';
import { leaf, tag } from './xml.ts';

const folderKind = 2;

export const effectiveRights = (isFolder: boolean): string =>
  tag(
    't:EffectiveRights',
    {},
    leaf('t:CreateAssociated', isFolder),
    leaf('t:CreateContents', isFolder),
    leaf('t:CreateHierarchy', isFolder),
    leaf('t:Delete', true),
    leaf('t:Modify', true),
    leaf('t:Read', true),
  );

function idXml(name: string, { mailbox, folder }: FolderTarget): string {
  const key = changeKey(mailbox, folderKind, folder.number);
  return tag(name, { Id: folderId(mailbox, folder), ChangeKey: key });
}

type Property = readonly [uri: string, presence: Presence, render: (target: FolderTarget) => string];

/** In the order of BaseFolderType and FolderType in types.xsd. */
const properties: readonly Property[] = [
  ['folder:FolderId', 'id', (target) => idXml('t:FolderId', target)],
  [
    'folder:ParentFolderId',
    'all',
    ({ mailbox, folder }) => {
      const parent = mailbox.folders.byNumber(folder.parent ?? folder.number);
      return parent ? idXml('t:ParentFolderId', { mailbox, folder: parent }) : '';
    },
  ],
  [
    'folder:FolderClass',
    'all',
    ({ folder }) => (folder.folderClass === null ? '' : leaf('t:FolderClass', folder.folderClass)),
  ],
  ['folder:DisplayName', 'default', ({ mailbox, folder }) => leaf('t:DisplayName', mailbox.displayName(folder))],
  ['folder:TotalCount', 'default', ({ mailbox, folder }) => leaf('t:TotalCount', mailbox.count(folder))],
  [
    'folder:ChildFolderCount',
    'default',
    ({ mailbox, folder }) => leaf('t:ChildFolderCount', mailbox.folders.childrenOf(folder).length),
  ],
];

const afterExtended: readonly Property[] = [
  ['folder:EffectiveRights', 'all', () => effectiveRights(true)],
  [
    'folder:DistinguishedFolderId',
    'all',
    ({ folder }) => (folder.distinguished === null ? '' : leaf('t:DistinguishedFolderId', folder.distinguished)),
  ],
  [
    'folder:UnreadCount',
    'default',
    // CalendarFolder and ContactsFolder have no such element.
    ({ mailbox, folder }) =>
      ['Folder', 'TasksFolder', 'SearchFolder'].includes(elementOf(folder))
        ? leaf('t:UnreadCount', mailbox.unread(folder))
        : '',
  ],
];

const render = (list: readonly Property[], shape: Shape, target: FolderTarget): string =>
  list
    .filter(([uri, presence]) => isWanted(shape, uri, presence))
    .map(([, , xml]) => xml(target))
    .join('');

/** A folder as an element of its type with the properties of the shape. */
export function folderXml(target: FolderTarget, shape: Shape): string {
  const { mailbox, folder } = target;
  const extended = extendedProperties(shape, ({ tag: number, type }) => {
    switch (number) {
      case 0x0e08: {
        // PidTagMessageSizeExtended, and with 32 bits PidTagMessageSize
        if (mailbox.sizesUntold) return undefined;
        const bytes = mailbox.sizeOf(folder);
        return type === 'Long' || bytes < 2 ** 31 ? String(bytes) : undefined;
      }
      case 0x3001: // PidTagDisplayName
        return mailbox.displayName(folder);
      case 0x3613: // PidTagContainerClass
        return folder.folderClass ?? undefined;
      case 0x10f4: // PidTagAttributeHidden
        return 'false';
      default:
        return undefined;
    }
  });
  return tag(
    `t:${elementOf(folder)}`,
    {},
    render(properties, shape, target),
    extended,
    render(afterExtended, shape, target),
  );
}
