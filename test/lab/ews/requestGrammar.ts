import { isFieldUri } from './fieldUris.ts';

/** Whether a text is of a type. */
export interface TextType {
  test(text: string): boolean;
}

/** What may stand inside an element of a request, and which attributes it takes (Exchange's messages.xsd and types.xsd). */
export interface ElementRule {
  /** Child elements in order: `name`, `a|b` for a choice, followed by ?, * or + as in a regular expression. */
  readonly content?: string;
  /** Attributes; `!` after the name says that it is required. The value must match. */
  readonly attributes?: Readonly<Record<string, TextType>>;
  /** What the text must match. */
  readonly text?: TextType;
  /** The lab does not look into it, so it passes whatever is in it. */
  readonly isOpaque?: boolean;
}

const any = /^/;
const boolean = /^(true|false|0|1)$/;
const int = /^-?\d+$/;
const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;
const baseShape = /^(IdOnly|Default|AllProperties|PcxPeopleSearch)$/;
const fieldUri = { test: isFieldUri };
const idFormat = /^(EwsLegacyId|EwsId|EntryId|HexEntryId|StoreId|OwaId)$/;
const folderIds = 't:FolderId|t:DistinguishedFolderId+';
const paths = 't:FieldURI|t:IndexedFieldURI|t:ExtendedFieldURI';
const expressions = [
  't:Contains|t:Excludes|t:Exists|t:And|t:Or|t:Not|t:IsEqualTo|t:IsNotEqualTo',
  't:IsGreaterThan|t:IsGreaterThanOrEqualTo|t:IsLessThan|t:IsLessThanOrEqualTo',
].join('|');
const comparison: ElementRule = { content: `${paths} t:FieldURIOrConstant` };
const id: ElementRule = { attributes: { 'Id!': any, ChangeKey: any } };
const pagingAttributes = { MaxEntriesReturned: int };
const indexedPage: ElementRule = {
  attributes: { ...pagingAttributes, 'Offset!': int, 'BasePoint!': /^(Beginning|End)$/ },
};
const fractionalPage: ElementRule = { attributes: { ...pagingAttributes, 'Numerator!': int, 'Denominator!': int } };
const timeZone: ElementRule = { content: 't:TimeZoneDefinition' };
const emailAddress: ElementRule = {
  content: 't:Name? t:EmailAddress? t:RoutingType? t:MailboxType? t:ItemId? t:OriginalDisplayName?',
};

const distinguishedFolders = [
  'calendar contacts deleteditems drafts inbox journal notes outbox sentitems tasks msgfolderroot',
  'publicfoldersroot root junkemail searchfolders voicemail recoverableitemsroot recoverableitemsdeletions',
  'recoverableitemsversions recoverableitemspurges recoverableitemsdiscoveryholds archiveroot',
  'archivemsgfolderroot archivedeleteditems archiveinbox archiverecoverableitemsroot',
  'archiverecoverableitemsdeletions archiverecoverableitemsversions archiverecoverableitemspurges',
  'archiverecoverableitemsdiscoveryholds syncissues conflicts localfailures serverfailures recipientcache',
  'quickcontacts conversationhistory adminauditlogs todosearch mycontacts directory imcontactlist peopleconnect',
  'favorites mecontact personmetadata teamspaceactivity teamspacemessaging teamspaceworkitems scheduled',
  'orionnotes tagitems alltaggeditems externalcontacts teamchat teamchathistory yammerroot yammerinbound',
  'yammeroutbound yammerfeeds onedriveroot onedriverecylebin onedrivesystem onedrivevolume important starred',
  'archive',
];

/** Rules by element name, or by `parent/name` where the same name means two things. */
export const grammar: Readonly<Record<string, ElementRule>> = {
  's:Envelope': { content: 's:Header? s:Body' },
  'm:GetFolder': { content: 'm:FolderShape m:FolderIds' },
  'm:FindFolder': {
    content: 'm:FolderShape m:IndexedPageFolderView|m:FractionalPageFolderView? m:Restriction? m:ParentFolderIds',
    attributes: { 'Traversal!': /^(Shallow|Deep|SoftDeleted)$/ },
  },
  'm:FindItem': {
    content: [
      'm:ItemShape',
      'm:IndexedPageItemView|m:FractionalPageItemView|m:SeekToConditionPageItemView|m:CalendarView|m:ContactsView?',
      'm:GroupBy|m:DistinguishedGroupBy? m:Restriction? m:SortOrder? m:ParentFolderIds m:QueryString?',
    ].join(' '),
    attributes: { 'Traversal!': /^(Shallow|SoftDeleted|Associated)$/ },
  },
  'm:GetItem': { content: 'm:ItemShape m:ItemIds' },
  'm:ExportItems': { content: 'm:ItemIds' },
  'm:GetAttachment': { content: 'm:AttachmentShape? m:AttachmentIds' },
  'm:GetServerTimeZones': { content: 'm:Ids?', attributes: { ReturnFullTimeZoneData: boolean } },
  'm:ResolveNames': {
    content: 'm:ParentFolderIds? m:UnresolvedEntry',
    attributes: {
      'ReturnFullContactData!': boolean,
      SearchScope: /^(ActiveDirectory|ActiveDirectoryContacts|Contacts|ContactsActiveDirectory)$/,
      ContactDataShape: baseShape,
    },
  },
  'm:SyncFolderHierarchy': { content: 'm:FolderShape m:SyncFolderId? m:SyncState?' },
  'm:SyncFolderItems': {
    content: 'm:ItemShape m:SyncFolderId m:SyncState? m:Ignore? m:MaxChangesReturned m:SyncScope?',
  },
  'm:ConvertId': { content: 'm:SourceIds', attributes: { 'DestinationFormat!': idFormat } },
  'm:SourceIds': { content: 't:AlternateId+' },
  't:AlternateId': { attributes: { 'Format!': idFormat, 'Id!': any, 'Mailbox!': /./, IsArchive: boolean } },
  'm:FolderShape': { content: 't:BaseShape t:AdditionalProperties?' },
  'm:ItemShape': {
    content: [
      't:BaseShape t:IncludeMimeContent? t:BodyType? t:UniqueBodyType? t:NormalizedBodyType? t:FilterHtmlContent?',
      't:ConvertHtmlCodePageToUTF8? t:InlineImageUrlTemplate? t:BlockExternalImages? t:AddBlankTargetToLinks?',
      't:MaximumBodySize? t:AdditionalProperties?',
    ].join(' '),
  },
  'm:AttachmentShape': { content: 't:IncludeMimeContent? t:BodyType? t:FilterHtmlContent? t:AdditionalProperties?' },
  't:BaseShape': { text: baseShape },
  't:IncludeMimeContent': { text: boolean },
  't:BodyType': { text: /^(Best|HTML|Text)$/ },
  't:AdditionalProperties': { content: `${paths}+` },
  't:FieldURI': { attributes: { 'FieldURI!': fieldUri } },
  't:IndexedFieldURI': { attributes: { 'FieldURI!': any, 'FieldIndex!': any } },
  't:ExtendedFieldURI': {
    attributes: {
      DistinguishedPropertySetId: any,
      PropertySetId: any,
      PropertyTag: /^(0x[0-9a-fA-F]{1,4}|\d+)$/,
      PropertyName: any,
      PropertyId: int,
      'PropertyType!': /^[A-Z][A-Za-z]+$/,
    },
  },
  'm:FolderIds': { content: folderIds },
  'm:ParentFolderIds': { content: folderIds },
  'm:SyncFolderId': { content: 't:FolderId|t:DistinguishedFolderId' },
  't:FolderId': id,
  't:DistinguishedFolderId': {
    content: 't:Mailbox?',
    attributes: { 'Id!': new RegExp(`^(${distinguishedFolders.join(' ').split(' ').join('|')})$`), ChangeKey: any },
  },
  't:Mailbox': emailAddress,
  'm:ItemIds': { content: 't:ItemId|t:OccurrenceItemId|t:RecurringMasterItemId+' },
  'm:ExportItems/m:ItemIds': { content: 't:ItemId+' },
  'm:Ignore': { content: 't:ItemId*' },
  't:ItemId': id,
  't:OccurrenceItemId': { attributes: { 'RecurringMasterId!': any, ChangeKey: any, 'InstanceIndex!': int } },
  't:RecurringMasterItemId': { attributes: { 'OccurrenceId!': any, ChangeKey: any } },
  'm:AttachmentIds': { content: 't:AttachmentId+' },
  't:AttachmentId': { attributes: { 'Id!': any, RootItemId: any, RootItemChangeKey: any } },
  'm:IndexedPageFolderView': indexedPage,
  'm:IndexedPageItemView': indexedPage,
  'm:FractionalPageFolderView': fractionalPage,
  'm:FractionalPageItemView': fractionalPage,
  'm:SeekToConditionPageItemView': {
    content: 't:Condition',
    attributes: { ...pagingAttributes, 'BasePoint!': /^(Beginning|End)$/ },
  },
  't:Condition': { content: expressions },
  'm:CalendarView': { attributes: { ...pagingAttributes, 'StartDate!': dateTime, 'EndDate!': dateTime } },
  'm:ContactsView': { attributes: { ...pagingAttributes, InitialName: any, FinalName: any } },
  'm:GroupBy': { content: `${paths} t:AggregateOn`, attributes: { 'Order!': /^(Ascending|Descending)$/ } },
  't:AggregateOn': { content: paths, attributes: { 'Aggregate!': /^(Minimum|Maximum)$/ } },
  'm:DistinguishedGroupBy': { content: 't:StandardGroupBy', attributes: { 'Order!': /^(Ascending|Descending)$/ } },
  'm:QueryString': { attributes: { ResetCache: boolean, ReturnHighlightTerms: boolean, ReturnDeletedItems: boolean } },
  'm:Restriction': { content: expressions },
  't:And': { content: `${expressions}+` },
  't:Or': { content: `${expressions}+` },
  't:Not': { content: expressions },
  't:Exists': { content: paths },
  't:Excludes': { content: `${paths} t:Bitmask` },
  't:Bitmask': { attributes: { 'Value!': any } },
  't:Contains': {
    content: `${paths} t:Constant`,
    attributes: {
      ContainmentMode: /^(FullString|Prefixed|Substring|PrefixOnWords|ExactPhrase)$/,
      ContainmentComparison:
        /^(Exact|IgnoreCase|IgnoreNonSpacingCharacters|Loose|IgnoreCaseAndNonSpacingCharacters|LooseAndIgnoreCase|LooseAndIgnoreNonSpace|LooseAndIgnoreCaseAndIgnoreNonSpace)$/,
    },
  },
  't:IsEqualTo': comparison,
  't:IsNotEqualTo': comparison,
  't:IsGreaterThan': comparison,
  't:IsGreaterThanOrEqualTo': comparison,
  't:IsLessThan': comparison,
  't:IsLessThanOrEqualTo': comparison,
  't:FieldURIOrConstant': { content: `${paths}|t:Constant` },
  't:Constant': { attributes: { 'Value!': any } },
  'm:SortOrder': { content: 't:FieldOrder+' },
  't:FieldOrder': { content: paths, attributes: { 'Order!': /^(Ascending|Descending)$/ } },
  'm:MaxChangesReturned': { text: /^([1-9]|[1-9]\d|[1-4]\d\d|50\d|51[0-2])$/ },
  'm:SyncScope': { text: /^(NormalItems|NormalAndAssociatedItems)$/ },
  'm:Ids': { content: 't:Id*' },
  't:ExchangeImpersonation': { content: 't:ConnectingSID' },
  't:ConnectingSID': { content: 't:PrincipalName|t:SID|t:PrimarySmtpAddress|t:SmtpAddress' },
  't:RequestServerVersion': { attributes: { 'Version!': any } },
  't:MailboxCulture': {},
  't:DateTimePrecision': { text: /^(Seconds|Milliseconds)$/ },
  't:TimeZoneContext': timeZone,
};
