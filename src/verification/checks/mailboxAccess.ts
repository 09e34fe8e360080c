import { isDelegated } from '../../connections/sourceConnection.ts';
import * as l10n from '@vscode/l10n';
import type { EwsSession } from '../../ews/ewsSession.ts';
import type { Folder } from '../../ews/library/messages.ts';
import type { CheckScope, CheckSuccess } from '../checkRunner.ts';
import { delegatedOnly } from '../findings/notices.ts';
import type { CheckInput } from './checkInput.ts';
import { newSession } from './ewsAccess.ts';
import type { SignedIn } from './signIn.ts';

/** The test mailbox, opened: its session and its folders. */
export interface OpenedMailbox {
  readonly session: EwsSession;
  readonly folders: readonly Folder[];
}

/** Largest page that Exchange gives without a restriction [facts: limits]. */
const pageSize = 1000;

/** Opens the test mailbox as a migration will: an app impersonates its owner, an account uses its Full Access. */
export async function checkMailboxAccess(
  scope: CheckScope,
  input: CheckInput,
  signedIn: SignedIn,
  url: string,
): Promise<CheckSuccess<OpenedMailbox>> {
  const session = newSession(input, signedIn, url);
  const context = operationContext(scope, input, session);
  const { folders, last } = await input.library.run('findFolders', { offset: 0, pageSize }, context);
  const items = folders.reduce((sum, folder) => sum + folder.totalCount, 0);
  const count = last
    ? l10n.t('{0} folders, {1} items.', folders.length, items)
    : l10n.t('More than {0} folders.', folders.length);
  return {
    value: { session, folders },
    detail: `${input.settings.testMailbox}: ${count}`,
    findings: isDelegated(input.context.method) ? [delegatedOnly(input.context)] : [],
  };
}

export function operationContext(
  scope: CheckScope,
  input: CheckInput,
  session: EwsSession,
): { http: CheckScope['http']; session: EwsSession; signal: AbortSignal; impersonate?: string } {
  const impersonate = impersonated(input);
  return { http: scope.http, signal: scope.signal, session, ...(impersonate !== undefined && { impersonate }) };
}

/** An app must impersonate; an account cannot [facts]. */
export function impersonated({ context }: CheckInput): string | undefined {
  return isDelegated(context.method) ? undefined : context.mailbox;
}
