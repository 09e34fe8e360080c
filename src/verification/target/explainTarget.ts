import * as l10n from '@vscode/l10n';
import { ConnectionNotKeptError } from '../../ews/authorization/ntlm.ts';
import { EwsError } from '../../ews/ewsError.ts';
import { ServerDiscoveryError } from '../../ews/onPremisesAutodiscover/discoverServer.ts';
import { TransportError } from '../../ews/transport/transportError.ts';
import { explainCommon } from '../explain.ts';
import { unknownFailure } from '../findings/general.ts';
import { explainTransport } from '../findings/transport.ts';
import type { Finding, Remedy } from '../verification.ts';
import { explainDiscovery } from './findings/autodiscover.ts';
import { explainTargetEws } from './findings/ews.ts';
import { leftBehind } from './findings/mailbox.ts';
import * as server from './findings/server.ts';
import { exchangeOnline, tooOld } from './findings/version.ts';
import type { TargetContext } from './targetContext.ts';
import { TargetError } from './targetError.ts';
import type { TargetEvidence } from './targetError.ts';

/** Turns what went wrong with a target into what a person needs to know; by type and evidence, never by wording. */
export function explainTarget(error: unknown, context: TargetContext): Finding {
  if (error instanceof TransportError) return withOwnRemedies(explainTransport(error), error);
  if (error instanceof EwsError) return explainTargetEws(error.evidence, context);
  if (error instanceof TargetError) return explainEvidence(error.evidence, context);
  if (error instanceof ConnectionNotKeptError) return server.connectionNotKept(context);
  if (error instanceof ServerDiscoveryError) return explainDiscovery(error);
  return explainCommon(error) ?? unknownFailure(error);
}

function explainEvidence(evidence: TargetEvidence, context: TargetContext): Finding {
  switch (evidence.kind) {
    case 'notOffered':
      return server.notOffered(evidence.offered, context);
    case 'bindingRefused':
      return server.bindingRefused(context);
    case 'asksNobody':
      return server.notExchange(evidence.status, context);
    case 'tooOld':
      return tooOld(evidence.version);
    case 'exchangeOnline':
      return exchangeOnline(context);
    case 'leftBehind':
      return leftBehind(evidence.folder, explainTarget(evidence.cause, context), context);
  }
}

/** The address of a server of one's own is typed elsewhere than those of a cloud. */
function withOwnRemedies(finding: Finding, { reason }: TransportError): Finding {
  if (!['dns', 'refused', 'notHttp', 'notHttps'].includes(reason)) return finding;
  const address: Remedy = { text: l10n.t('Check the address of the server, its port included.') };
  return { ...finding, remedies: [address, ...finding.remedies.slice(1)] };
}
