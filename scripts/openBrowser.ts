import { spawn } from 'node:child_process';

/** Opens the address in the user's browser where there is one; where not, nothing happens. */
export function openBrowser(url: string): void {
  const command = browserCommand(url);
  if (command === undefined) return;
  const [program, ...args] = command;
  spawn(program, args, { stdio: 'ignore', detached: true })
    // The address has been printed: a missing opener is no failure.
    .on('error', () => undefined)
    .unref();
}

function browserCommand(url: string): [string, ...string[]] | undefined {
  if (process.platform === 'darwin') return ['open', url];
  if (process.platform === 'win32') return ['cmd', '/c', 'start', '', url];
  const hasDisplay = process.env.DISPLAY !== undefined || process.env.WAYLAND_DISPLAY !== undefined;
  return hasDisplay ? ['xdg-open', url] : undefined;
}
