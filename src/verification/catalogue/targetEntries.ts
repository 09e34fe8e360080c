import { ConnectionNotKeptError } from '../../ews/authorization/ntlm.ts';
import { EwsError } from '../../ews/ewsError.ts';
import { ServerDiscoveryError } from '../../ews/onPremisesAutodiscover/discoverServer.ts';
import type { DiscoveryReason } from '../../ews/onPremisesAutodiscover/discoverServer.ts';
import type { TargetSettings } from '../../connections/targetConnection.ts';
import { explainTarget } from '../target/explainTarget.ts';
import { discoveryDeclined } from '../target/findings/autodiscover.ts';
import { limitNotTold, lowRequestLimit } from '../target/findings/requestLimit.ts';
import { serverCertificateEnds } from '../target/findings/server.ts';
import { throttlingPolicyAdvice } from '../target/findings/throttlingPolicy.ts';
import { outOfSupport } from '../target/findings/version.ts';
import { targetContextOf } from '../target/targetContext.ts';
import { TargetError } from '../target/targetError.ts';
import type { TargetEvidence } from '../target/targetError.ts';
import type { Finding } from '../verification.ts';
import { entriesOf } from './catalogueEntry.ts';
import type { CatalogueEntry } from './catalogueEntry.ts';

/** A server of nobody's, for texts that speak of none in particular. */
const sampleTarget: TargetSettings = {
  name: 'Contoso',
  server: { ews: 'https://mail.contoso.com/EWS/Exchange.asmx', from: 'typed' },
  signIn: { method: 'ntlm', userName: 'CONTOSO\\migration' },
  testMailbox: 'user@contoso.com',
};
const context = targetContextOf(sampleTarget);

const failure = (error: unknown) => (): Finding => explainTarget(error, context);
const found = (evidence: TargetEvidence) => failure(new TargetError(evidence));
const status = (code: number) => failure(new EwsError({ kind: 'http', status: code, policyReason: '' }));
const fault = (code: string): EwsError => new EwsError({ kind: 'fault', status: 500, code, message: '' });

const discovery = (reason: DiscoveryReason) =>
  failure(new ServerDiscoveryError(reason, context.mailbox, ['https://contoso.com/autodiscover/autodiscover.xml']));

/** A server on premises that mailboxes are to be moved to. */
export const targetEntries: readonly CatalogueEntry[] = [
  ...entriesOf(
    'target',
    status(404),
    found({ kind: 'notOffered', offered: ['Negotiate'] }),
    status(401),
    found({ kind: 'bindingRefused' }),
    failure(new ConnectionNotKeptError(sampleTarget.server.ews)),
    () => serverCertificateEnds(20, new Date('2027-01-01T00:00:00.000Z'), context),
    status(403),
    status(503),
    found({ kind: 'tooOld', version: '14.0.702.0' }),
    () => outOfSupport('Exchange Server 2016', '2025-10-14'),
    found({ kind: 'exchangeOnline', version: '15.20.0.0' }),
    () => lowRequestLimit(33, undefined),
    () => limitNotTold(),
    () => throttlingPolicyAdvice(undefined, context),
    discovery('nobody'),
    discovery('unknownMailbox'),
    discovery('nothing'),
    discovery('tooManyRedirects'),
    () => discoveryDeclined('mail.hoster.example'),
  ),
  ...entriesOf(
    'targetMailbox',
    failure(fault('ErrorImpersonateUserDenied')),
    failure(fault('ErrorNonExistentMailbox')),
    failure(fault('ErrorQuotaExceeded')),
    failure(fault('ErrorAccessDenied')),
    found({ kind: 'leftBehind', folder: 'Exchange Migration test …', cause: fault('ErrorServerBusy') }),
  ),
];
