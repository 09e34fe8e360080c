import type { TargetSettings, TargetSignInMethod } from '../../connections/targetConnection.ts';
import { hostOf } from '../findings/hostOf.ts';

/** The server's own values, for texts and commands. All of them are public. */
export interface TargetContext {
  readonly host: string;
  readonly ewsUrl: string;
  readonly method: TargetSignInMethod;
  readonly userName: string;
  readonly mailbox: string;
}

export function targetContextOf({ server, signIn, testMailbox }: TargetSettings): TargetContext {
  return { host: hostOf(server.ews), ewsUrl: server.ews, ...signIn, mailbox: testMailbox };
}
