import type { DefinitionKind } from './definitionFiles.ts';
import type { ConnectionSecret } from './secret.ts';

/** What every connection's settings have, whatever it leads to. */
export interface CommonSettings {
  readonly name: string;
  readonly signIn: { readonly method: ConnectionSecret['method'] };
}

/** What a definition's file says besides the settings. */
export interface FileParts {
  readonly id: string;
  /** A new value at each save; `basedOn` is the one its editor had read. */
  readonly revision: string;
  readonly basedOn?: string;
  /** Under which name the vault keeps the secret of this very revision; absent: none has been stored. */
  readonly secretKey?: string;
  readonly modifiedAt: string;
}

/** A kind of connection: what its definition looks like. */
export interface ConnectionKind<S extends CommonSettings, C extends S & FileParts> extends DefinitionKind<C> {
  readonly define: (settings: S, parts: FileParts) => C;
}
