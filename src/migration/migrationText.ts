import * as l10n from '@vscode/l10n';
import type { PatternFault } from './starPattern.ts';
import type { UnwantedFolder, UnwantedItem } from './content/wanted.ts';
import type { InputFault, MailboxFileError, Place, Problem } from './inputFault.ts';
import type { JobNameFault } from './jobName.ts';
import type { SourceMailbox } from './mailbox.ts';
import type { Match } from './matching/mailboxMatching.ts';
import type { RewriteFault } from './matching/matchRule.ts';

/** What is wrong with a row or an entry, and where. */
export function inputFaultText(fault: InputFault): string {
  return l10n.t('{0}: {1}', placeText(fault.place), problemText(fault));
}

function placeText(place: Place): string {
  if (place.in === 'list') return l10n.t('Line {0}, position {1}', place.line, place.position);
  const { row, line, column, header } = place;
  const where = row === line ? l10n.t('Row {0}', row) : l10n.t('Row {0} (line {1})', row, line);
  if (column === undefined) return where;
  return header === undefined
    ? l10n.t('{0}, column {1}', where, column)
    : l10n.t('{0}, column {1} ({2})', where, column, header);
}

function problemText(problem: Problem): string {
  switch (problem.reason) {
    case 'quoteNotClosed':
      return l10n.t('the quotation mark is not closed.');
    case 'textAfterQuote':
      return l10n.t('text follows the closing quotation mark. Quotation marks in quotes are written twice.');
    case 'rowTooLong':
      return l10n.t('the row is longer than {0} characters.', problem.limit);
    case 'tooManyCells':
      return problem.expected === 1
        ? l10n.t(
            'the row has {0} cells, but there is one column. A cell with a delimiter in it needs quotes.',
            problem.found,
          )
        : l10n.t(
            'the row has {0} cells, but the header has {1}. A cell with a delimiter in it needs quotes.',
            ...[problem.found, problem.expected],
          );
    case 'addressMissing':
      return l10n.t('the address is missing.');
    case 'notAnAddress':
    case 'targetNotAnAddress':
      return l10n.t('“{0}” is not an e-mail address.', problem.value);
    case 'unreadableCharacter':
      return l10n.t('“{0}” has a letter that cannot be read. Save the file as UTF-8.', problem.value);
    case 'mailboxTwice':
      return problem.first.in === 'file'
        ? l10n.t('{0} is in row {1} already.', problem.address, problem.first.row)
        : l10n.t('{0} is in line {1} already.', problem.address, problem.first.line);
    case 'foreignDomain':
      return l10n.t(
        '{0} belongs to {1}, which is not a domain of the source’s tenant.',
        ...[problem.address, problem.domain],
      );
  }
}

/** Why a file of mailboxes cannot be used at all. */
export function mailboxFileErrorText({ reason }: MailboxFileError): string {
  switch (reason) {
    case 'empty':
      return l10n.t('Nothing is in this file.');
    case 'tooLarge':
      return l10n.t('The file has more than 500 MB. Divide it, or leave out columns that are not needed.');
    case 'noAddressColumn':
      return l10n.t('No column is known to hold addresses. Choose the one that does.');
    case 'noSuchColumn':
      return l10n.t('A column that was chosen is not in this file. Choose again.');
    case 'listNotWrittenOut':
      return l10n.t(
        'The column of all addresses holds the name of a list instead. Export it as {0}.',
        "@{n='EmailAddresses';e={$_.EmailAddresses -join ' '}}",
      );
  }
}

/** Others that a text names one by one. */
const namedOthers = 3;

/** What has become of a source, in a sentence. @param row which source it is */
export function matchText(match: Match, row: number, sources: readonly SourceMailbox[]): string {
  switch (match.state) {
    case 'matched':
      return l10n.t('Goes to {0}.', match.target);
    case 'ambiguous':
      return l10n.t('Several mailboxes of the target fit: {0}. Choose one.', listed(match.candidates));
    case 'missing':
      return match.wanted === undefined
        ? l10n.t('No rule says where this mailbox goes. Choose a target.')
        : l10n.t('{0} is not on the target. Create it there, or choose another one.', match.wanted);
    case 'duplicate': {
      const others = match.rows.filter((other) => other !== row).map((other) => sourceName(sources[other]));
      return l10n.t(
        '{0} is the target of {1}, too. Choose another one for all but one of them.',
        match.target,
        listed(others),
      );
    }
    case 'excluded':
      if ('byHand' in match.because) return l10n.t('Is not migrated: somebody has decided so.');
      return 'excludedBy' in match.because
        ? l10n.t('Is not migrated: the pattern {0} excludes it.', match.because.excludedBy)
        : l10n.t('Is not migrated: no pattern includes it.');
  }
}

function sourceName(mailbox: SourceMailbox | undefined): string {
  if (mailbox?.place === undefined) return mailbox?.address ?? '';
  return mailbox.place.in === 'file'
    ? l10n.t('{0} (row {1})', mailbox.address, mailbox.place.row)
    : l10n.t('{0} (line {1})', mailbox.address, mailbox.place.line);
}

function listed(names: readonly string[]): string {
  const named = names.slice(0, namedOthers).join(', ');
  const more = names.length - namedOthers;
  if (more <= 0) return named;
  return more === 1 ? l10n.t('{0} and one more', named) : l10n.t('{0} and {1} more', named, more);
}

/** Why a text is no pattern of addresses. */
export function patternFaultText(fault: PatternFault | RewriteFault): string {
  switch (fault) {
    case 'empty':
      return l10n.t('Enter a pattern, such as *@contoso.com.');
    case 'blank':
      return l10n.t('Addresses have no blanks. Enter one pattern a line.');
    case 'tooLong':
      return l10n.t('The pattern is longer than any address.');
    case 'tooManyStars':
      return l10n.t('The pattern has too many stars.');
    case 'starsDiffer':
      return l10n.t('The target has more stars than the source: nothing could stand for them.');
    case 'targetIsNoAddress':
      return l10n.t('The target has to be an address, such as *@contoso.com.');
  }
}

/** Why a job cannot have a name. */
export function jobNameFaultText(fault: JobNameFault): string {
  switch (fault.reason) {
    case 'empty':
      return l10n.t('Enter a name for the job.');
    case 'tooLong':
      return l10n.t('A name has at most {0} characters.', fault.limit);
    case 'forbiddenCharacter':
      return l10n.t('A name cannot contain {0}. None of these can be in it: {1}', fault.character, '\\ / : * ? < > |');
    case 'invisibleCharacter':
      return l10n.t('The name has a character that cannot be seen. Type it anew.');
    case 'taken':
      return l10n.t('The job “{0}” has this name. Choose another one.', fault.by);
  }
}

/** Why a folder or an item is not migrated. */
export function unwantedText(reason: UnwantedFolder | UnwantedItem): string {
  switch (reason) {
    case 'searchFolder':
      return l10n.t('A search folder shows items of other folders, which are migrated there.');
    case 'recoverable':
      return l10n.t('This part of Recoverable Items is not wanted.');
    case 'excludedFolder':
      return l10n.t('Folders of this kind are excluded.');
    case 'notIncludedFolder':
      return l10n.t('Folders of this kind are not included.');
    case 'tooEarly':
      return l10n.t('The item is older than the first day wanted.');
    case 'tooLate':
      return l10n.t('The item is newer than the last day wanted.');
    case 'excludedClass':
      return l10n.t('Items of this class are excluded.');
    case 'notIncludedClass':
      return l10n.t('Items of this class are not included.');
    case 'tooLarge':
      return l10n.t('The item is larger than wanted.');
  }
}
