import * as l10n from '@vscode/l10n';
import type { AnyCheckId } from './verification.ts';

/** A check's title as a person reads it. */
export function checkTitle(id: AnyCheckId): string {
  switch (id) {
    case 'sign-in-service':
      return l10n.t('Reach the sign-in service');
    case 'clock':
      return l10n.t('Compare the clocks');
    case 'sign-in':
      return l10n.t('Sign in');
    case 'permissions':
      return l10n.t('Permissions');
    case 'ews-endpoint':
      return l10n.t('Find the EWS address');
    case 'ews-access':
      return l10n.t('EWS access');
    case 'ews-retirement':
      return l10n.t('Time left for EWS');
    case 'mailbox-access':
      return l10n.t('Open the test mailbox');
    case 'export':
      return l10n.t('Export one item');
    case 'mailbox-list':
      return l10n.t('List the mailboxes');
    case 'latency':
      return l10n.t('Measure the way to Exchange');
    case 'throttling':
      return l10n.t('Throttling');
    case 'reach':
      return l10n.t('Reach the server');
    case 'tls':
      return l10n.t('TLS and certificate');
    case 'authentication':
      return l10n.t('Sign in to the server');
    case 'extended-protection':
      return l10n.t('Extended Protection');
    case 'version':
      return l10n.t('Version of Exchange');
    case 'impersonation':
      return l10n.t('Impersonate the test mailbox');
    case 'request-size':
      return l10n.t('Find the size limit');
    case 'write':
      return l10n.t('Write to the test mailbox');
    case 'throttling-policy':
      return l10n.t('Throttling policy');
  }
}
