import * as vscode from 'vscode';
import { SecretMissingError } from '../verification/secretMissingError.ts';
import type { Room } from '../views/room.ts';

/** So many at a time: each run makes up to three requests at once. */
const atOnce = 4;

/** Verifies all connections of one kind; the rows tell the results, a notification only what failed. */
export async function verifyAllIn({ store, verifier, viewId }: Room): Promise<void> {
  const queue = [...(await store.list()).connections];
  const total = queue.length;
  let failed = 0;
  let withoutSecret = 0;
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      try {
        const { outcome } = await verifier.verify(next.id);
        if (outcome === 'cancelled') queue.length = 0; // Cancelling one ends the whole round.
        if (outcome === 'failed') failed++;
      } catch (error) {
        if (!(error instanceof SecretMissingError)) throw error;
        withoutSecret++;
      }
    }
  };
  await vscode.window.withProgress({ location: { viewId } }, () => Promise.all(Array.from({ length: atOnce }, work)));
  if (failed + withoutSecret === 0) return;
  await vscode.window.showWarningMessage(
    vscode.l10n.t(
      'Of {0} connections {1} failed and {2} have no secret on this machine.',
      total,
      failed,
      withoutSecret,
    ),
  );
}
