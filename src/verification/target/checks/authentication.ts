import * as l10n from '@vscode/l10n';
import { probeAccess } from '../../../ews/accessProbe.ts';
import type { Authorization } from '../../../ews/authorization/authorization.ts';
import { EwsError, ewsCode } from '../../../ews/ewsError.ts';
import type { CheckScope, CheckSuccess } from '../../checkRunner.ts';
import { TargetError } from '../targetError.ts';
import { authorizationOf, targetSession } from '../targetInput.ts';
import type { TargetInput } from '../targetInput.ts';
import type { ReachedServer } from './reach.ts';

/** Signed in: goes on with the same connections. */
export interface SignedInTarget {
  readonly authorization: Authorization;
  /** Such as "15.2.1748.10"; undefined: the server did not tell. */
  readonly version: string | undefined;
  /** False: the server is too old for the requests of this program. */
  readonly understands: boolean;
}

/** How servers before Exchange 2010 SP1 take a request for that version. */
const notUnderstood = ['ErrorInvalidServerVersion', 'ErrorSchemaValidation', 'ErrorInvalidRequest'];

/** Signs in and asks something that needs no mailbox: the account of a migration often has none. */
export async function checkAuthentication(
  scope: CheckScope,
  input: TargetInput,
  { offered }: ReachedServer,
): Promise<CheckSuccess<SignedInTarget>> {
  const isOffered =
    input.context.method === 'basic'
      ? offered.includes('Basic')
      : offered.includes('NTLM') || offered.includes('Negotiate');
  if (!isOffered) throw new TargetError({ kind: 'notOffered', offered });
  const authorization = authorizationOf(input);
  const detail = l10n.t('Signed in as {0}.', input.context.userName);
  try {
    const { serverVersion: version } = await probeAccess(scope.http, targetSession(input, authorization));
    return { value: { authorization, version, understands: true }, detail };
  } catch (error) {
    // Who does not understand has let us in before.
    if (notUnderstood.includes(ewsCode(error))) {
      return { value: { authorization, version: undefined, understands: false }, detail };
    }
    if (isRefusal(error) && input.context.method === 'ntlm' && (await worksUnbound(scope, input))) {
      throw new TargetError({ kind: 'bindingRefused' });
    }
    throw error;
  }
}

/** Whether the same password is accepted without a binding to the TLS connection. Tried once: accounts can be locked. */
export async function worksUnbound(scope: CheckScope, input: TargetInput): Promise<boolean> {
  try {
    await probeAccess(scope.http, targetSession(input, authorizationOf(input, false)));
    return true;
  } catch (error) {
    if (isRefusal(error)) return false;
    if (error instanceof EwsError) return true; // It was let in, and failed at something else.
    throw error;
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof EwsError && error.evidence.kind === 'http' && error.evidence.status === 401;
}
