import * as vscode from 'vscode';
import { settingsOf } from '../connections/sourceConnection.ts';
import type { SourceConnection } from '../connections/sourceConnection.ts';
import { certificateInfoOf, certificateSecretOf } from '../identity/certificate/signingCertificate.ts';
import type { SigningCertificate } from '../identity/certificate/openKeyFile.ts';
import { appPlan } from '../identity/registration/appPlan.ts';
import { renewCertificate as renew } from '../identity/registration/renewal.ts';
import type { RenewalStep } from '../identity/registration/renewal.ts';
import { asAdministrator } from './asAdministrator.ts';
import { pickConnection } from './pickConnection.ts';
import type { Services } from './services.ts';
import { unchanged } from './unchanged.ts';

/** Gives a connection's app a new certificate, switches to it and removes the old one, then verifies. */
export async function renewCertificate(services: Services, target: unknown): Promise<void> {
  const title = vscode.l10n.t('Renew the certificate of which connection?');
  const connection = await pickConnection(services, target, title, usesCertificate);
  if (!connection || !usesCertificate(connection) || !(await confirmed(connection))) return;
  const { name } = connection;
  const others = await othersWithItsCertificate(services, connection);
  const result = await asAdministrator(
    services,
    connection,
    {
      title: vscode.l10n.t('Renewing the certificate of “{0}”', name),
      failed: (problem) => vscode.l10n.t('The certificate of “{0}” was not renewed: {1}', name, problem),
    },
    ({ tools, report, afterwards }) =>
      renew(
        {
          clientId: connection.signIn.clientId,
          oldThumbprint: others.length > 0 ? undefined : thumbprintOf(connection),
          months: appPlan(undefined, []).months,
          switchTo: (certificate) => switchTo(services, connection, certificate),
          afterwards: () => afterwards().apps,
        },
        tools,
        (step) => report(stepText(step)),
      ),
  );
  if (!result) return;
  void tellDone(name, result.old, others);
  await vscode.commands.executeCommand('exchangeMigration.verifyConnection', connection.id);
}

function usesCertificate({ signIn: { method } }: SourceConnection): boolean {
  return method === 'appCertificate';
}

async function confirmed({ name, signIn }: SourceConnection): Promise<boolean> {
  const go = vscode.l10n.t('Renew');
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t('Renew the certificate of “{0}”?', name),
    {
      modal: true,
      detail: vscode.l10n.t(
        'An administrator who may change the app {0} signs in. A new certificate, valid for 12 months, is made here and added to the app beside the old one. Once it signs in, the connection changes to it and the old one is removed.',
        signIn.clientId,
      ),
    },
    go,
  );
  return chosen === go;
}

/** Whoever signs in with the same certificate would be locked out if it were removed. */
async function othersWithItsCertificate({ store }: Services, connection: SourceConnection): Promise<readonly string[]> {
  const thumbprint = thumbprintOf(connection);
  const { connections } = await store.list();
  return connections
    .filter((other) => other.id !== connection.id && other.signIn.clientId === connection.signIn.clientId)
    .filter((other) => thumbprint !== undefined && thumbprintOf(other) === thumbprint)
    .map(({ name }) => name);
}

function thumbprintOf({ signIn }: SourceConnection): string | undefined {
  return signIn.method === 'appCertificate' ? signIn.certificate?.thumbprintSha256 : undefined;
}

async function switchTo(
  { store }: Services,
  connection: SourceConnection,
  certificate: SigningCertificate,
): Promise<void> {
  const { signIn, ...now } = await unchanged(store, connection);
  if (signIn.method !== 'appCertificate') return; // Never: the method is what has not changed.
  await store.save({
    settings: {
      ...settingsOf({ ...now, signIn }),
      signIn: { ...signIn, certificate: certificateInfoOf(certificate) },
    },
    id: now.id,
    basedOn: now.revision,
    secret: certificateSecretOf(certificate),
  });
}

function stepText(step: RenewalStep): string {
  switch (step) {
    case 'key':
      return vscode.l10n.t('Making a key and its certificate…');
    case 'upload':
      return vscode.l10n.t('Adding the certificate to the app…');
    case 'signIn':
      return vscode.l10n.t('Waiting until the app signs in with it; this can take a minute…');
    case 'switch':
      return vscode.l10n.t('Changing the connection to it…');
    case 'removeOld':
      return vscode.l10n.t('Removing the old certificate…');
  }
}

async function tellDone(
  name: string,
  old: 'removed' | 'kept' | 'notThere' | 'failed',
  others: readonly string[],
): Promise<void> {
  const renewed = vscode.l10n.t('The certificate of “{0}” is renewed.', name);
  switch (old) {
    case 'removed':
      await vscode.window.showInformationMessage(renewed);
      return;
    case 'notThere':
      await vscode.window.showInformationMessage(
        `${renewed} ${vscode.l10n.t('The old one was not in the app registration any more.')}`,
      );
      return;
    case 'kept':
      await vscode.window.showInformationMessage(
        others.length > 0
          ? `${renewed} ${vscode.l10n.t('The old one stays, since others use it: {0}.', others.join(', '))}`
          : `${renewed} ${vscode.l10n.t('Which one was the old is not known: remove it in the app registration.')}`,
      );
      return;
    case 'failed':
      await vscode.window.showWarningMessage(
        `${renewed} ${vscode.l10n.t('The old one could not be removed: do so in the app registration.')}`,
      );
  }
}
