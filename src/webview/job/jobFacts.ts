import * as l10n from '@vscode/l10n';
import type { Choice } from '../protocol.ts';
import { folderChoices } from './folderChoices.ts';
import { linesOf } from './jobForm.ts';
import type { JobForm, MatchesView } from './jobProtocol.ts';

/** What a job will do, in names and values, for a last look. */
export function jobFacts(
  form: JobForm,
  { sources, targets }: { readonly sources: readonly Choice<string>[]; readonly targets: readonly Choice<string>[] },
  matches: MatchesView,
): readonly (readonly [name: string, value: string])[] {
  const nameOf = (choices: readonly Choice<string>[], id: string): string =>
    choices.find((choice) => choice.id === id)?.label ?? '';
  return [
    [l10n.t('Source'), nameOf(sources, form.source)],
    [l10n.t('Target'), nameOf(targets, form.target)],
    [l10n.t('Mailboxes'), mailboxesText(matches)],
    [l10n.t('Parts'), partsText(form.parts)],
    [l10n.t('Folders'), foldersText(form)],
    [l10n.t('Items'), itemsText(form)],
    [l10n.t('Start'), form.start === 'now' ? l10n.t('when it is started') : form.at],
    [l10n.t('Hours'), form.limitHours ? l10n.t('at certain hours, {0}', form.timeZone) : l10n.t('any')],
    [l10n.t('Speed'), l10n.t('{0} mailboxes at once, {1} items per batch', form.mailboxesAtOnce, form.itemsPerBatch)],
  ];
}

function mailboxesText({ counts: { matched }, total, lookUp, asked }: MatchesView): string {
  if (lookUp === 'running')
    return l10n.t('Asking the target: {0} of {1}…', asked.toLocaleString(), total.toLocaleString());
  const isCertain = lookUp === 'done';
  return [
    l10n.t('{0} of {1} have a target.', matched.toLocaleString(), total.toLocaleString()),
    ...(matched === total ? [] : [l10n.t('The others are not migrated.')]),
    ...(isCertain ? [] : [l10n.t('The target was not asked for all: whether these are there is not certain.')]),
  ].join(' ');
}

function partsText(parts: JobForm['parts']): string {
  switch (parts) {
    case 'primary':
      return l10n.t('Primary mailbox');
    case 'archive':
      return l10n.t('Archive');
    case 'both':
      return l10n.t('Primary mailbox and archive');
  }
}

/** By the shorter list: what is migrated, or what is not. */
function foldersText({ folders, recoverable }: JobForm): string {
  const choices = folderChoices();
  const names = (isWanted: boolean): string =>
    choices
      .filter(({ id }) => folders.includes(id) === isWanted)
      .map(({ label }) => label)
      .join(', ');
  if (folders.length === 0) return l10n.t('Recoverable Items only');
  const all =
    folders.length === choices.length
      ? l10n.t('all')
      : folders.length > choices.length / 2
        ? l10n.t('all but {0}', names(false))
        : names(true);
  return recoverable.length === 0 ? all : l10n.t('{0}, and Recoverable Items', all);
}

function itemsText({ from, until, includeClasses, excludeClasses, maximumSize }: JobForm): string {
  const parts = [
    from.trim() === '' ? '' : l10n.t('from {0}', from.trim()),
    until.trim() === '' ? '' : l10n.t('until {0}', until.trim()),
    linesOf(includeClasses).length === 0 ? '' : l10n.t('only {0}', linesOf(includeClasses).join(', ')),
    linesOf(excludeClasses).length === 0 ? '' : l10n.t('without {0}', linesOf(excludeClasses).join(', ')),
    maximumSize.trim() === '' ? '' : l10n.t('at most {0} MB each', maximumSize.trim()),
  ].filter((part) => part !== '');
  return parts.length === 0 ? l10n.t('all') : parts.join(', ');
}
