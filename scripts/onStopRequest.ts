/** How often to look whether npm is still there, in milliseconds. */
const interval = 500;

/**
 * Calls the function once when this program is asked to stop: by Ctrl+C, a signal, a closed terminal, or the end of the
 * npm that started it. npm passes a signal on to its shell only, and a shell ends without telling us; then our parent
 * process changes.
 */
export function onStopRequest(stop: () => void): void {
  let asked = false;
  const once = (): void => {
    if (asked) return;
    asked = true;
    stop();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, once);
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) once();
  }, interval).unref();
}
