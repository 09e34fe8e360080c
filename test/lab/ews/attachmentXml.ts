import type { LabItem } from '../mailboxes/item.ts';
import type { Mailbox } from '../mailboxes/mailbox.ts';
import { attachmentId } from './ids.ts';
import { dateTime, leaf, tag } from './xml.ts';

/** A file attachment; with its content only in answers to GetAttachment. */
export function attachmentXml(mailbox: Mailbox, item: LabItem, index: number, withContent: boolean): string {
  const attachment = item.attachments[index];
  if (!attachment) throw new RangeError(`The item has no attachment ${index}.`);
  return tag(
    't:FileAttachment',
    {},
    tag('t:AttachmentId', { Id: attachmentId(mailbox, item, index) }),
    leaf('t:Name', attachment.name),
    leaf('t:ContentType', attachment.contentType),
    attachment.contentId === null ? '' : leaf('t:ContentId', attachment.contentId),
    leaf('t:Size', attachment.size),
    leaf('t:LastModifiedTime', dateTime(item.received)),
    leaf('t:IsInline', attachment.contentId !== null),
    leaf('t:IsContactPhoto', false),
    withContent ? leaf('t:Content', attachment.content().toString('base64')) : '',
  );
}
