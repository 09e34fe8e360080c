import * as l10n from '@vscode/l10n';
import type { FolderRole, RecoverableRole } from '../../migration/content/folderRoles.ts';
import type { Choice } from '../protocol.ts';

export function folderChoices(): readonly Choice<FolderRole>[] {
  return [
    { id: 'inbox', label: l10n.t('Inbox') },
    { id: 'sentitems', label: l10n.t('Sent Items') },
    { id: 'drafts', label: l10n.t('Drafts') },
    { id: 'outbox', label: l10n.t('Outbox') },
    { id: 'deleteditems', label: l10n.t('Deleted Items') },
    { id: 'junkemail', label: l10n.t('Junk E-mail') },
    { id: 'archive', label: l10n.t('Archive folder') },
    { id: 'conversationhistory', label: l10n.t('Conversation History') },
    { id: 'calendar', label: l10n.t('Calendar') },
    { id: 'contacts', label: l10n.t('Contacts') },
    { id: 'tasks', label: l10n.t('Tasks') },
    { id: 'notes', label: l10n.t('Notes') },
    { id: 'journal', label: l10n.t('Journal') },
    { id: 'syncissues', label: l10n.t('Sync Issues') },
    { id: 'other', label: l10n.t('Folders of the user’s own') },
  ];
}

export function recoverableChoices(): readonly Choice<RecoverableRole>[] {
  return [
    { id: 'recoverableitemsdeletions', label: l10n.t('Deleted by users') },
    { id: 'recoverableitemsversions', label: l10n.t('Earlier versions') },
    { id: 'recoverableitemspurges', label: l10n.t('Purged') },
    { id: 'recoverableitemsdiscoveryholds', label: l10n.t('Held for a search') },
  ];
}
