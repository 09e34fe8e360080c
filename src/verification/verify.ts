import type { ConnectionSecret } from '../connections/secret.ts';
import type { ConnectionSettings } from '../connections/sourceConnection.ts';
import type { EwsLibrary } from '../ews/library/ewsLibrary.ts';
import type { HttpClient } from '../ews/transport/httpClient.ts';
import { endpointsOf } from '../identity/endpoints.ts';
import type { SignInWithMsal } from '../identity/signIn.ts';
import { CheckRunner } from './checkRunner.ts';
import { checkClock } from './checks/clock.ts';
import { checkEwsAccess } from './checks/ewsAccess.ts';
import { checkEwsEndpoint } from './checks/ewsEndpoint.ts';
import { checkRetirement } from './checks/ewsRetirement.ts';
import { checkExport } from './checks/export.ts';
import { checkLatency } from './checks/latency.ts';
import { checkMailboxAccess } from './checks/mailboxAccess.ts';
import { checkMailboxList } from './checks/mailboxList.ts';
import { checkPermissions } from './checks/permissions.ts';
import { checkSignIn } from './checks/signIn.ts';
import { checkSignInService } from './checks/signInService.ts';
import { checkThrottling } from './checks/throttling.ts';
import type { CheckInput } from './checks/checkInput.ts';
import { contextOf } from './context.ts';
import { explain } from './explain.ts';
import type { FindingContext } from './findings/context.ts';
import { learningOfSource } from './learnSecrets.ts';
import { Redaction } from './redaction.ts';
import { checkIds } from './verification.ts';
import type { CheckId, CheckProgress, VerificationRecord } from './verification.ts';

export interface VerifyRequest {
  readonly settings: ConnectionSettings;
  readonly secret: ConnectionSecret;
  /** An account's secret is replaced when it is used: keep the new one. */
  readonly onRenewed?: (secret: ConnectionSecret) => void;
  /** Kept open by the caller, so that a second run has warm connections. */
  readonly client: HttpClient;
  readonly library: EwsLibrary;
  /** Loads MSAL when it is needed. */
  readonly loadSignIn: () => Promise<SignInWithMsal>;
  readonly userAgent: string;
  /** Of each check, in milliseconds. */
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: CheckProgress) => void;
  /** Runs these checks and what they need, and no others; all unless told. */
  readonly only?: ReadonlySet<CheckId>;
}

/**
 * Runs all checks of a source connection, each as soon as those it needs have passed. Five requests follow each other:
 * discovery → token → folders → items → export; the others run beside them.
 * @param fingerprint what the result speaks of: see fingerprintOf.
 * @returns never rejects: a failure is a result.
 */
export async function verify(request: VerifyRequest, fingerprint: string): Promise<VerificationRecord> {
  const redaction = new Redaction();
  const watched = learningOfSource(redaction, request);
  const context = contextOf(request.settings, request.userAgent);
  const runner = new CheckRunner({
    client: request.client,
    signal: request.signal,
    deadlineMs: request.deadlineMs,
    onProgress: request.onProgress,
    ...(request.only && { only: request.only }),
    explain: (error) => [explain(error, context)],
    clean: (result) => redaction.cleanResult(result),
  });
  const { ewsUrl, ...found } = await runChecks(runner, watched, context);
  return {
    ...runner.record(checkIds, fingerprint),
    ...found,
    ...(ewsUrl !== undefined && { ewsUrl: redaction.clean(ewsUrl) }),
  };
}

async function runChecks(
  runner: CheckRunner,
  request: VerifyRequest,
  context: FindingContext,
): Promise<Pick<VerificationRecord, 'ewsUrl' | 'secretEnds'>> {
  const input: CheckInput = { ...request, context, endpoints: () => endpointsOf(request.settings) };
  const service = runner.start('sign-in-service', [], (scope) => checkSignInService(scope, input));
  const endpoint = runner.start('ews-endpoint', [], (scope) => checkEwsEndpoint(scope, input));
  const clock = runner.start('clock', [service], (_, reached) => checkClock(reached));
  const signIn = runner.start('sign-in', [service], (scope, { configuration }) =>
    checkSignIn(scope, input, configuration),
  );
  const permissions = runner.start('permissions', [service, signIn], (scope, { configuration }, token) =>
    checkPermissions(scope, input, configuration, token),
  );
  const access = runner.start('ews-access', [signIn, endpoint], (scope, token, url) =>
    checkEwsAccess(scope, input, token, url),
  );
  const mailbox = runner.start(
    'mailbox-access',
    [signIn, endpoint],
    (scope, token, url) => checkMailboxAccess(scope, input, token, url),
    access,
  );
  const exported = runner.start('export', [mailbox], (scope, opened) => checkExport(scope, input, opened));
  const list = runner.start('mailbox-list', [permissions], (scope, known) => checkMailboxList(scope, input, known));
  const latency = runner.start(
    'latency',
    [signIn, endpoint],
    (scope, token, url) => checkLatency(scope, input, token, url),
    access,
  );
  const retirement = runner.startAfter('ews-retirement', [access, mailbox], (results) =>
    checkRetirement(input, results),
  );
  const throttling = runner.startAfter('throttling', [access, mailbox, exported, latency, list], checkThrottling);
  // Each by itself: of those that need each other only some may be wanted.
  const last = [clock, permissions, access, exported, list, latency, retirement, throttling];
  await Promise.all(last.map(({ ended }) => ended));
  const ewsUrl = (await endpoint.ended)?.value;
  const secretEnds = (await permissions.ended)?.value.secretEnds?.toISOString();
  return { ...(ewsUrl !== undefined && { ewsUrl }), ...(secretEnds !== undefined && { secretEnds }) };
}
