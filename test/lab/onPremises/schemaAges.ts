import { SchemaViolation } from '../ews/fault.ts';
import { requestedSchemas } from '../ews/requestedSchemas.ts';
import type { XmlElement } from '../ews/xmlReader.ts';
import { newestSchema } from './versions.ts';
import type { ServerVersionName } from './versions.ts';

/** Names that came with a later schema: an older server's own schema does not know them. */
const ages: Readonly<Record<string, string>> = Object.fromEntries(
  (
    [
      [
        'Exchange2010_SP1',
        [
          'recoverableitemsroot recoverableitemsdeletions recoverableitemsversions recoverableitemspurges archiveroot',
          'archivemsgfolderroot archivedeleteditems archiverecoverableitemsroot archiverecoverableitemsdeletions',
          'archiverecoverableitemsversions archiverecoverableitemspurges',
        ],
      ],
      ['Exchange2010_SP2', ['item:StoreEntryId']],
      [
        'Exchange2013',
        [
          'folder:DistinguishedFolderId folder:PolicyTag folder:ArchiveTag folder:ReplicaList item:Flag item:InstanceKey',
          'item:NormalizedBody item:EntityExtractionResult item:PolicyTag item:ArchiveTag item:RetentionDate item:Preview',
          'item:TextBody item:IconIndex item:RightsManagementLicenseData syncissues conflicts localfailures serverfailures',
          'recipientcache quickcontacts conversationhistory adminauditlogs todosearch mycontacts directory imcontactlist',
          'peopleconnect favorites @SuppressReadReceipts',
        ],
      ],
      [
        'Exchange2016',
        [
          'archive item:MimeContentUTF8 item:Mentions item:MentionedMe item:Hashtags calendar:DoNotForwardMeeting',
          'mecontact personmetadata',
        ],
      ],
    ] as const
  ).flatMap(([schema, lines]) =>
    lines.flatMap((line) => line.split(' ')).map((name): [string, string] => [name, schema]),
  ),
);

/** Attributes whose values are lists of names in the schema. */
const listed: Readonly<Record<string, string>> = { 't:FieldURI': 'FieldURI', 't:DistinguishedFolderId': 'Id' };

/**
 * Refuses what the schema of a server's version does not have yet.
 * @throws SchemaViolation in the words of the schema's validation
 */
export function checkSchemaAge(element: XmlElement, version: ServerVersionName): void {
  const isTooNew = (name: string): boolean =>
    requestedSchemas.indexOf(ages[name] ?? '') > requestedSchemas.indexOf(newestSchema[version]);
  for (const [name, value] of element.attributes) {
    if (isTooNew(`@${name}`)) throw new SchemaViolation(`The '${name}' attribute is not declared.`, element);
    if (listed[element.name] === name && isTooNew(value)) {
      throw new SchemaViolation(
        `The '${name}' attribute is invalid - The value '${value}' is invalid according to its datatype - The Enumeration constraint failed.`,
        element,
      );
    }
  }
  for (const child of element.children) checkSchemaAge(child, version);
}
