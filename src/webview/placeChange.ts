import * as l10n from '@vscode/l10n';
import type { WizardUi } from './wizardUi.ts';

/** Names of the migration jobs that use a connection. */
export type UsedBy = (connectionId: string) => Promise<readonly string[]>;

export interface PlaceChange {
  /** The connection that is edited; undefined: a new one, which nobody uses. */
  readonly existing: { readonly id: string; readonly name: string } | undefined;
  /** Where it led, and where it leads now: the tenant, the server. */
  readonly before: string;
  readonly after: string;
  readonly usedBy: UsedBy;
  readonly ui: Pick<WizardUi<never, never>, 'confirm'>;
}

/** Jobs that use a connection would ask another place for their mailboxes: asks whether that is meant. */
export async function mayChangePlace({ existing, before, after, usedBy, ui }: PlaceChange): Promise<boolean> {
  if (existing === undefined || before.toLowerCase() === after.toLowerCase()) return true;
  const jobs = await usedBy(existing.id);
  if (jobs.length === 0) return true;
  return ui.confirm(
    l10n.t('Let “{0}” lead to {1} instead of {2}?', existing.name, after, before),
    l10n.t(
      'These jobs use it, and would look for their mailboxes there: {0}. To keep them, make a new connection.',
      jobs.join(', '),
    ),
    l10n.t('Change'),
  );
}
