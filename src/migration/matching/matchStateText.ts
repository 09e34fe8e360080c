import * as l10n from '@vscode/l10n';
import type { JobMailbox } from '../jobDefinition.ts';

/** What matching had decided of a mailbox when its job was saved. */
export type MatchState = NonNullable<JobMailbox['match']>['state'];

/** What such a state is called. */
export function matchStateText(state: MatchState): string {
  switch (state) {
    case 'matched':
      return l10n.t('Matched');
    case 'ambiguous':
      return l10n.t('Ambiguous');
    case 'missing':
      return l10n.t('Missing on target');
    case 'duplicate':
      return l10n.t('Duplicate');
    case 'excluded':
      return l10n.t('Excluded');
  }
}
