import * as l10n from '@vscode/l10n';
import type { Finding } from '../../verification/verification.ts';
import type { ScanFinding } from './scanTypes.ts';
import { sizeText } from '../sizeText.ts';

/** What a verification would say of it, without its remedies: those are in the troubleshooting page under its code. */
export function asScanFinding({ code, severity, title, explanation }: Finding): ScanFinding {
  return { code, severity, title, ...(explanation !== '' && { detail: explanation }) };
}

/** @param largest bytes of the largest of them @param limit bytes that the target takes */
export function oversizedItems(count: number, largest: number, limit: number): ScanFinding {
  return {
    code: 'items-oversized',
    severity: 'warning',
    title:
      count === 1
        ? l10n.t('One item is larger than the target takes.')
        : l10n.t('{0} items are larger than the target takes.', count),
    detail: l10n.t(
      'The largest has {0}; the target takes about {1}, as items grow by a third on the way. Raise its request limit, or these are left behind.',
      ...[sizeText(largest), sizeText(limit)],
    ),
  };
}

export function archiveMissingAtTarget(target: string): ScanFinding {
  return {
    code: 'target-archive-missing',
    severity: 'warning',
    title: l10n.t('{0} has no archive for what is in the source’s.', target),
    detail: l10n.t('Create it before the migration, or migrate the primary mailboxes only.'),
  };
}

/** Where a job wants the archives only. */
export function noArchive(source: string): ScanFinding {
  return {
    code: 'source-archive-missing',
    severity: 'warning',
    title: l10n.t('{0} has no archive, and the job wants nothing else.', source),
  };
}

export function noTarget(source: string): ScanFinding {
  return {
    code: 'target-not-chosen',
    severity: 'warning',
    title: l10n.t('No target is chosen for {0}.', source),
  };
}

/** @param folders how many */
export function sizesNotTold(folders: number): ScanFinding {
  return {
    code: 'sizes-not-told',
    severity: 'info',
    title: l10n.t('Exchange tells no size for some folders ({0}): the sum is too small.', folders),
  };
}
