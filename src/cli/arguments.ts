import * as l10n from '@vscode/l10n';
import { readOptions } from './givenOptions.ts';
import { scanArguments } from './scanArguments.ts';
import type { ScanArguments } from './scanArguments.ts';
import { UsageError } from './usageError.ts';
import { verifyArguments } from './verifyArguments.ts';
import type { VerifyArguments } from './verifyArguments.ts';

export type CliArguments = VerifyArguments | ScanArguments | { readonly command: 'help' | 'version' };

/** Reads the command line. @throws UsageError, which repeats none of its values */
export function readArguments(args: readonly string[]): CliArguments {
  const given = readOptions(args);
  if (given.flags.has('help') || args.length === 0) return { command: 'help' };
  if (given.flags.has('version')) return { command: 'version' };
  const [command, ...others] = given.words;
  if (command !== 'verify' && command !== 'scan')
    throw new UsageError(l10n.t('The command is missing or unknown. There are two: verify and scan.'));
  if (others.length > 0) throw new UsageError(l10n.t('There is an argument too many after {0}.', command));
  return command === 'verify' ? verifyArguments(given) : scanArguments(given);
}
