import type { ItemKind } from './item.ts';

export const itemClasses: Readonly<Record<ItemKind, string>> = {
  message: 'IPM.Note',
  meetingRequest: 'IPM.Schedule.Meeting.Request',
  appointment: 'IPM.Appointment',
  contact: 'IPM.Contact',
  task: 'IPM.Task',
  note: 'IPM.StickyNote',
};

const isOf = (itemClass: string, base: string): boolean =>
  itemClass.toLowerCase() === base.toLowerCase() || itemClass.toLowerCase().startsWith(`${base.toLowerCase()}.`);

/** What an item of a class is shown as; what has no kind of its own is shown as a message. */
export function kindOfClass(itemClass: string): ItemKind {
  const kinds: readonly ItemKind[] = ['meetingRequest', 'appointment', 'contact', 'task', 'note'];
  return kinds.find((kind) => isOf(itemClass, itemClasses[kind])) ?? 'message';
}
