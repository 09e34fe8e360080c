import type { TargetSecret } from '../../connections/secret.ts';
import type { TargetSettings } from '../../connections/targetConnection.ts';
import type { EwsLibrary } from '../../ews/library/ewsLibrary.ts';
import type { RequestLimit } from '../../ews/requestLimit.ts';
import type { HttpClient } from '../../ews/transport/httpClient.ts';
import { CheckRunner } from '../checkRunner.ts';
import { learnOfTarget } from '../learnSecrets.ts';
import { Redaction } from '../redaction.ts';
import { targetCheckIds } from '../verification.ts';
import type { CheckProgress, RunRecord, TargetCheckId, VerificationRecord } from '../verification.ts';
import { checkAuthentication } from './checks/authentication.ts';
import { checkExtendedProtection } from './checks/extendedProtection.ts';
import { checkImpersonation } from './checks/impersonation.ts';
import { checkReach } from './checks/reach.ts';
import { checkRequestSize } from './checks/requestSize.ts';
import { checkThrottlingPolicy } from './checks/throttlingPolicy.ts';
import { checkTls } from './checks/tls.ts';
import { checkVersion } from './checks/version.ts';
import { checkWrite } from './checks/write.ts';
import { explainTarget } from './explainTarget.ts';
import { targetContextOf } from './targetContext.ts';
import type { TargetInput } from './targetInput.ts';

/** The result of one verification of a target connection. */
export type TargetRecord = RunRecord<TargetCheckId> & Pick<VerificationRecord, 'serverVersion' | 'requestLimit'>;

export interface VerifyTargetRequest {
  readonly settings: TargetSettings;
  readonly secret: TargetSecret;
  /** Kept open by the caller, so that a second run has warm connections. */
  readonly client: HttpClient;
  readonly library: EwsLibrary;
  readonly userAgent: string;
  /** Of each check, in milliseconds. */
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: CheckProgress<TargetCheckId>) => void;
  /** Runs these checks and what they need, and no others; all unless told. */
  readonly only?: ReadonlySet<TargetCheckId>;
}

/**
 * Runs all checks of a target connection, each as soon as those it needs have passed.
 * @param fingerprint what the result speaks of
 * @returns never rejects: a failure is a result. After a cancel it comes when nothing is left of the write test.
 */
export async function verifyTarget(request: VerifyTargetRequest, fingerprint: string): Promise<TargetRecord> {
  const redaction = new Redaction();
  learnOfTarget(redaction, request);
  const context = targetContextOf(request.settings);
  const runner = new CheckRunner<TargetCheckId>({
    client: request.client,
    signal: request.signal,
    deadlineMs: request.deadlineMs,
    onProgress: request.onProgress,
    ...(request.only && { only: request.only }),
    explain: (error) => [explainTarget(error, context)],
    clean: (result) => redaction.cleanResult(result),
  });
  const { version, limit } = await runChecks(runner, { ...request, context });
  return {
    ...runner.record(targetCheckIds, fingerprint),
    ...(version !== undefined && { serverVersion: redaction.clean(version) }),
    ...(limit && { requestLimit: limit.accepted }),
  };
}

async function runChecks(
  runner: CheckRunner<TargetCheckId>,
  input: TargetInput,
): Promise<{ readonly version: string | undefined; readonly limit: RequestLimit | undefined }> {
  const { context } = input;
  const reach = runner.start('reach', [], (scope) => checkReach(scope, input));
  const tls = runner.start('tls', [reach], (_, reached) => checkTls(context, reached));
  const signIn = runner.start('authentication', [reach], (scope, reached) =>
    checkAuthentication(scope, input, reached),
  );
  const protection = runner.start('extended-protection', [signIn], (scope) => checkExtendedProtection(scope, input));
  const version = runner.start('version', [signIn], (_, signedIn) => checkVersion(signedIn));
  const opened = runner.start('impersonation', [version], (scope, server) => checkImpersonation(scope, input, server));
  const size = runner.start('request-size', [version], (scope, server) => checkRequestSize(scope, input, server));
  const write = runner.start('write', [opened], (scope, mailbox) => checkWrite(scope, input, mailbox));
  const policy = runner.start('throttling-policy', [version], (_, server) => checkThrottlingPolicy(context, server));
  await Promise.all([tls, protection, size, write, policy].map(({ ended }) => ended));
  return { version: (await signIn.ended)?.value.version, limit: (await size.ended)?.value };
}
