import * as l10n from '@vscode/l10n';
import { defaultRequestLimit, findRequestLimit } from '../../../ews/requestLimit.ts';
import type { RequestLimit } from '../../../ews/requestLimit.ts';
import type { CheckScope, CheckSuccess } from '../../checkRunner.ts';
import { limitNotTold, lowRequestLimit } from '../findings/requestLimit.ts';
import { targetSession } from '../targetInput.ts';
import type { TargetInput } from '../targetInput.ts';
import type { UsableServer } from './version.ts';

/** Finds out how large a request may be: an item that does not fit cannot be migrated. */
export async function checkRequestSize(
  scope: CheckScope,
  input: TargetInput,
  { authorization, version }: UsableServer,
): Promise<CheckSuccess<RequestLimit | undefined>> {
  const limit = await findRequestLimit(scope.http, targetSession(input, authorization));
  if (limit === undefined) {
    return {
      value: undefined,
      detail: l10n.t('The server does not tell before a body is sent.'),
      findings: [limitNotTold()],
    };
  }
  return {
    value: limit,
    detail: [
      limit.refused === undefined
        ? l10n.t('Requests of {0} MB and more are accepted.', megabytes(limit.accepted))
        : l10n.t(
            'Requests of up to {0} MB are accepted, so items of about {1} MB.',
            megabytes(limit.accepted),
            megabytes((limit.accepted / 4) * 3),
          ),
      l10n.t('Evidence: {0} sizes announced, none sent.', limit.tried),
    ].join(' '),
    findings: limit.accepted < defaultRequestLimit ? [lowRequestLimit(megabytes(limit.accepted), version)] : [],
  };
}

/** Rounded down, in units of 1,048,576 bytes as administrators have them. */
function megabytes(bytes: number): number {
  return Math.floor(bytes / (1024 * 1024));
}
