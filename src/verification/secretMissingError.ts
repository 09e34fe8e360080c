import type { CommonSettings, Defined } from '../connections/connectionKind.ts';

/** A saved connection whose secret is not on this machine. */
export class SecretMissingError extends Error {
  readonly connection: Defined<CommonSettings>;

  constructor(connection: Defined<CommonSettings>) {
    super('No secret');
    this.name = 'SecretMissingError';
    this.connection = connection;
  }
}
