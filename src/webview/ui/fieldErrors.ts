import * as l10n from '@vscode/l10n';
import type { FieldErrors, FieldId } from '../protocol.ts';

interface NamedField {
  readonly id: FieldId;
  readonly label: () => string;
}

/**
 * What to tell a screen reader about errors that have just come up, as the user is elsewhere by then.
 * @returns undefined when there is nothing new
 */
export function newErrorText(
  before: FieldErrors,
  after: FieldErrors,
  fields: readonly NamedField[],
): string | undefined {
  const news = fields.filter(({ id }) => after[id] !== undefined && after[id] !== before[id]);
  const [first] = news;
  if (!first) return undefined;
  if (news.length > 1) return l10n.t('{0} fields need your attention.', news.length);
  return l10n.t('{0}: {1}', first.label(), after[first.id] ?? '');
}
