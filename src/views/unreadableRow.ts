import * as l10n from '@vscode/l10n';
import type { UnreadableDefinition } from '../connections/definitionFiles.ts';
import type { Row } from './connectionRow.ts';
import { escapeMarkdown } from './escapeMarkdown.ts';

/** A definition file that cannot be used. It stays as it is until a person mends or deletes it. */
export function unreadableRow({ fileName, reason, place }: UnreadableDefinition): Row {
  const why = reasonText(reason);
  const where = place === '' ? '' : ` (${escapeMarkdown(place)})`;
  return {
    // The name of the file is an id, so long that what follows it would be cut off.
    label: why,
    description: fileName,
    icon: 'file-code',
    color: 'list.errorForeground',
    contextValue: 'unreadable',
    tooltip: `${why}${where}: ${escapeMarkdown(fileName)}\n\n${l10n.t('The file is left as it is. Reveal it to mend or remove it.')}`,
    spoken: `${why}, ${fileName}`,
  };
}

function reasonText(reason: UnreadableDefinition['reason']): string {
  switch (reason) {
    case 'notJson':
      return l10n.t('Damaged: not valid JSON');
    case 'invalid':
      return l10n.t('Damaged: not a valid definition');
    case 'newerVersion':
      return l10n.t('Made by a newer version of this extension');
    case 'noAccess':
      return l10n.t('Cannot be read');
  }
}
