import type { ICachePlugin, TokenCacheContext } from '@azure/msal-node';

/** MSAL's cache of one account as a text, which its owner keeps in the secret vault and nowhere else. */
export class AccountCache implements ICachePlugin {
  #text: string;
  #changed = false;

  /** @param text what an earlier sign-in left; empty: none. */
  constructor(text: string) {
    this.#text = text;
  }

  get text(): string {
    return this.#text;
  }

  /** Whether MSAL has put something else in: a refresh token is replaced at each use. */
  get changed(): boolean {
    return this.#changed;
  }

  beforeCacheAccess({ tokenCache }: TokenCacheContext): Promise<void> {
    if (this.#text !== '') tokenCache.deserialize(this.#text);
    return Promise.resolve();
  }

  afterCacheAccess({ tokenCache, cacheHasChanged }: TokenCacheContext): Promise<void> {
    if (!cacheHasChanged) return Promise.resolve();
    this.#text = tokenCache.serialize();
    this.#changed = true;
    return Promise.resolve();
  }
}
