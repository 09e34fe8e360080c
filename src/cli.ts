#!/usr/bin/env node
import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import * as l10n from '@vscode/l10n';
import * as z from 'zod/mini';
import { runProgram } from './cli/program.ts';
import { ProgressLine } from './cli/progressLine.ts';
import { secretVariable, targetSecretVariable } from './cli/secretSource.ts';
import { readStandardInput } from './cli/standardInput.ts';
import { exitCodes } from './cli/world.ts';
import { EwsLibrary } from './ews/library/ewsLibrary.ts';
import { keyWorkshop } from './identity/certificate/keyWorkshop.ts';
import type { MsalBundle } from './identity/signIn.ts';

/** The composition root of the command line: builds what the commands work with, from this process. */
async function main(): Promise<number> {
  const bundled = (name: string): string => path.join(import.meta.dirname, name);
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(await readFile(bundled('package.json'), 'utf8')));
  const stop = new AbortController();
  // Once: who presses Ctrl+C again wants the process to end at once, which is what Node does then.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

  const { stdin, stdout, stderr } = process;
  // Whoever reads it has gone.
  stdout.on('error', () => stop.abort());
  stderr.on('error', () => undefined);
  const writeError = (text: string): void => void stderr.write(text);
  const secrets = { source: taken(secretVariable), target: taken(targetSecretVariable) };
  const { NO_COLOR: noColour = '', TERM: terminal } = process.env;
  const progress = new ProgressLine((text) => stderr.write(text), stderr.columns || 80);
  const showProgress = (text: string): void => {
    if (stderr.isTTY) progress.show(text);
  };
  const library = new EwsLibrary(bundled('ewsWorker.js'));
  try {
    return await runProgram(process.argv.slice(2), {
      ...{ version, versions: `Exchange Migration ${version}, Node.js ${process.versions.node}` },
      env: process.env,
      secrets,
      readInput: stdin.isTTY ? undefined : async () => readStandardInput(stdin, stop.signal, writeError),
      write: async (text) => {
        showProgress('');
        await written(stdout, text);
      },
      writeError,
      style: {
        columns: stdout.isTTY ? Math.min(Math.max(stdout.columns, 60), 120) : 100,
        colours: stdout.isTTY && noColour === '' && terminal !== 'dumb',
      },
      showProgress,
      signal: stop.signal,
      library,
      loadSignIn: async () => ((await import('./identity/signIn.ts')) satisfies MsalBundle).signInWithMsal,
      keys: keyWorkshop(bundled('certificateWorker.js')),
    });
  } finally {
    showProgress('');
    library.dispose();
  }
}

/** A variable of the environment, which nothing else has a use for: it is there no more. */
function taken(variable: string): string | undefined {
  const value = process.env[variable] ?? '';
  Reflect.deleteProperty(process.env, variable);
  return value === '' ? undefined : value;
}

/** Done when this, and all before it, has been taken, or cannot be any more. */
async function written(stream: NodeJS.WriteStream, text = ''): Promise<void> {
  await new Promise<void>((resolve) => stream.write(text, () => resolve()));
}

async function end(code: number): Promise<void> {
  await Promise.all([written(process.stdout), written(process.stderr)]);
  process.exit(code); // Standard input may still be open, and connections half made.
}

main().then(end, async (error: unknown) => {
  // Its name and place only: a message may quote a file or a server.
  const { name, stack = '' } = error instanceof Error ? error : new Error();
  const places = stack.split('\n').filter((line) => line.trimStart().startsWith('at '));
  process.stderr.write([l10n.t('An unexpected error occurred: {0}', name), ...places, ''].join('\n'));
  await end(exitCodes.failed);
});
