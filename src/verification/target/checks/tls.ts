import * as l10n from '@vscode/l10n';
import { expirySoon } from '../../../connections/certificateExpiry.ts';
import type { CheckSuccess } from '../../checkRunner.ts';
import { serverCertificateEnds } from '../findings/server.ts';
import type { TargetContext } from '../targetContext.ts';
import type { ReachedServer } from './reach.ts';

/** Tells what protects the way, and warns of a certificate that ends during the migration. Asks nothing. */
export function checkTls(
  context: TargetContext,
  { protocol, certificate }: ReachedServer,
  now = new Date(),
): Promise<CheckSuccess<undefined>> {
  const end = certificate?.validToDate;
  if (end === undefined) return Promise.resolve({ value: undefined, detail: protocol });
  const days = expirySoon(end.toISOString(), now);
  return Promise.resolve({
    value: undefined,
    detail: l10n.t('{0}; the certificate is valid until {1}.', protocol, end.toISOString().slice(0, 10)),
    findings: days === undefined ? [] : [serverCertificateEnds(days, end, context)],
  });
}
