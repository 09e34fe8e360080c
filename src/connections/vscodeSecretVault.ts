import type { SecretStorage } from 'vscode';
import type { SecretVault } from './secretVault.ts';

/** VS Code's SecretStorage: the system's key store, encrypted, per machine, never synchronised. */
export function vscodeSecretVault(storage: SecretStorage): SecretVault {
  return {
    get: async (key) => storage.get(key),
    set: async (key, value) => storage.store(key, value),
    delete: async (key) => storage.delete(key),
    keys: async () => storage.keys(),
  };
}
