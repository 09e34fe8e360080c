import * as l10n from '@vscode/l10n';
import { isDelegated } from '../../connections/sourceConnection.ts';
import type { EwsSession } from '../../ews/ewsSession.ts';
import type { Folder } from '../../ews/library/messages.ts';
import type { CheckScope, CheckSuccess } from '../checkRunner.ts';
import { explain } from '../explain.ts';
import { onlyThisMailbox } from '../findings/mailbox.ts';
import { delegatedOnly } from '../findings/notices.ts';
import type { Finding } from '../verification.ts';
import type { CheckInput } from './checkInput.ts';
import { newSession } from './ewsAccess.ts';
import type { SignedIn } from './signIn.ts';

/** A test mailbox, opened: its session and its folders. */
export interface OpenedMailbox {
  readonly session: EwsSession;
  readonly folders: readonly Folder[];
}

type Tried =
  | { readonly mailbox: string; readonly opened: OpenedMailbox; readonly count: string }
  | { readonly mailbox: string; readonly error: unknown };

/** Largest page that Exchange gives without a restriction [facts: limits]. */
const pageSize = 1000;

/**
 * Opens the test mailboxes as a migration will: an app impersonates the owner, an account uses its Full Access. Fails
 * when none opens; one of several that does not is a warning, for then it is that mailbox and not the sign-in.
 */
export async function checkMailboxAccess(
  scope: CheckScope,
  input: CheckInput,
  signedIn: SignedIn,
  url: string,
): Promise<CheckSuccess<OpenedMailbox>> {
  const { testMailbox, moreTestMailboxes = [] } = input.settings;
  const open = (mailbox: string): Promise<Tried> => tryMailbox(scope, input, newSession(input, signedIn, url, mailbox));
  const tried = await Promise.all([testMailbox, ...moreTestMailboxes].map(open));
  const opened = tried.flatMap((one) => ('opened' in one ? [one] : []));
  const refused = tried.flatMap((one) => ('error' in one ? [one] : []));
  const [first] = opened;
  // Of several that all refuse the first speaks for them: what they have in common is the sign-in.
  if (first === undefined) throw refused[0]?.error;
  return {
    value: first.opened,
    detail: opened.map(({ mailbox, count }) => `${mailbox}: ${count}`).join(' '),
    findings: [
      ...refused.map(({ mailbox, error }) => thisOne(input, mailbox, error)),
      ...(isDelegated(input.context.method) ? [delegatedOnly(input.context)] : []),
    ],
  };
}

async function tryMailbox(scope: CheckScope, input: CheckInput, session: EwsSession): Promise<Tried> {
  const { mailbox } = session;
  try {
    const context = operationContext(scope, input, session);
    const { folders, last } = await input.library.run('findFolders', { offset: 0, pageSize }, context);
    const items = folders.reduce((sum, folder) => sum + folder.totalCount, 0);
    const count = last
      ? l10n.t('{0} folders, {1} items.', folders.length, items)
      : l10n.t('More than {0} folders.', folders.length);
    return { mailbox, opened: { session, folders }, count };
  } catch (error) {
    if (scope.signal.aborted) throw error;
    return { mailbox, error };
  }
}

function thisOne({ context }: CheckInput, mailbox: string, error: unknown): Finding {
  return onlyThisMailbox(mailbox, explain(error, { ...context, mailbox }));
}

export function operationContext(
  scope: CheckScope,
  input: CheckInput,
  session: EwsSession,
): { http: CheckScope['http']; session: EwsSession; signal: AbortSignal; impersonate?: string } {
  const impersonate = impersonated(input, session);
  return { http: scope.http, signal: scope.signal, session, ...(impersonate !== undefined && { impersonate }) };
}

/** An app must impersonate; an account cannot [facts]. */
export function impersonated({ context }: CheckInput, { mailbox }: EwsSession): string | undefined {
  return isDelegated(context.method) ? undefined : mailbox;
}
