import { ForeignAddressError } from '../ews/autodiscover.ts';
import { EwsError } from '../ews/ewsError.ts';
import { TruncatedExportError } from '../ews/exportReader.ts';
import { UnreadableAnswerError } from '../ews/library/ewsLibrary.ts';
import { AnswerError } from '../ews/transport/answer.ts';
import { TransportError } from '../ews/transport/transportError.ts';
import { UnusableSecretError } from '../identity/acquireToken.ts';
import { MissingEndpointError } from '../identity/endpoints.ts';
import { GraphError, GraphPermissionError } from '../identity/graph/graphError.ts';
import { ForeignTokenEndpointError, OtherCloudError } from '../identity/openIdConfiguration.ts';
import { SignInError } from '../identity/signInError.ts';
import { ClockError } from './checks/clock.ts';
import { clockOff } from './findings/clock.ts';
import type { FindingContext } from './findings/context.ts';
import { explainEws } from './findings/ews.ts';
import { unknownFailure } from './findings/general.ts';
import { explainGraph } from './findings/mailboxList.ts';
import * as notices from './findings/notices.ts';
import { explainSignIn, otherCloud } from './findings/signIn.ts';
import { explainAnswer, explainTransport } from './findings/transport.ts';
import type { Finding } from './verification.ts';

/** Turns what went wrong into what a person needs to know. The error's type and evidence decide, never its wording. */
export function explain(error: unknown, context: FindingContext): Finding {
  if (error instanceof SignInError) return explainSignIn(error.evidence, context);
  if (error instanceof EwsError) return explainEws(error.evidence, context);
  if (error instanceof GraphError || error instanceof GraphPermissionError) return explainGraph(error);
  if (error instanceof ForeignAddressError) return notices.foreignAddress(error.url);
  if (error instanceof OtherCloudError) return otherCloud(error.clouds, context);
  if (error instanceof ForeignTokenEndpointError) return notices.foreignTokenEndpoint(error.origin);
  if (error instanceof MissingEndpointError) return notices.missingEndpoint(error.endpoint);
  if (error instanceof UnusableSecretError) return notices.unusableSecret();
  if (error instanceof ClockError) return clockOff(error.aheadMs, 'error');
  return explainCommon(error) ?? unknownFailure(error);
}

/** What is said alike of every server; undefined: it is something else. */
export function explainCommon(error: unknown): Finding | undefined {
  if (error instanceof TransportError) return explainTransport(error);
  if (error instanceof AnswerError) return explainAnswer(error);
  if (error instanceof TruncatedExportError) return notices.truncatedExport();
  if (error instanceof UnreadableAnswerError) return notices.unreadableAnswer();
  return undefined;
}
