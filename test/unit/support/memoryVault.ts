import type { SecretVault } from '../../../src/connections/secretVault.ts';

/** A vault in memory, which can be made to refuse. Shared between stores it stands for one machine's key store. */
export class MemoryVault implements SecretVault {
  readonly secrets = new Map<string, string>();
  /** Methods that reject from now on. */
  readonly refuses = new Set<keyof SecretVault>();

  get(key: string): Promise<string | undefined> {
    return this.#do('get', () => this.secrets.get(key));
  }

  set(key: string, value: string): Promise<void> {
    return this.#do('set', () => void this.secrets.set(key, value));
  }

  delete(key: string): Promise<void> {
    return this.#do('delete', () => void this.secrets.delete(key));
  }

  keys(): Promise<readonly string[]> {
    return this.#do('keys', () => [...this.secrets.keys()]);
  }

  async #do<T>(method: keyof SecretVault, work: () => T): Promise<T> {
    await Promise.resolve();
    if (this.refuses.has(method)) throw new Error('The key store is locked.');
    return work();
  }
}
