import type { DefinitionKind } from './definitionFiles.ts';
import type { ConnectionSecret } from './secret.ts';

/** What every connection's settings have, whatever it leads to. */
export interface CommonSettings {
  readonly name: string;
  readonly signIn: { readonly method: ConnectionSecret['method'] };
  /** Authorities trusted besides the machine's own. */
  readonly additionalCa?: { readonly fileName: string; readonly pem: string };
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

/** A connection as its file holds it. */
export type Defined<S extends CommonSettings> = S &
  FileParts & { readonly schemaVersion: number; readonly kind: string };

/** A kind of connection: what its definition looks like. */
export interface ConnectionKind<S extends CommonSettings, C extends Defined<S>> extends DefinitionKind<C> {
  readonly define: (settings: S, parts: FileParts) => C;
}
