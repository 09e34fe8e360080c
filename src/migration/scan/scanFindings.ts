import * as l10n from '@vscode/l10n';
import { psQuote } from '../../identity/registration/quote.ts';
import { raiseRequestLimit } from '../../verification/target/findings/requestLimit.ts';
import type { Finding } from '../../verification/verification.ts';
import { sizeText } from '../sizeText.ts';
import { withoutButtons } from '../withoutButtons.ts';
import type { ScanFinding } from './scanTypes.ts';

/** As it is kept with what was scanned. */
export function asScanFinding(finding: Finding): ScanFinding {
  const { code, severity, title, explanation, remedies } = withoutButtons(finding);
  return {
    ...{ code, severity, title },
    ...(explanation !== '' && { detail: explanation }),
    ...(remedies.length > 0 && { remedies }),
  };
}

/** A kept one as any other finding. */
export function fromScanFinding({ code, severity, title, detail = '', remedies = [] }: ScanFinding): Finding {
  return { code, severity, title, explanation: detail, remedies };
}

/** @param largest bytes of the largest of them @param limit bytes that the target takes */
export function oversizedItems(count: number, largest: number, limit: number): Finding {
  return {
    code: 'items-oversized',
    severity: 'warning',
    title:
      count === 1
        ? l10n.t('One item is larger than the target takes.')
        : l10n.t('{0} items are larger than the target takes.', count),
    explanation: l10n.t(
      'The largest has {0}; the target takes about {1}, as items grow by a third on the way. Raise its request limit, or these are left behind.',
      ...[sizeText(largest), sizeText(limit)],
    ),
    remedies: [
      ...raiseRequestLimit(undefined),
      { text: l10n.t('Then verify the target connection, which finds out the new limit, and scan again.') },
      { text: l10n.t('Or have the owner of the mailbox save these items elsewhere.') },
    ],
  };
}

export function archiveMissingAtTarget(target: string): Finding {
  return {
    code: 'target-archive-missing',
    severity: 'warning',
    title: l10n.t('{0} has no archive for what is in the source’s.', target),
    explanation: l10n.t('Create it before the migration, or migrate the primary mailboxes only.'),
    remedies: [
      {
        text: l10n.t('Create the archive, in the Exchange Management Shell of the target:'),
        command: `Enable-Mailbox -Identity ${psQuote(target)} -Archive`,
      },
      { text: l10n.t('Or choose under Source mailboxes that the job migrates the primary mailboxes only.') },
    ],
  };
}

/** Where a job wants the archives only. */
export function noArchive(source: string): Finding {
  return {
    code: 'source-archive-missing',
    severity: 'warning',
    title: l10n.t('{0} has no archive, and the job wants nothing else.', source),
    explanation: l10n.t('Nothing of this mailbox would be migrated.'),
    remedies: [
      {
        text: l10n.t(
          'Remove it from the job, or choose under Source mailboxes that primary mailboxes are migrated, too.',
        ),
      },
    ],
  };
}

export function noTarget(source: string): Finding {
  return {
    code: 'target-not-chosen',
    severity: 'warning',
    title: l10n.t('No target is chosen for {0}.', source),
    explanation: l10n.t('Where its content would go is not known.'),
    remedies: [
      { text: l10n.t('Choose a target for it under Target mailboxes, or decide there that it is not migrated.') },
    ],
  };
}

/** @param folders how many */
export function sizesNotTold(folders: number): Finding {
  return {
    code: 'sizes-not-told',
    severity: 'info',
    title: l10n.t('Exchange tells no size for some folders ({0}): the sum is too small.', folders),
    explanation: l10n.t('The estimate is too low by as much.'),
    remedies: [],
  };
}

/** Each kind once, by samples of nobody's mailboxes: what the page docs/troubleshooting.md says of a scan. */
export function scanFindingSamples(): readonly Finding[] {
  const [source, target] = ['anna@contoso.com', 'anna@corp.contoso.com'];
  return [
    oversizedItems(3, 80_000_000, 50_328_576),
    ...[archiveMissingAtTarget(target), noArchive(source), noTarget(source), sizesNotTold(2)],
  ];
}
