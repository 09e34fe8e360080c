import { readFile } from 'node:fs/promises';
import * as l10n from '@vscode/l10n';
import type { ConnectionSecret, TargetSecret } from '../connections/secret.ts';
import type { ExportedJob } from '../migration/jobExchange.ts';
import type { ScanArguments } from './scanArguments.ts';
import { readSecret, readTargetSecret, secretVariable, targetSecretVariable } from './secretSource.ts';
import { UsageError } from './usageError.ts';
import type { World } from './world.ts';

export interface JobSecrets {
  readonly source: ConnectionSecret;
  readonly target: TargetSecret;
}

/** Gets the secrets of both of a job's connections; standard input holds one of them at most. @throws UsageError */
export async function readJobSecrets(
  { source, target }: Pick<ExportedJob, 'source' | 'target'>,
  { secretFile, targetSecretFile }: Pick<ScanArguments, 'secretFile' | 'targetSecretFile'>,
  { secrets, readInput, keys }: Pick<World, 'secrets' | 'readInput' | 'keys'>,
): Promise<JobSecrets> {
  const { method } = source.signIn;
  const isText = method === 'appSecret' || method === 'password';
  const sourceWantsInput = secretFile === '-' || (isText && secretFile === undefined && secrets.source === undefined);
  const targetWantsInput = targetSecretFile === '-' || (targetSecretFile === undefined && secrets.target === undefined);
  // Before anybody waits for an input of which only one half can be used.
  if (sourceWantsInput && targetWantsInput && readInput) throw oneInput();
  const input = { isRead: false };
  const readOnce =
    readInput &&
    (() => {
      input.isRead = true;
      return readInput();
    });
  const ofSource = await readSecret(source.signIn, {
    file: secretFile,
    variable: secrets.source,
    // A certificate's passphrase comes from there as well, unless that is said to be the target's.
    readInput: targetSecretFile === '-' ? undefined : readOnce,
    readFile,
    openKey: keys.open,
  });
  const ofTarget = await readTargetSecret(target.signIn, {
    file: targetSecretFile,
    variable: secrets.target,
    readInput: input.isRead ? undefined : readOnce,
    readFile,
  });
  return { source: ofSource, target: ofTarget };
}

function oneInput(): UsageError {
  return new UsageError(
    l10n.t(
      'Standard input can hold one of the two secrets only. Put the source’s into the environment variable {0} or a file (--secret-file), or the target’s into {1} or a file (--target-secret-file).',
      secretVariable,
      targetSecretVariable,
    ),
  );
}
