import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
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

/** How the definitions of a folder are read. */
export interface DefinitionKind<D> {
  readonly schema: z.ZodType<D>;
  /** As this program writes them. A file with a higher one is left alone. */
  readonly schemaVersion: number;
}

const suffix = '.json';
const anyVersion = z.lazy(() => z.object({ schemaVersion: z.number() }));

/** The definition files of one folder, one a definition, named by its id. */
export class DefinitionFiles<D extends { readonly id: string }> {
  readonly folder: string;
  readonly #parsed: RememberedFiles<Parsed<D>>;

  constructor(folder: string, kind: DefinitionKind<D>) {
    this.folder = folder;
    this.#parsed = new RememberedFiles(async (path) => parseDefinition(await readFile(path, 'utf8'), kind));
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
    await writeFileAtomically(path, `${JSON.stringify(definition, undefined, 2)}\n`);
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
    let parsed: Parsed<D>;
    try {
      parsed = await this.#parsed.get(path);
    } catch (cause) {
      const code = errorCode(cause);
      if (code === 'ENOENT') return undefined; // Deleted since the folder was listed.
      return { fileName, path, reason: 'noAccess', place: code ?? '' };
    }
    if ('fault' in parsed) return { fileName, path, ...parsed.fault };
    const { definition } = parsed;
    if (`${definition.id}${suffix}` !== fileName) return { fileName, path, reason: 'invalid', place: 'id' };
    return definition;
  }
}

/** Tells what `read` gives apart. */
export function isUnreadable(entry: object): entry is UnreadableDefinition {
  return 'fileName' in entry && 'reason' in entry;
}

type Parsed<D> =
  { readonly definition: D } | { readonly fault: { readonly reason: UnreadableReason; readonly place: string } };

/** Reads the text of a definition file. */
function parseDefinition<D>(text: string, { schema, schemaVersion }: DefinitionKind<D>): Parsed<D> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { fault: { reason: 'notJson', place: jsonFaultPlace(text) } };
  }
  const result = schema.safeParse(json);
  if (result.success) return { definition: result.data };
  const version = anyVersion.safeParse(json);
  if (version.success && version.data.schemaVersion > schemaVersion) {
    return { fault: { reason: 'newerVersion', place: `schemaVersion ${version.data.schemaVersion}` } };
  }
  return { fault: { reason: 'invalid', place: placeOf(result.error) } };
}

/** The path of the first thing a schema refused, such as `signIn.clientId`. */
export function placeOf(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return '';
  const keys = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  return [...issue.path, ...keys].map(String).join('.');
}
