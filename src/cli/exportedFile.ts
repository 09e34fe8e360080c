import { readFile } from 'node:fs/promises';
import * as l10n from '@vscode/l10n';
import { ImportError } from '../connections/importError.ts';
import { errorCode } from '../connections/storeError.ts';
import { printable } from './printable.ts';
import { UsageError } from './usageError.ts';

/**
 * Reads what “Export…” has written.
 * @param otherFile what is said of a file that is no such export
 * @throws UsageError, and what `parse` throws besides ImportError
 */
export async function readExportedFile<T>(
  file: string,
  parse: (text: string) => T | Promise<T>,
  otherFile: string,
): Promise<T> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(l10n.t('{0} cannot be read ({1}).', file, errorCode(error) ?? ''));
  }
  try {
    return await parse(text);
  } catch (error) {
    if (error instanceof ImportError) throw new UsageError(`${file}: ${reasonText(error, otherFile)}`);
    throw error;
  }
}

function reasonText({ reason, place }: ImportError, otherFile: string): string {
  switch (reason) {
    case 'notJson':
      return l10n.t('this is not valid JSON ({0}).', place);
    case 'notAnExport':
      return otherFile;
    case 'newerVersion':
      return l10n.t('this was made by a newer version. Update Exchange Migration.');
    case 'invalid':
      return l10n.t('the value at “{0}” is not valid.', printable(place));
  }
}
