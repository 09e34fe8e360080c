import * as vscode from 'vscode';
import type { PickedFile } from './wizardFiles.ts';

/** Lets the user choose a file for a wizard, and reads it; undefined when he cancels. */
export async function chooseFile(kind: 'certificate' | 'additionalCa'): Promise<PickedFile | undefined> {
  const certificate = kind === 'certificate';
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: certificate
        ? vscode.l10n.t('Choose the certificate with its private key')
        : vscode.l10n.t('Choose the certification authorities to trust'),
      filters: {
        [vscode.l10n.t('Certificates')]: certificate
          ? ['pem', 'pfx', 'p12', 'key', 'crt', 'cer']
          : ['pem', 'crt', 'cer', 'der'],
        [vscode.l10n.t('All files')]: ['*'],
      },
    })) ?? [];
  if (!uri) return undefined;
  return { fileName: uri.path.split('/').at(-1) ?? '', bytes: await vscode.workspace.fs.readFile(uri) };
}
