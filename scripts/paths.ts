import os from 'node:os';
import path from 'node:path';

/** The project's root folder: what every script builds, starts and tests. */
export const projectRoot = path.resolve(import.meta.dirname, '..');

/**
 * The folder for large things that are fetched once and shared by all clones of this user.
 * `EXCHANGE_MIGRATION_CACHE` moves it, for example onto a build machine's kept volume.
 */
export function cacheFolder(): string {
  const chosen = process.env.EXCHANGE_MIGRATION_CACHE;
  return chosen === undefined || chosen === '' ? path.join(userCacheFolder(), 'exchange-migration') : chosen;
}

function userCacheFolder(): string {
  switch (process.platform) {
    case 'win32':
      return process.env.LOCALAPPDATA ?? path.join(os.homedir(), 'AppData', 'Local');
    case 'darwin':
      return path.join(os.homedir(), 'Library', 'Caches');
    default:
      return process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache');
  }
}
