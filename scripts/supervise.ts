/**
 * Runs one command and ends it, with everything it started, as soon as the parent is gone.
 *
 * The parent holds the other end of our standard input. However the parent ends – even killed outright – the system
 * closes that pipe, and this process takes the command's whole process group down. It also removes the command's
 * temporary folders, which a killed parent no longer can.
 * Usage: node supervise.ts '<JSON of SupervisedCommand>'
 */
import { spawn, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { SupervisedCommand } from './supervised.ts';

// The argument is written by supervised.ts from the same type.
const { command, args, removeAfterwards, gracePeriod } = JSON.parse(process.argv[2] ?? '') as SupervisedCommand;
const child = spawn(command, args, {
  stdio: ['ignore', 'inherit', 'inherit'],
  detached: process.platform !== 'win32', // a group of its own, so that the whole of it can be ended
});

// Ctrl+C reaches the parent as well, and it is the parent that decides when to stop us.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

child.on('error', (error) => {
  process.stderr.write(`${command} could not be started: ${error.message}\n`);
  void finish(127);
});
child.on('exit', (code) => void finish(code ?? 1));

process.stdin.resume();
process.stdin.on('close', () => {
  endGroup('SIGTERM');
  setTimeout(() => void finish(1), gracePeriod);
});

async function finish(code: number): Promise<void> {
  // Until the last one is gone – but in a container whose first process collects no dead ones, they never are.
  for (let turn = 0; turn < 30 && endGroup('SIGKILL'); turn++) await delay(10);
  for (const folder of removeAfterwards) {
    // The command may have had supervised ones of its own, which end just now and still write: up to 5 s in all.
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
  process.exit(code);
}

/** Sends the signal to the command and all it started; false when none of them is left. */
function endGroup(signal: NodeJS.Signals): boolean {
  if (child.pid === undefined) return false;
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F']);
    return false;
  }
  try {
    return process.kill(-child.pid, signal);
  } catch {
    return false; // ESRCH: the group is empty
  }
}
