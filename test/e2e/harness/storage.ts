import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Workbench } from './workbench.ts';

/** The extension's storage folder in VS Code's user folder. */
function storageFolder(workbench: Workbench): string {
  return path.join(workbench.userFolder, 'globalStorage', 'exchange-migration.exchange-migration');
}

/** The folder with one definition file a connection. */
export function definitionsFolder(workbench: Workbench): string {
  return path.join(storageFolder(workbench), 'connections');
}

/** Names of the definition files that are there; none when the folder is not. */
export async function definitionFiles(workbench: Workbench): Promise<string[]> {
  const names = await readdir(definitionsFolder(workbench)).catch(() => []);
  return names.filter((name) => name.endsWith('.json')).sort();
}

/** The text of a definition file by its name. */
export async function readDefinition(workbench: Workbench, fileName: string): Promise<string> {
  return readFile(path.join(definitionsFolder(workbench), fileName), 'utf8');
}

/** The folder with what is kept of each connection's verifications. */
export function verificationsFolder(workbench: Workbench): string {
  return path.join(storageFolder(workbench), 'verifications');
}
