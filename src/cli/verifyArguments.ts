import * as l10n from '@vscode/l10n';
import { checkIds } from '../verification/verification.ts';
import type { CheckId } from '../verification/verification.ts';
import { refuseOthers } from './givenOptions.ts';
import type { GivenOptions } from './givenOptions.ts';
import { UsageError } from './usageError.ts';

export interface VerifyArguments {
  readonly command: 'verify';
  /** File of exported definitions. */
  readonly connection: string;
  /** Which connection of the file. */
  readonly name?: string;
  /** File with the secret; `-` is standard input. */
  readonly secretFile?: string;
  /** Only these, and what they need. */
  readonly checks?: ReadonlySet<CheckId>;
  /** Of each check. */
  readonly timeoutSeconds: number;
  readonly json: boolean;
}

/** @throws UsageError */
export function verifyArguments(given: GivenOptions): VerifyArguments {
  refuseOthers('verify', ['connection', 'name', 'secret-file', 'check', 'timeout', 'json'], given);
  const { values, checks, flags } = given;
  const connection = values.get('connection');
  if (connection === undefined) throw new UsageError(l10n.t('--connection FILE is missing: the exported definition.'));
  const name = values.get('name');
  const secretFile = values.get('secret-file');
  return {
    command: 'verify',
    connection,
    ...(name !== undefined && { name }),
    ...(secretFile !== undefined && { secretFile }),
    ...(checks.length > 0 && { checks: new Set(checks.flatMap((list) => list.split(',')).map(checkIdOf)) }),
    timeoutSeconds: secondsOf(values.get('timeout') ?? '15'),
    json: flags.has('json'),
  };
}

function checkIdOf(text: string): CheckId {
  const id = checkIds.find((each) => each === text);
  if (id === undefined) throw new UsageError(l10n.t('--check knows these: {0}.', checkIds.join(', ')));
  return id;
}

/** As far as the setting exchangeMigration.verification.checkTimeout goes. */
function secondsOf(text: string): number {
  const seconds = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (seconds < 1 || seconds > 300) throw new UsageError(l10n.t('--timeout takes whole seconds from 1 to 300.'));
  return seconds;
}
