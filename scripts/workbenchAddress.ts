import path from 'node:path';
import type { VscodeServer } from './vscodeServer.ts';

export interface WorkbenchAddress {
  /** The folder the window opens, absolute. */
  readonly folder?: string;
  /** The folder of an extension in development; with this and the next, the server needs its `testDriver`. */
  readonly extensionDevelopmentPath?: string;
  /** A file that exports `run()`, loaded in the extension host. */
  readonly extensionTestsPath?: string;
}

/** The address of a window of the server; its `payload` says what a desktop VS Code is told by its command line. */
export function workbenchAddress(server: VscodeServer, address: WorkbenchAddress): string {
  const remote = (file: string): string =>
    new URL(`vscode-remote://127.0.0.1:${server.port}${toUriPath(file)}`).toString();
  const payload: [string, string][] = [];
  if (address.extensionDevelopmentPath !== undefined) {
    payload.push(['extensionDevelopmentPath', remote(address.extensionDevelopmentPath)]);
  }
  if (address.extensionTestsPath !== undefined) {
    payload.push(['extensionTestsPath', remote(address.extensionTestsPath)]);
  }
  const query = new URLSearchParams(payload.length === 0 ? {} : { payload: JSON.stringify(payload) });
  if (address.folder === undefined)
    query.set('ew', 'true'); // an empty window
  else query.set('folder', toUriPath(address.folder));
  return `${server.url}/?${query.toString().replaceAll('+', '%20')}`;
}

/** `C:\a b` becomes `/C:/a b`; other paths stay as they are. */
function toUriPath(file: string): string {
  const slashes = file.split(path.sep).join('/');
  return slashes.startsWith('/') ? slashes : `/${slashes}`;
}
