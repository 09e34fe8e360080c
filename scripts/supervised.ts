import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

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
  /** Is given the command's output, both streams, as it comes; its end is kept for `output()` in any case. */
  readonly onOutput?: (text: string) => void;
}

export interface SupervisedProcess {
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
  { env, cwd, removeAfterwards = [], gracePeriod = 2000, onOutput }: SupervisedOptions = {},
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
      onOutput?.(text);
    });
  }
  const ended = once(supervisor, 'close').then(([code]: unknown[]) => (typeof code === 'number' ? code : 1));
  return {
    output: () => output,
    ended,
    stop: async () => {
      supervisor.stdin.end();
      return ended;
    },
  };
}
