import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { writeFileAtomically } from './atomicFile.ts';
import { jsonFaultPlace } from './jsonPlace.ts';
import { RememberedFiles } from './rememberedFiles.ts';
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

export interface DefinitionList<D> {
  readonly definitions: readonly D[];
  readonly unreadable: readonly UnreadableDefinition[];
}

/** Why a definition's text cannot be used, and where in it. */
export type DefinitionFault = Pick<UnreadableDefinition, 'reason' | 'place'>;

/** How the definitions of a folder are read and written. */
export interface DefinitionKind<D> {
  parse(text: string): D | DefinitionFault | Promise<D | DefinitionFault>;
  textOf(definition: D): string | Promise<string>;
}

/**
 * Definitions that are read by a schema at a stretch, and written for people to read.
 * @param schemaVersion as this program writes them. A file with a higher one is left alone.
 */
export function schemaKind<D>(schema: z.ZodMiniType<D>, schemaVersion: number): DefinitionKind<D> {
  return {
    parse: (text) => parseDefinition(text, schema, schemaVersion),
    textOf: (definition) => `${JSON.stringify(definition, undefined, 2)}\n`,
  };
}

const suffix = '.json';
const anyVersion = z.lazy(() => z.object({ schemaVersion: z.number() }));

/** The definition files of one folder, one a definition, named by its id. */
export class DefinitionFiles<D extends { readonly id: string }> {
  readonly folder: string;
  readonly #kind: DefinitionKind<D>;
  readonly #parsed: RememberedFiles<D | DefinitionFault>;

  constructor(folder: string, kind: DefinitionKind<D>) {
    this.folder = folder;
    this.#kind = kind;
    this.#parsed = new RememberedFiles(async (path) => kind.parse(await readFile(path, 'utf8')));
  }

  pathOf(id: string): string {
    return join(this.folder, `${id}${suffix}`);
  }

  /** All definitions. A folder that does not exist is an empty one; a folder that cannot be listed is an error. */
  async list(): Promise<DefinitionList<D>> {
    const names = await this.#fileNames();
    const definitions: D[] = [];
    const unreadable: UnreadableDefinition[] = [];
    // In batches: a thousand files at once would take a thousand file handles.
    for (let start = 0; start < names.length; start += 64) {
      const batch = await Promise.all(names.slice(start, start + 64).map((name) => this.#read(name)));
      for (const entry of batch) {
        if (entry === undefined) continue;
        if (isUnreadable(entry)) unreadable.push(entry);
        else definitions.push(entry);
      }
    }
    return { definitions, unreadable };
  }

  /** The definition with this id; undefined when there is no such file. */
  async read(id: string): Promise<D | UnreadableDefinition | undefined> {
    return this.#read(`${id}${suffix}`);
  }

  async write(definition: D): Promise<void> {
    const path = this.pathOf(definition.id);
    await writeFileAtomically(path, await this.#kind.textOf(definition));
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

  async #read(fileName: string): Promise<D | UnreadableDefinition | undefined> {
    const path = join(this.folder, fileName);
    let parsed: D | DefinitionFault;
    try {
      parsed = await this.#parsed.get(path);
    } catch (cause) {
      const code = errorCode(cause);
      if (code === 'ENOENT') return undefined; // Deleted since the folder was listed.
      return { fileName, path, reason: 'noAccess', place: code ?? '' };
    }
    if ('reason' in parsed) return { fileName, path, reason: parsed.reason, place: parsed.place };
    if (`${parsed.id}${suffix}` !== fileName) return { fileName, path, reason: 'invalid', place: 'id' };
    return parsed;
  }
}

/** Tells what `read` gives apart. */
export function isUnreadable(entry: object): entry is UnreadableDefinition {
  return 'fileName' in entry && 'reason' in entry;
}

/** Reads the text of a definition file. */
function parseDefinition<D>(text: string, schema: z.ZodMiniType<D>, schemaVersion: number): D | DefinitionFault {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { reason: 'notJson', place: jsonFaultPlace(text) };
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const version = anyVersion.safeParse(json);
  if (version.success && version.data.schemaVersion > schemaVersion) {
    return { reason: 'newerVersion', place: `schemaVersion ${version.data.schemaVersion}` };
  }
  return { reason: 'invalid', place: placeOf(result.error) };
}

/** The path of the first thing a schema refused, such as `signIn.clientId`. */
export function placeOf(error: z.core.$ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return '';
  const keys = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  return [...issue.path, ...keys].map(String).join('.');
}
