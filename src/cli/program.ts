import * as l10n from '@vscode/l10n';
import { readArguments } from './arguments.ts';
import { helpText } from './helpText.ts';
import { scanExportedJob } from './scanCommand.ts';
import { UsageError } from './usageError.ts';
import { verifyConnection } from './verifyCommand.ts';
import { exitCodes } from './world.ts';
import type { World } from './world.ts';

/** Does what the command line says. @returns the exit code */
export async function runProgram(args: readonly string[], world: World): Promise<number> {
  try {
    const given = readArguments(args);
    if (given.command === 'verify') return await verifyConnection(given, world);
    if (given.command === 'scan') return await scanExportedJob(given, world);
    await world.write(given.command === 'help' ? helpText() : `${world.version}\n`);
    return exitCodes.done;
  } catch (error) {
    if (world.signal.aborted) {
      world.writeError(`${l10n.t('Cancelled before it began.')}\n`);
      return exitCodes.cancelled;
    }
    if (!(error instanceof UsageError)) throw error;
    world.writeError(`${error.message}\n${l10n.t('--help tells how to use this program.')}\n`);
    return exitCodes.usage;
  }
}
