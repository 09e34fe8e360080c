import * as vscode from 'vscode';
import type { AppSecret, ConnectionSecret } from '../connections/secret.ts';
import type { ConnectionSettings } from '../connections/sourceConnection.ts';
import { grantAccess } from '../identity/registration/accessGrant.ts';
import type { AccessGrantStep } from '../identity/registration/accessGrant.ts';
import { asAdministrator } from './asAdministrator.ts';
import { pickConnection } from './pickConnection.ts';
import type { Services } from './services.ts';

/** Grants the app of a connection the permission to open mailboxes, then verifies. */
export async function grantPermission(services: Services, target: unknown): Promise<void> {
  const title = vscode.l10n.t('Grant the permission to the app of which connection?');
  const connection = await pickConnection(services, target, title, opensAllMailboxes);
  if (!connection || !opensAllMailboxes(connection)) return;
  if (await grantPermissionTo(services, connection, await services.store.secretOf(connection))) {
    await vscode.commands.executeCommand('exchangeMigration.verifyConnection', connection.id);
  }
}

/**
 * Grants what these settings, saved or not, need. The user confirms it, and is told how it went.
 * @param secret to see when it is in force; undefined: it is missing, so nobody waits for that
 * @returns whether it was granted
 */
export async function grantPermissionTo(
  services: Services,
  settings: ConnectionSettings,
  secret: ConnectionSecret | undefined,
): Promise<boolean> {
  if (!(await confirmed(settings))) return false;
  const { name, signIn } = settings;
  const granted = await asAdministrator(
    services,
    settings,
    {
      title: vscode.l10n.t('Granting the permission to the app of “{0}”', name),
      failed: (problem) => vscode.l10n.t('The app of “{0}” was not granted the permission: {1}', name, problem),
    },
    ({ tools, report }) => {
      const asApp = isAppSecret(secret) ? () => tools.signIn(signIn.clientId, secret) : undefined;
      return grantAccess(signIn.clientId, tools, asApp, (step) => report(stepText(step)));
    },
  );
  if (!granted) return false;
  const text = granted.inForce
    ? vscode.l10n.t('The app of “{0}” has the permission to open mailboxes.', name)
    : vscode.l10n.t('The app of “{0}” was granted the permission. It takes a few minutes to take effect.', name);
  void vscode.window.showInformationMessage(text);
  return true;
}

/** An account has rights of its own, and a scope would be void beside the permission. */
function opensAllMailboxes({ signIn }: ConnectionSettings): boolean {
  return (signIn.method === 'appCertificate' || signIn.method === 'appSecret') && !signIn.scopedAccess;
}

function isAppSecret(secret: ConnectionSecret | undefined): secret is AppSecret {
  return secret?.method === 'appCertificate' || secret?.method === 'appSecret';
}

async function confirmed({ tenant, signIn }: ConnectionSettings): Promise<boolean> {
  const go = vscode.l10n.t('Grant');
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t('Grant full_access_as_app to the app {0}?', signIn.clientId),
    {
      modal: true,
      detail: vscode.l10n.t(
        'An administrator who may consent for the tenant {0} signs in. The app may then open every mailbox of the tenant over EWS.',
        tenant,
      ),
    },
    go,
  );
  return chosen === go;
}

function stepText(step: AccessGrantStep): string {
  switch (step) {
    case 'permission':
      return vscode.l10n.t('Granting the permission…');
    case 'signIn':
      return vscode.l10n.t('Waiting until it is in force; this can take a minute…');
  }
}
