import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { projectRoot } from '../../../scripts/paths.ts';

export const dist = path.join(projectRoot, 'dist');

export interface CliOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** What is piped into it; nothing and no end when undefined. */
  readonly input?: string | Buffer;
  /** Called once the process runs. */
  readonly during?: (child: ChildProcess) => Promise<void>;
  /** The folder of the bundles; that of the build unless told. */
  readonly dist?: string;
  /** The folder it is called from; one that is not the project's unless told. */
  readonly cwd?: string;
}

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** As other users of the machine see it; empty where the system does not show it. */
  readonly commandLine: string;
}

/** Runs the built program as a shell does. Nothing of this process's environment but what a program needs goes along. */
export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const bundle = path.join(options.dist ?? dist, 'cli.js');
  if (!existsSync(bundle)) throw new Error('There is no dist/cli.js. Build first: npm run build');
  const { PATH, HOME, TMPDIR, SystemRoot } = process.env;
  const child = spawn(process.execPath, [bundle, ...args], {
    cwd: options.cwd ?? os.tmpdir(),
    env: { PATH, HOME, TMPDIR, SystemRoot, ...options.env },
  });
  const ended = once(child, 'close');
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin.on('error', () => undefined); // It may have ended without reading.
  if (options.input !== undefined) child.stdin.end(options.input);
  const commandLine = await readFile(`/proc/${child.pid ?? 0}/cmdline`, 'utf8').catch(() => '');
  try {
    await options.during?.(child);
    const [code] = (await ended) as [number | null]; // The exit code is the first argument of that event.
    return { code, stdout, stderr, commandLine };
  } finally {
    child.kill('SIGKILL');
  }
}
