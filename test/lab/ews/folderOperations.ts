import type { Operation } from './context.ts';
import { folderXml } from './folderXml.ts';
import { pageOf } from './paging.ts';
import { folderField, predicate } from './query.ts';
import { responseMessages } from './responses.ts';
import { readShape } from './shape.ts';
import { findFolder } from './targets.ts';
import { tag } from './xml.ts';
import { child } from './xmlReader.ts';

export const getFolder: Operation = (context) => {
  const shape = readShape(child(context.request, 'm:FolderShape'));
  const asked = child(context.request, 'm:FolderIds')?.children ?? [];
  return responseMessages(
    'GetFolder',
    asked,
    (id) => tag('m:Folders', {}, folderXml(findFolder(context, id), shape)),
    tag('m:Folders', {}),
  );
};

export const findFolders: Operation = (context) => {
  const { request } = context;
  const shape = readShape(child(request, 'm:FolderShape'));
  const view = child(request, 'm:IndexedPageFolderView') ?? child(request, 'm:FractionalPageFolderView');
  const restriction = child(request, 'm:Restriction');
  const traversal = request.attributes.get('Traversal');
  return responseMessages('FindFolder', child(request, 'm:ParentFolderIds')?.children ?? [], (id) => {
    const { mailbox, folder } = findFolder(context, id);
    const below =
      traversal === 'Deep'
        ? mailbox.folders.descendantsOf(folder)
        : traversal === 'Shallow'
          ? mailbox.folders.childrenOf(folder)
          : [];
    const all = below.map((one) => ({ mailbox, folder: one }));
    const matching = restriction ? all.filter(predicate(restriction, folderField)) : all;
    const { rows, attributes } = pageOf(matching, view, restriction !== undefined);
    return tag('m:RootFolder', attributes, tag('t:Folders', {}, ...rows.map((row) => folderXml(row, shape))));
  });
};
