import type { ElementRule } from '../requestGrammar.ts';

/** What writing adds to the grammar of requests (Exchange's messages.xsd and types.xsd). */

const any = /^/;
const boolean = /^(true|false|0|1)$/;
const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;
const base64 = /^[A-Za-z0-9+/\s]*={0,2}\s*$/;
const sendMeeting = /^(SendToNone|SendOnlyToAll|SendToAllAndSaveCopy)$/;
const deleteType = /^(HardDelete|SoftDelete|MoveToDeletedItems)$/;
const targetFolder = 't:FolderId|t:DistinguishedFolderId|t:AddressListId';
const id: ElementRule = { attributes: { 'Id!': any, ChangeKey: any } };

/** A sequence of elements each of which may be left out. */
const optional = (names: string): string =>
  names
    .split(' ')
    .map((name) => (/[*+]$/.test(name) ? `t:${name}` : `t:${name}?`))
    .join(' ');

/** ItemType. */
const itemContent = optional(
  [
    'MimeContent ItemId ParentFolderId ItemClass Subject Sensitivity Body Attachments DateTimeReceived Size Categories',
    'Importance InReplyTo IsSubmitted IsDraft IsFromMe IsResend IsUnmodified InternetMessageHeaders DateTimeSent',
    'DateTimeCreated ResponseObjects ReminderDueBy ReminderIsSet ReminderNextTime ReminderMinutesBeforeStart DisplayCc',
    'DisplayTo DisplayBcc HasAttachments ExtendedProperty* Culture EffectiveRights LastModifiedName LastModifiedTime',
    'IsAssociated WebClientReadFormQueryString WebClientEditFormQueryString ConversationId UniqueBody Flag StoreEntryId',
    'InstanceKey NormalizedBody EntityExtractionResult PolicyTag ArchiveTag RetentionDate Preview',
    'RightsManagementLicenseData PredictedActionReasons IsClutter BlockStatus HasBlockedImages TextBody IconIndex',
  ].join(' '),
);

const messageContent = optional(
  [
    'Sender ToRecipients CcRecipients BccRecipients IsReadReceiptRequested IsDeliveryReceiptRequested ConversationIndex',
    'ConversationTopic From InternetMessageId IsRead IsResponseRequested References ReplyTo ReceivedBy',
    'ReceivedRepresenting ApprovalRequestData VotingInformation ReminderMessageData',
  ].join(' '),
);

const calendarContent = optional(
  [
    'UID RecurrenceId DateTimeStamp Start End OriginalStart IsAllDayEvent LegacyFreeBusyStatus Location When IsMeeting',
    'IsCancelled IsRecurring MeetingRequestWasSent IsResponseRequested CalendarItemType MyResponseType Organizer',
    'RequiredAttendees OptionalAttendees Resources ConflictingMeetingCount AdjacentMeetingCount ConflictingMeetings',
    'AdjacentMeetings Duration TimeZone AppointmentReplyTime AppointmentSequenceNumber AppointmentState Recurrence',
    'FirstOccurrence LastOccurrence ModifiedOccurrences DeletedOccurrences MeetingTimeZone StartTimeZone EndTimeZone',
    'ConferenceType AllowNewTimeProposal IsOnlineMeeting MeetingWorkspaceUrl NetShowUrl EnhancedLocation StartWallClock',
    'EndWallClock StartTimeZoneId EndTimeZoneId',
  ].join(' '),
);

const contactContent = optional(
  [
    'FileAs FileAsMapping DisplayName GivenName Initials MiddleName Nickname CompleteName CompanyName EmailAddresses',
    'PhysicalAddresses PhoneNumbers AssistantName Birthday BusinessHomePage Children Companies ContactSource Department',
    'Generation ImAddresses JobTitle Manager Mileage OfficeLocation PostalAddressIndex Profession SpouseName Surname',
    'WeddingAnniversary HasPicture PhoneticFullName PhoneticFirstName PhoneticLastName Alias Notes Photo',
  ].join(' '),
);

const taskContent = optional(
  [
    'ActualWork AssignedTime BillingInformation ChangeCount Companies CompleteDate Contacts DelegationState Delegator',
    'DueDate IsAssignmentEditable IsComplete IsRecurring IsTeamTask Mileage Owner PercentComplete Recurrence StartDate',
    'Status StatusDescription TotalWork',
  ].join(' '),
);

const folderContent = optional(
  [
    'FolderId ParentFolderId FolderClass DisplayName TotalCount ChildFolderCount ExtendedProperty*',
    'ManagedFolderInformation EffectiveRights DistinguishedFolderId PolicyTag ArchiveTag',
  ].join(' '),
);

const recipients: ElementRule = { content: 't:Mailbox*' };
const attendees: ElementRule = { content: 't:Attendee+' };

/** Structures that the lab does not look into. */
const opaque = Object.fromEntries(
  [
    'CompleteName PhysicalAddresses PhoneNumbers ImAddresses Companies Children Contacts Recurrence MeetingTimeZone',
    'StartTimeZone EndTimeZone EnhancedLocation FirstOccurrence LastOccurrence ModifiedOccurrences DeletedOccurrences',
    'ConflictingMeetings AdjacentMeetings PermissionSet ManagedFolderInformation EffectiveRights ResponseObjects',
    'InternetMessageHeaders Flag VotingInformation ApprovalRequestData ReminderMessageData EntityExtractionResult',
    'RightsManagementLicenseData PredictedActionReasons PolicyTag ArchiveTag SearchParameters ItemAttachment',
    'ReferenceAttachment UniqueBody NormalizedBody TextBody ConversationId ReplyTo Resources',
  ]
    .join(' ')
    .split(' ')
    .map((name): [string, ElementRule] => [`t:${name}`, { isOpaque: true }]),
);

const flags = Object.fromEntries(
  'IsRead IsReadReceiptRequested IsDeliveryReceiptRequested IsAllDayEvent IsResponseRequested ReminderIsSet IsComplete'
    .split(' ')
    .map((name): [string, ElementRule] => [`t:${name}`, { text: boolean }]),
);

const times = Object.fromEntries(
  'Start End DueDate StartDate CompleteDate DateTimeReceived DateTimeSent DateTimeCreated'
    .split(' ')
    .map((name): [string, ElementRule] => [`t:${name}`, { text: dateTime }]),
);

export const writeGrammar: Readonly<Record<string, ElementRule>> = {
  ...opaque,
  ...flags,
  ...times,
  'm:UploadItems': { content: 'm:Items' },
  'm:UploadItems/m:Items': { content: 't:Item+' },
  't:Item': {
    content: 't:ParentFolderId t:ItemId? t:Data',
    attributes: { 'CreateAction!': /^(CreateNew|Update|UpdateOrCreate)$/, IsAssociated: boolean },
  },
  't:ParentFolderId': id,
  't:Data': { text: base64 },
  'm:CreateItem': {
    content: 'm:SavedItemFolderId? m:Items',
    attributes: { MessageDisposition: /^(SaveOnly|SendOnly|SendAndSaveCopy)$/, SendMeetingInvitations: sendMeeting },
  },
  'm:SavedItemFolderId': { content: targetFolder },
  't:AddressListId': { attributes: { 'Id!': any } },
  'm:CreateItem/m:Items': { content: 't:Message|t:PostItem|t:CalendarItem|t:Contact|t:Task+' },
  't:Message': { content: `${itemContent} ${messageContent}` },
  't:PostItem': {
    content: `${itemContent} ${optional('ConversationIndex ConversationTopic From InternetMessageId IsRead PostedTime References Sender')}`,
  },
  't:CalendarItem': { content: `${itemContent} ${calendarContent}` },
  't:Contact': { content: `${itemContent} ${contactContent}` },
  't:Task': { content: `${itemContent} ${taskContent}` },
  't:MimeContent': { attributes: { CharacterSet: any } },
  't:Body': { attributes: { 'BodyType!': /^(HTML|Text)$/, IsTruncated: boolean } },
  't:Sensitivity': { text: /^(Normal|Personal|Private|Confidential)$/ },
  't:Importance': { text: /^(Low|Normal|High)$/ },
  't:Categories': { content: 't:String*' },
  't:Attachments': { content: 't:FileAttachment|t:ItemAttachment|t:ReferenceAttachment+' },
  't:FileAttachment': {
    content: optional(
      'AttachmentId Name ContentType ContentId ContentLocation Size LastModifiedTime IsInline IsContactPhoto Content',
    ),
  },
  't:Content': { text: base64 },
  't:ExtendedProperty': { content: 't:ExtendedFieldURI t:Value|t:Values' },
  't:Values': { content: 't:Value+' },
  't:Sender': { content: 't:Mailbox' },
  't:From': { content: 't:Mailbox' },
  't:ReceivedBy': { content: 't:Mailbox' },
  't:ReceivedRepresenting': { content: 't:Mailbox' },
  't:ToRecipients': recipients,
  't:CcRecipients': recipients,
  't:BccRecipients': recipients,
  't:RequiredAttendees': attendees,
  't:OptionalAttendees': attendees,
  't:Organizer': { content: 't:Mailbox' },
  't:Attendee': { content: 't:Mailbox t:ResponseType? t:LastResponseTime? t:ProposedStart? t:ProposedEnd?' },
  't:EmailAddresses': { content: 't:Entry+' },
  't:Entry': { attributes: { 'Key!': any, Name: any, RoutingType: any, MailboxType: any } },
  'm:CreateFolder': { content: 'm:ParentFolderId m:Folders' },
  'm:ParentFolderId': { content: targetFolder },
  'm:Folders': { content: 't:Folder|t:CalendarFolder|t:ContactsFolder|t:SearchFolder|t:TasksFolder+' },
  't:Folder': { content: `${folderContent} t:PermissionSet? t:UnreadCount?` },
  't:CalendarFolder': { content: `${folderContent} t:SharingEffectiveRights? t:PermissionSet?` },
  't:ContactsFolder': { content: `${folderContent} t:SharingEffectiveRights? t:PermissionSet?` },
  't:TasksFolder': { content: `${folderContent} t:PermissionSet? t:UnreadCount?` },
  't:SearchFolder': { content: `${folderContent} t:PermissionSet? t:UnreadCount? t:SearchParameters?` },
  'm:DeleteItem': {
    content: 'm:ItemIds',
    attributes: {
      'DeleteType!': deleteType,
      SendMeetingCancellations: sendMeeting,
      AffectedTaskOccurrences: /^(AllOccurrences|SpecifiedOccurrenceOnly)$/,
      SuppressReadReceipts: boolean,
    },
  },
  'm:DeleteFolder': { content: 'm:FolderIds', attributes: { 'DeleteType!': deleteType } },
};
