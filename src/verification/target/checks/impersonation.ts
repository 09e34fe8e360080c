import * as l10n from '@vscode/l10n';
import type { EwsSession } from '../../../ews/ewsSession.ts';
import type { Folder } from '../../../ews/library/messages.ts';
import type { CheckScope, CheckSuccess } from '../../checkRunner.ts';
import { targetSession } from '../targetInput.ts';
import type { TargetInput } from '../targetInput.ts';
import type { UsableServer } from './version.ts';

/** The test mailbox, opened as its owner. */
export interface OpenedTarget {
  readonly session: EwsSession;
  readonly folders: readonly Folder[];
}

/** Largest page that Exchange gives without a restriction (EWSFindCountLimit of Exchange 2010). */
const pageSize = 1000;

/** Opens the test mailbox as a migration will: on behalf of its owner, which needs the role ApplicationImpersonation. */
export async function checkImpersonation(
  scope: CheckScope,
  input: TargetInput,
  { authorization }: UsableServer,
): Promise<CheckSuccess<OpenedTarget>> {
  const session = targetSession(input, authorization);
  const { mailbox } = session;
  const { folders, last } = await input.library.run(
    'findFolders',
    { offset: 0, pageSize },
    { http: scope.http, signal: scope.signal, session, impersonate: mailbox },
  );
  return {
    value: { session, folders },
    detail: last
      ? l10n.t('{0}: {1} folders.', mailbox, folders.length)
      : l10n.t('{0}: more than {1} folders.', mailbox, folders.length),
  };
}
