import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { writeFileAtomically } from './atomicFile.ts';
import { jsonFaultPlace } from './jsonPlace.ts';
import { RememberedFiles } from './rememberedFiles.ts';
import { schemaVersion, sourceConnection } from './sourceConnection.ts';
import type { SourceConnection } from './sourceConnection.ts';
import { errorCode, fileError } from './storeError.ts';

/** Why a definition file cannot be used. The file is kept as it is. */
type UnreadableReason = 'notJson' | 'newerVersion' | 'invalid' | 'noAccess';

export interface UnreadableDefinition {
  readonly fileName: string;
  readonly path: string;
  readonly reason: UnreadableReason;
  /** Where in the file, such as `signIn.clientId` or `line 3 column 7`, or a code of the system; may be empty. */
  readonly place: string;
}

export interface DefinitionList {
  readonly connections: readonly SourceConnection[];
  readonly unreadable: readonly UnreadableDefinition[];
}

const suffix = '.json';
const anyVersion = z.lazy(() => z.object({ schemaVersion: z.number() }));

/** The definition files of one folder, one a connection, named by its id. */
export class DefinitionFiles {
  readonly folder: string;
  readonly #parsed = new RememberedFiles(async (path) => parseDefinition(await readFile(path, 'utf8')));

  constructor(folder: string) {
    this.folder = folder;
  }

  pathOf(id: string): string {
    return join(this.folder, `${id}${suffix}`);
  }

  /** All definitions. A folder that does not exist is an empty one; a folder that cannot be listed is an error. */
  async list(): Promise<DefinitionList> {
    const names = await this.#fileNames();
    const connections: SourceConnection[] = [];
    const unreadable: UnreadableDefinition[] = [];
    // In batches: a thousand files at once would take a thousand file handles.
    for (let start = 0; start < names.length; start += 64) {
      const batch = await Promise.all(names.slice(start, start + 64).map((name) => this.#read(name)));
      for (const entry of batch) {
        if (entry === undefined) continue;
        if ('reason' in entry) unreadable.push(entry);
        else connections.push(entry);
      }
    }
    return { connections, unreadable };
  }

  /** The definition with this id; undefined when there is no such file. */
  async read(id: string): Promise<SourceConnection | UnreadableDefinition | undefined> {
    return this.#read(`${id}${suffix}`);
  }

  async write(connection: SourceConnection): Promise<void> {
    const path = this.pathOf(connection.id);
    await writeFileAtomically(path, `${JSON.stringify(connection, undefined, 2)}\n`);
    this.#parsed.forget(path);
  }

  async remove(id: string): Promise<void> {
    const path = this.pathOf(id);
    try {
      await rm(path, { force: true });
      this.#parsed.forget(path);
    } catch (cause) {
      throw fileError(cause, path);
    }
  }

  async #fileNames(): Promise<string[]> {
    try {
      return (await readdir(this.folder)).filter((name) => name.endsWith(suffix)).sort();
    } catch (cause) {
      if (errorCode(cause) === 'ENOENT') return [];
      throw fileError(cause, this.folder);
    }
  }

  async #read(fileName: string): Promise<SourceConnection | UnreadableDefinition | undefined> {
    const path = join(this.folder, fileName);
    let parsed: ReturnType<typeof parseDefinition>;
    try {
      parsed = await this.#parsed.get(path);
    } catch (cause) {
      const code = errorCode(cause);
      if (code === 'ENOENT') return undefined; // Deleted since the folder was listed.
      return { fileName, path, reason: 'noAccess', place: code ?? '' };
    }
    if ('reason' in parsed) return { fileName, path, ...parsed };
    if (`${parsed.id}${suffix}` !== fileName) return { fileName, path, reason: 'invalid', place: 'id' };
    return parsed;
  }
}

/** Reads the text of a definition file. */
function parseDefinition(text: string): SourceConnection | { reason: UnreadableReason; place: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { reason: 'notJson', place: jsonFaultPlace(text) };
  }
  const result = sourceConnection.safeParse(json);
  if (result.success) return result.data;
  const version = anyVersion.safeParse(json);
  if (version.success && version.data.schemaVersion > schemaVersion) {
    return { reason: 'newerVersion', place: `schemaVersion ${version.data.schemaVersion}` };
  }
  return { reason: 'invalid', place: placeOf(result.error) };
}

/** The path of the first thing a schema refused, such as `signIn.clientId`. */
export function placeOf(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return '';
  const keys = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  return [...issue.path, ...keys].map(String).join('.');
}
