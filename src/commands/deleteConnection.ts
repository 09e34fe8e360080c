import * as vscode from 'vscode';
import type { SourceConnection } from '../connections/sourceConnection.ts';
import { StoreError } from '../connections/storeError.ts';
import { removeApp } from '../identity/registration/appRegistration.ts';
import { asAdministrator } from './asAdministrator.ts';
import { pickInRooms } from './pickInRooms.ts';
import { jobsViewId } from '../views/jobs/jobsView.ts';
import type { Placed } from '../views/room.ts';
import type { Services } from './services.ts';

export async function deleteConnection(services: Services, target: unknown): Promise<void> {
  const placed = await pickInRooms(services, target, vscode.l10n.t('Delete which connection?'));
  if (!placed) return;
  const { room, connection } = placed;
  if (await isUsed(services, placed)) return;
  const source = room.kind === 'office365' ? await services.store.get(connection.id) : undefined;
  const app = source && (await removableApp(services, source));
  const chosen = await confirm(placed, app);
  if (chosen === undefined) return;
  room.verifier.cancel(connection.id);
  // First the app: it is the connection that knows of it.
  if (chosen === 'withApp' && source && app && !(await removeFromTenant(services, source, app))) return;
  await deleteHere(services, placed);
}

/** A job without its connection could not run. @returns whether jobs use it; the user has been told which */
async function isUsed({ jobs }: Services, { connection }: Placed): Promise<boolean> {
  const names = await jobs.usedBy(connection.id);
  if (names.length === 0) return false;
  const show = vscode.l10n.t('Show Jobs');
  const text =
    names.length === 1
      ? vscode.l10n.t('“{0}” is used by the job “{1}”, so it cannot be deleted.', connection.name, names[0] ?? '')
      : vscode.l10n.t('“{0}” is used by these jobs, so it cannot be deleted: {1}.', connection.name, names.join(', '));
  const detail = vscode.l10n.t('Delete the job, or choose another connection in its settings.');
  const chosen = await vscode.window.showWarningMessage(`${text} ${detail}`, show);
  if (chosen === show) await vscode.commands.executeCommand(`${jobsViewId}.focus`);
  return true;
}

/** An app registration by its ids. */
interface RegisteredApp {
  readonly id: string;
  readonly appId: string;
}

/** The app that this connection has registered and that no other connection uses. */
async function removableApp({ store }: Services, connection: SourceConnection): Promise<RegisteredApp | undefined> {
  const { signIn } = connection;
  if (signIn.method !== 'appCertificate' || signIn.registeredApp === undefined) return undefined;
  const { connections } = await store.list();
  const isShared = connections.some((other) => other.id !== connection.id && other.signIn.clientId === signIn.clientId);
  return isShared ? undefined : { id: signIn.registeredApp, appId: signIn.clientId };
}

async function confirm(
  { room, connection }: Placed,
  app: RegisteredApp | undefined,
): Promise<'here' | 'withApp' | undefined> {
  const here = vscode.l10n.t('Delete');
  const withApp = vscode.l10n.t('Delete with App Registration');
  const detail =
    app === undefined
      ? room.kind === 'office365'
        ? vscode.l10n.t('Its definition and its stored secret are removed. Nothing changes in the tenant.')
        : vscode.l10n.t('Its definition and its stored password are removed. Nothing changes on the server.')
      : vscode.l10n.t(
          'Its definition and its stored secret are removed. The app {0} that it registered in {1} can be removed too: an administrator signs in for that, and whoever else uses this app loses access.',
          app.appId,
          room.placeOf(connection),
        );
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t('Delete the connection “{0}”?', connection.name),
    { modal: true, detail },
    here,
    ...(app === undefined ? [] : [withApp]),
  );
  if (chosen === undefined) return undefined;
  return chosen === withApp ? 'withApp' : 'here';
}

/** @returns false when the app may still be there; the user has been told */
async function removeFromTenant(
  services: Services,
  connection: SourceConnection,
  app: RegisteredApp,
): Promise<boolean> {
  const { name, tenant } = connection;
  const removed = await asAdministrator(
    services,
    connection,
    {
      title: vscode.l10n.t('Removing the app registration of “{0}”', name),
      failed: (problem) =>
        vscode.l10n.t('“{0}” was not deleted, nor its app registration in {1}: {2}', name, tenant, problem),
    },
    async ({ tools, report }) => {
      report(vscode.l10n.t('Removing the app…'));
      await removeApp(tools.apps, tools.pause, app);
      return true;
    },
  );
  return removed === true;
}

async function deleteHere({ records, histories, log }: Services, { room, connection }: Placed): Promise<void> {
  const { id, name } = connection;
  try {
    await room.store.delete(id);
  } catch (error) {
    if (!(error instanceof StoreError) || error.reason !== 'secretStorage') throw error;
    log.warn('A connection was deleted; its secret was not.');
    await vscode.window.showWarningMessage(
      room.kind === 'office365'
        ? vscode.l10n.t(
            'The connection “{0}” is deleted, but the system’s key store did not remove its secret. Revoke the secret in the tenant if it is no longer needed.',
            name,
          )
        : vscode.l10n.t(
            'The connection “{0}” is deleted, but the system’s key store did not remove its password. Change the account’s password if it is no longer needed.',
            name,
          ),
    );
  }
  await Promise.all([records.remove(id), histories.remove(id)]);
}
