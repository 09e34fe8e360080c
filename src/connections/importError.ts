/** Why a file of exported definitions cannot be imported. */
export type ImportReason = 'notJson' | 'notAnExport' | 'newerVersion' | 'invalid';

export class ImportError extends Error {
  readonly reason: ImportReason;
  /** Where in the file, such as `connections.2.signIn.clientId` or `line 3 column 7`; may be empty. */
  readonly place: string;

  constructor(reason: ImportReason, place = '') {
    super(reason);
    this.name = 'ImportError';
    this.reason = reason;
    this.place = place;
  }
}
