/** A power of two. */
const shards = 256;
const lettersLookedAt = 4;

/**
 * A map for a million addresses, made of many small ones: when a Map grows, it moves all that it holds at once, which takes a
 * tenth of a second at that size.
 */
export class ShardedMap<Value> {
  readonly #maps = Array.from({ length: shards }, () => new Map<string, Value>());

  get(key: string): Value | undefined {
    return this.#maps[shardOf(key)]?.get(key);
  }

  set(key: string, value: Value): void {
    this.#maps[shardOf(key)]?.set(key, value);
  }

  delete(key: string): void {
    this.#maps[shardOf(key)]?.delete(key);
  }
}

/** By the letters before the @, which differ most; by all of them it would take longer than looking up. */
function shardOf(key: string): number {
  const at = key.indexOf('@');
  const end = at < 0 ? key.length : at;
  let hash = end;
  for (let place = Math.max(0, end - lettersLookedAt); place < end; place++) {
    hash = (Math.imul(hash, 31) + key.charCodeAt(place)) | 0;
  }
  return (hash ^ (hash >>> 8)) & (shards - 1);
}
