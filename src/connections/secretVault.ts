/**
 * A place that keeps secrets: SecretStorage in VS Code, memory in tests. Keys are connection secrets' names as in
 * `SourceConnection.secretKey`. Every method may reject; callers say so to the user and change nothing.
 */
export interface SecretVault {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string): Promise<void>;
  delete(key: string): Promise<void>;
  /** Names of everything this program keeps. */
  keys(): Promise<readonly string[]>;
}
