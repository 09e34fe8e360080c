import { EwsError } from '../../ews/ewsError.ts';
import { explainEws } from '../findings/ews.ts';
import * as notices from '../findings/notices.ts';
import { mailboxesNotListed } from '../findings/mailboxList.ts';
import { ewsEnds, ewsOffForNow, ewsRetired } from '../findings/retirement.ts';
import { budgetNearlyUsed, throttledNow } from '../findings/throttling.ts';
import { scopedRoleMissing, scopeVoid } from '../findings/scopedAccess.ts';
import type { Finding } from '../verification.ts';
import { entriesOf } from './catalogueEntry.ts';
import type { CatalogueEntry } from './catalogueEntry.ts';
import { accountContext, sampleContext } from './sampleContext.ts';

const status =
  (code: number, policyReason = '') =>
  (): Finding =>
    explainEws(new EwsError({ kind: 'http', status: code, policyReason }).evidence, sampleContext);

/** Numbers of x-ms-diagnostics with their category [facts]. */
const diagnostics = (code: number, category: string) => (): Finding =>
  explainEws(
    { kind: 'http', status: 401, policyReason: '', diagnostics: { code, category, reason: '' } },
    sampleContext,
  );

const fault =
  (code: string, context = sampleContext) =>
  (): Finding =>
    explainEws({ kind: 'fault', status: 500, code, message: '' }, context);

/** Exchange answered, and said no. */
export const exchangeEntries: readonly CatalogueEntry[] = [
  ...entriesOf(
    'permissions',
    diagnostics(2000008, 'invalid_grant'),
    () => notices.roleNotInToken(sampleContext),
    () => notices.scopeNotInToken(accountContext),
    () => notices.delegatedOnly(accountContext),
    () => scopeVoid(sampleContext),
    () => scopedRoleMissing(sampleContext),
    diagnostics(2000000, 'invalid_signature'),
    diagnostics(2000001, 'invalid_token'),
    diagnostics(2000002, 'token_expired'),
    diagnostics(2000003, 'invalid_resource'),
    diagnostics(2000004, 'invalid_tenant'),
    diagnostics(2000005, 'invalid_user'),
    diagnostics(2000006, 'invalid_client'),
    diagnostics(2000007, 'internal_error'),
    diagnostics(2000020, 'insufficient_claims'),
    diagnostics(2000099, 'invalid_something'),
  ),
  ...entriesOf(
    'ews',
    status(403, 'EWS is disabled for this user or tenant'),
    status(403, 'EWS is blocked by policy for this user or tenant'),
    status(403),
    status(401),
    status(503),
    status(502),
    fault('ErrorInvalidOperation'),
    fault('ErrorSchemaValidation'),
    () => notices.unreadableAnswer(),
    () => notices.truncatedExport(),
    () => notices.autodiscoverFellBack(status(502)(), 'https://outlook.office365.com/EWS/Exchange.asmx'),
    () => ewsEnds(100),
    () => ewsOffForNow(100),
    () => ewsRetired(sampleContext),
    () => throttledNow(0),
    () => budgetNearlyUsed(85),
    () => notices.foreignAddress('https://mail.example.com/EWS/Exchange.asmx'),
    () => notices.missingEndpoint('ews'),
  ),
  ...entriesOf(
    'mailbox',
    fault('ErrorNonExistentMailbox'),
    fault('ErrorAccessDenied', accountContext),
    fault('ErrorImpersonateUserDenied'),
    fault('ErrorMailboxMoveInProgress'),
    () => mailboxesNotListed('HTTP 503.'),
  ),
];
