import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Readable } from 'node:stream';

export interface SupervisedCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** Folders to remove once the command and all it started have ended. */
  readonly removeAfterwards: readonly string[];
  /** How long the command may take to end by itself before it is killed, in milliseconds. */
  readonly gracePeriod: number;
}

export interface SupervisedOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly removeAfterwards?: readonly string[];
  /** In milliseconds; 2000 when left out. */
  readonly gracePeriod?: number;
  /** True shows the command's output as it comes; otherwise it is only kept for `output()`. */
  readonly showOutput?: boolean;
}

export interface SupervisedProcess {
  readonly stdout: Readable;
  /** The last part of what the command wrote, both streams, for error messages. */
  output(): string;
  /** Resolves with the exit code when the command has ended. */
  readonly ended: Promise<number>;
  /** Ends the command and everything it started, and waits until that is done. */
  stop(): Promise<number>;
}

/** How much output is kept for error messages, in characters. */
const keptOutput = 20_000;

/** Starts a command that cannot outlive this process, however this process ends (see supervise.ts). */
export function startSupervised(
  command: string,
  args: readonly string[],
  { env, cwd, removeAfterwards = [], gracePeriod = 2000, showOutput = false }: SupervisedOptions = {},
): SupervisedProcess {
  const description: SupervisedCommand = { command, args, removeAfterwards, gracePeriod };
  const supervisor = spawn(
    process.execPath,
    [path.join(import.meta.dirname, 'supervise.ts'), JSON.stringify(description)],
    { env: env ?? process.env, cwd, detached: process.platform !== 'win32', stdio: ['pipe', 'pipe', 'pipe'] },
  );
  let output = '';
  for (const stream of [supervisor.stdout, supervisor.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      output = (output + text).slice(-keptOutput);
      if (showOutput) process.stdout.write(text);
    });
  }
  const ended = once(supervisor, 'exit').then(([code]: unknown[]) => (typeof code === 'number' ? code : 1));
  return {
    stdout: supervisor.stdout,
    output: () => output,
    ended,
    stop: async () => {
      supervisor.stdin.end();
      return ended;
    },
  };
}
