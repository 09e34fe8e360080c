import type { z } from 'zod';

/** A JSON merge patch (RFC 7396) of a state: objects are merged, lists (and `busy`) replaced, null resets a key to its default. */
export type PatchOf<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { readonly [Key in keyof T]?: PatchOf<T[Key]> | null }
    : T;

/** Thrown for a patch that the state's schema refuses; the message names each faulty key. */
export class StateError extends Error {
  override readonly name = 'StateError';
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Replaced as a whole, like a list: a new throttling must not inherit the count and the times of the last one. */
const replacedKeys: ReadonlySet<string> = new Set(['busy']);

function merge(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const result: Record<string, unknown> = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) Reflect.deleteProperty(result, key);
    else result[key] = replacedKeys.has(key) ? value : merge(result[key], value);
  }
  return result;
}

function explain(error: z.ZodError): string {
  return error.issues
    .map((issue) => {
      const at = issue.path.map(String);
      if (issue.code !== 'unrecognized_keys') return `${at.join('.') || 'state'}: ${issue.message}`;
      return `unknown key ${issue.keys.map((key) => [...at, key].join('.')).join(', ')}`;
    })
    .join('; ');
}

/** The condition of a simulated service, changed by patches while the lab runs. */
export class StateStore<State> {
  readonly #schema: z.ZodType<State>;
  readonly #initial: State;
  #current: State;
  readonly #listeners: (() => void)[] = [];
  readonly #resetListeners: (() => void)[] = [];

  /** @throws StateError when the initial state does not fit the schema */
  constructor(schema: z.ZodType<State>, initial: unknown) {
    this.#schema = schema;
    this.#initial = this.#parse(initial);
    this.#current = structuredClone(this.#initial);
  }

  get current(): State {
    return this.#current;
  }

  /** @throws StateError when the patch does not fit; nothing is changed then. */
  patch(change: unknown): void {
    if (!isObject(change)) throw new StateError('a JSON object is expected');
    this.#current = this.#parse(merge(this.#current, change));
    this.#changed();
  }

  /** Goes back to what the lab was started with. */
  reset(): void {
    this.#current = structuredClone(this.#initial);
    for (const listener of this.#resetListeners) listener();
    this.#changed();
  }

  /** For what has a memory of its own beside the state. */
  onReset(listener: () => void): void {
    this.#resetListeners.push(listener);
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  #parse(value: unknown): State {
    const parsed = this.#schema.safeParse(value);
    if (!parsed.success) throw new StateError(explain(parsed.error));
    return parsed.data;
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** Uses up one of the remaining times of a condition. @returns whether it still held */
export function take(condition: { times?: number | undefined }): boolean {
  if (condition.times === undefined) return true;
  if (condition.times === 0) return false;
  condition.times -= 1;
  return true;
}
