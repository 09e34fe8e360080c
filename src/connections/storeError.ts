/** Why a definition or secret could not be read or saved. */
export type StoreErrorReason =
  | 'diskFull'
  | 'readOnly'
  | 'fileAccess'
  | 'secretStorage'
  | 'unreadableDefinition'
  | 'nameTaken'
  | 'missing'
  | 'changedMeanwhile';

/** A store operation failed and changed nothing. */
export class StoreError extends Error {
  readonly reason: StoreErrorReason;
  readonly path: string | undefined;

  constructor(reason: StoreErrorReason, options: { path?: string; cause?: unknown } = {}) {
    super(`Store: ${reason}`, { cause: options.cause });
    this.name = 'StoreError';
    this.reason = reason;
    this.path = options.path;
  }
}

/** Classifies an error of node:fs. */
export function fileError(cause: unknown, path: string): StoreError {
  const code = errorCode(cause);
  if (code === 'ENOSPC' || code === 'EDQUOT') return new StoreError('diskFull', { path, cause });
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') return new StoreError('readOnly', { path, cause });
  return new StoreError('fileAccess', { path, cause });
}

export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
