import type { Buffer } from 'node:buffer';
import * as l10n from '@vscode/l10n';
import type { ConnectionSecret, TargetSecret } from '../connections/secret.ts';
import type { SignIn } from '../connections/sourceConnection.ts';
import { errorCode } from '../connections/storeError.ts';
import type { TargetSettings } from '../connections/targetConnection.ts';
import { CertificateError } from '../identity/certificate/certificateError.ts';
import { certificateSecretOf } from '../identity/certificate/signingCertificate.ts';
import { certificateErrorText } from '../identity/certificate/certificateErrorText.ts';
import type { KeyWorkshop } from '../identity/certificate/keyWorkshop.ts';
import { UsageError } from './usageError.ts';

export const secretVariable = 'EXCHANGE_MIGRATION_SECRET';
export const targetSecretVariable = 'EXCHANGE_MIGRATION_TARGET_SECRET';

/** Where a secret may come from. */
export interface SecretSources {
  /** `--secret-file` or `--target-secret-file`; `-` is standard input. */
  readonly file: string | undefined;
  /** Value of the environment variable; undefined where it is not set or empty. */
  readonly variable: string | undefined;
  /** Reads all of it; undefined where it is a terminal, in which a secret would be seen. */
  readonly readInput: (() => Promise<Buffer>) | undefined;
  readonly readFile: (file: string) => Promise<Buffer>;
  readonly openKey: KeyWorkshop['open'];
}

/** Gets what the sign-in method needs. @throws UsageError */
export async function readSecret(signIn: SignIn, sources: SecretSources): Promise<ConnectionSecret> {
  switch (signIn.method) {
    case 'appCertificate':
      return readCertificate(sources);
    case 'appSecret':
      return { method: 'appSecret', clientSecret: await readText(sources) };
    case 'password':
      return { method: 'password', password: await readText(sources) };
    case 'account':
      throw new UsageError(
        l10n.t(
          'This connection signs in with an administrator’s account, which needs a person and a browser. Verify it in VS Code, or export a connection with an app registration (client secret or certificate) for unattended use.',
        ),
      );
  }
}

/** Gets the password of a target's account. @throws UsageError */
export async function readTargetSecret(
  { method }: TargetSettings['signIn'],
  sources: Omit<SecretSources, 'openKey'>,
): Promise<TargetSecret> {
  const password = await firstText(sources);
  if (password === '') throw new UsageError(l10n.t('The target’s password is empty.'));
  if (password !== undefined) return { method, password };
  throw new UsageError(
    l10n.t(
      'The target’s password is missing. Put it into the environment variable {0}, name a file with --target-secret-file, or pipe it into standard input if the source’s secret does not come from there.',
      targetSecretVariable,
    ),
  );
}

async function readText(sources: SecretSources): Promise<string> {
  const text = await firstText(sources);
  if (text === '') throw new UsageError(l10n.t('The secret is empty.'));
  if (text !== undefined) return text;
  throw new UsageError(
    l10n.t(
      'The secret is missing. Put it into the environment variable {0}, name a file with --secret-file, or pipe it into standard input.',
      secretVariable,
    ),
  );
}

/** @returns undefined: there is none */
async function firstText(sources: Omit<SecretSources, 'openKey'>): Promise<string | undefined> {
  const { file, variable, readInput } = sources;
  if (file !== undefined && file !== '-') return textOf(await readFileOf(file, sources));
  if (file === undefined && variable !== undefined) return variable;
  return readInput && textOf(await readInput());
}

async function readCertificate(sources: SecretSources): Promise<ConnectionSecret> {
  const { file, variable, readInput, openKey } = sources;
  if (file === undefined) {
    throw new UsageError(
      l10n.t('This connection signs in with a certificate. Name its PEM or PFX file with --secret-file.'),
    );
  }
  if (file === '-' && !readInput) throw new UsageError(l10n.t('Standard input is a terminal.'));
  const bytes = file === '-' && readInput ? await readInput() : await readFileOf(file, sources);
  const open = async (passphrase: string): Promise<ConnectionSecret> => {
    return certificateSecretOf(await openKey(bytes, passphrase));
  };
  try {
    return await open(variable ?? '');
  } catch (error) {
    const wanted = error instanceof CertificateError && error.reason === 'passphraseNeeded';
    // Only now: standard input may be open without anybody ever writing to it.
    if (!wanted || variable !== undefined || file === '-' || !readInput) throw certificateFailure(error, file);
  }
  try {
    return await open(textOf(await readInput()));
  } catch (error) {
    throw certificateFailure(error, file);
  }
}

function certificateFailure(error: unknown, file: string): unknown {
  if (!(error instanceof CertificateError)) return error;
  const text = certificateErrorText(error.reason, error.detail);
  const hint =
    error.reason === 'passphraseNeeded' || error.reason === 'wrongPassphrase'
      ? ` ${l10n.t('It is read from the environment variable {0}, else from standard input.', secretVariable)}`
      : '';
  return new UsageError(`${file}: ${text}${hint}`);
}

async function readFileOf(file: string, { readFile }: Pick<SecretSources, 'readFile'>): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new UsageError(l10n.t('{0} cannot be read ({1}).', file, errorCode(error) ?? ''));
  }
}

/** A text file without the line end that editors and `echo` add. Windows PowerShell writes UTF-16. */
function textOf(bytes: Buffer): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes).replace(/\r?\n$/, '');
}
