import type { TargetSecret } from '../../connections/secret.ts';
import type { TargetSettings } from '../../connections/targetConnection.ts';
import type { Authorization } from '../../ews/authorization/authorization.ts';
import { basic } from '../../ews/authorization/basic.ts';
import { NtlmAuthorization } from '../../ews/authorization/ntlm.ts';
import { EwsSession } from '../../ews/ewsSession.ts';
import type { EwsLibrary } from '../../ews/library/ewsLibrary.ts';
import type { TargetContext } from './targetContext.ts';

/** What every check of one verification of a target has at hand. */
export interface TargetInput {
  readonly settings: TargetSettings;
  readonly secret: TargetSecret;
  readonly library: EwsLibrary;
  readonly userAgent: string;
  readonly context: TargetContext;
}

/** The connection's way to sign in. @param bound whether NTLM is bound to its TLS connection */
export function authorizationOf(
  { settings, secret }: Pick<TargetInput, 'settings' | 'secret'>,
  bound = true,
): Authorization {
  const { method, userName } = settings.signIn;
  const { password } = secret;
  return method === 'basic' ? basic(userName, password) : new NtlmAuthorization({ userName, password, bound });
}

/**
 * Requests about one mailbox. Exchange 2010 SP1 understands them, and so does every server since.
 * @param mailbox the test mailbox unless told
 */
export function targetSession(
  { settings, userAgent }: Pick<TargetInput, 'settings' | 'userAgent'>,
  authorization: Authorization,
  mailbox = settings.testMailbox,
): EwsSession {
  return new EwsSession({
    url: settings.server.ews,
    authorization,
    anchorMailbox: mailbox,
    userAgent,
    requestVersion: 'Exchange2010_SP1',
  });
}
