import * as l10n from '@vscode/l10n';
import { refuseOthers } from './givenOptions.ts';
import type { GivenOptions } from './givenOptions.ts';
import { UsageError } from './usageError.ts';

export interface ScanArguments {
  readonly command: 'scan';
  /** File of an exported job. */
  readonly job: string;
  /** File with the source's secret; `-` is standard input. */
  readonly secretFile?: string;
  /** File with the target's password; `-` is standard input. */
  readonly targetSecretFile?: string;
  /** The largest request that the target takes, in bytes; Exchange's own limit unless told. */
  readonly requestLimit?: number;
  readonly json: boolean;
}

/** In bytes: room for an envelope, and what IIS can be told at most (maxAllowedContentLength has 32 bits). */
const requestLimits = { least: 65_536, most: 2 ** 32 - 1 } as const;

/** @throws UsageError */
export function scanArguments(given: GivenOptions): ScanArguments {
  refuseOthers('scan', ['job', 'secret-file', 'target-secret-file', 'request-limit', 'json'], given);
  const { values, flags } = given;
  const job = values.get('job');
  if (job === undefined) throw new UsageError(l10n.t('--job FILE is missing: the exported job.'));
  const secretFile = values.get('secret-file');
  const targetSecretFile = values.get('target-secret-file');
  const requestLimit = values.get('request-limit');
  return {
    command: 'scan',
    job,
    ...(secretFile !== undefined && { secretFile }),
    ...(targetSecretFile !== undefined && { targetSecretFile }),
    ...(requestLimit !== undefined && { requestLimit: bytesOf(requestLimit) }),
    json: flags.has('json'),
  };
}

function bytesOf(text: string): number {
  const bytes = /^\d{1,10}$/.test(text) ? Number(text) : 0;
  const { least, most } = requestLimits;
  if (bytes < least || bytes > most) {
    throw new UsageError(l10n.t('--request-limit takes whole bytes from {0} to {1}.', least, most));
  }
  return bytes;
}
