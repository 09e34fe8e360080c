import * as l10n from '@vscode/l10n';
import type { DefinitionStore } from '../../connections/definitionStore.ts';
import type { JobDefinition } from '../../migration/jobDefinition.ts';

/**
 * What to say in a wizard whose job was changed elsewhere; undefined: it was not.
 * @param basedOn revision that the wizard began with, or has saved; undefined: none
 */
export async function changedElsewhere(
  jobs: DefinitionStore<JobDefinition>,
  existing: JobDefinition | undefined,
  basedOn: string | undefined,
): Promise<string | undefined> {
  if (existing === undefined || basedOn === undefined) return undefined;
  const { definitions } = await jobs.list();
  const now = definitions.find(({ id }) => id === existing.id);
  if (now?.revision === basedOn) return undefined;
  return now
    ? l10n.t(
        'This job was changed elsewhere since this wizard was opened. Finish replaces that change; Cancel keeps it.',
      )
    : l10n.t('This job was deleted elsewhere since this wizard was opened. Finish saves it again.');
}
