import * as vscode from 'vscode';
import { SecretMissingError } from '../verification/secretMissingError.ts';
import type { VerificationRecord } from '../verification/verification.ts';
import { offerSignIn, tellFailure } from './offerRemedies.ts';
import { pickInRooms } from './pickInRooms.ts';
import type { Placed } from '../views/room.ts';
import type { Services } from './services.ts';

/** @param target a row, an id, or nothing: then the user picks. */
export async function verifyConnection(services: Services, target: unknown): Promise<void> {
  const placed = await pickInRooms(services, target, vscode.l10n.t('Verify which connection?'));
  if (!placed) return;
  const { view } = placed.room;
  const { id } = placed.connection;
  if (target === undefined) await view.reveal(id);
  const record = await verifyOne(placed);
  if (record?.outcome === 'failed') await tellFailure(placed, record, () => view.reveal(id, { expand: true }));
}

/** Verifies with progress in the view. Undefined when there was no secret to do it with; the user has been told. */
async function verifyOne({ room, connection }: Placed): Promise<VerificationRecord | undefined> {
  const { id, name, signIn } = connection;
  try {
    return await vscode.window.withProgress({ location: { viewId: room.viewId } }, () => room.verifier.verify(id));
  } catch (error) {
    if (!(error instanceof SecretMissingError)) throw error;
    if (signIn.method === 'account') {
      await offerSignIn(id, vscode.l10n.t('Nobody has signed in to “{0}” on this machine.', name));
      return undefined;
    }
    const settings = vscode.l10n.t('Settings…');
    const chosen = await vscode.window.showWarningMessage(
      vscode.l10n.t('The secret of “{0}” is not stored on this machine. Enter it under Settings.', name),
      settings,
    );
    if (chosen === settings) await room.wizards.openSettings(connection);
    return undefined;
  }
}
