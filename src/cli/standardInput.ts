import { Buffer } from 'node:buffer';
import type { Readable } from 'node:stream';
import { addAbortSignal } from 'node:stream';
import * as l10n from '@vscode/l10n';
import { UsageError } from './usageError.ts';

/** Bytes: more than any secret or certificate has. */
const longest = 1024 * 1024;
/** Milliseconds. Who pipes something has done so by then; who has forgotten the secret wonders why nothing happens. */
const patience = 1000;

/**
 * Reads what is piped in, to its end.
 * @throws UsageError when there is no end to it; the signal's AbortError
 */
export async function readStandardInput(
  stream: Readable,
  signal: AbortSignal,
  writeError: (text: string) => void,
): Promise<Buffer> {
  const waiting = setTimeout(() => writeError(`${l10n.t('Waiting for the secret on standard input…')}\n`), patience);
  try {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of addAbortSignal(signal, stream)) {
      const bytes = Buffer.from(chunk as Uint8Array); // A stream without an encoding gives nothing else.
      size += bytes.length;
      if (size > longest) throw new UsageError(l10n.t('Standard input holds more than a secret can be.'));
      chunks.push(bytes);
    }
    return Buffer.concat(chunks);
  } finally {
    clearTimeout(waiting);
  }
}
