import * as l10n from '@vscode/l10n';

/** What is wrong with the fields of a step. */
export type FieldErrorsOf<Id extends string> = Readonly<Partial<Record<Id, string>>>;

interface NamedField<Id extends string> {
  readonly id: Id;
  readonly label: () => string;
}

/**
 * What to tell a screen reader about errors that have just come up, as the user is elsewhere by then.
 * @returns undefined when there is nothing new
 */
export function newErrorText<Id extends string>(
  before: FieldErrorsOf<Id>,
  after: FieldErrorsOf<Id>,
  fields: readonly NamedField<Id>[],
): string | undefined {
  const news = fields.filter(({ id }) => after[id] !== undefined && after[id] !== before[id]);
  const [first] = news;
  if (!first) return undefined;
  if (news.length > 1) return l10n.t('{0} fields need your attention.', news.length);
  return l10n.t('{0}: {1}', first.label(), after[first.id] ?? '');
}
