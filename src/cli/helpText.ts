import * as l10n from '@vscode/l10n';
import { checkIds } from '../verification/verification.ts';

type Options = readonly (readonly [name: string, text: string])[];

export function helpText(): string {
  return [
    `${l10n.t('Usage')}: node dist/cli.js verify --connection FILE [--name NAME] [--secret-file FILE]`,
    '                               [--check ID…] [--timeout SECONDS] [--json]',
    '       node dist/cli.js scan --job FILE [--secret-file FILE] [--target-secret-file FILE]',
    '                             [--request-limit BYTES] [--json]',
    '',
    l10n.t('Without VS Code: verify verifies a connection to a source Office 365 tenant,'),
    l10n.t('scan looks whether the mailboxes of a migration job are ready, at both ends.'),
    '',
    ...listed('verify', verifyOptions()),
    '',
    ...listed('scan', scanOptions()),
    '',
    ...listed('verify, scan', sharedOptions()),
    '',
    l10n.t('The secret is what the connection’s sign-in method asks for. It is never an argument:'),
    `  ${l10n.t('client secret, password: --secret-file, else EXCHANGE_MIGRATION_SECRET, else standard input')}`,
    `  ${l10n.t('certificate: --secret-file; its passphrase from EXCHANGE_MIGRATION_SECRET, else standard input')}`,
    `  ${l10n.t('target: --target-secret-file, else EXCHANGE_MIGRATION_TARGET_SECRET, else standard input')}`,
    '',
    l10n.t('Exit codes of verify: 0 verified, 1 failed, 2 usage, 3 cancelled;'),
    l10n.t('of scan: 0 all are ready, 1 some are not or it was stopped, 2 usage, 3 cancelled.'),
    '',
  ].join('\n');
}

function verifyOptions(): Options {
  return [
    ['--connection FILE', l10n.t('definitions exported with “Export…” in VS Code')],
    ['--name NAME', l10n.t('which connection, if the file holds several')],
    ['--check ID…', l10n.t('only these checks and what they need:')],
    ...wrapped(checkIds).map((line) => ['', `  ${line}`] as const),
    ['--timeout SECONDS', l10n.t('deadline of each check, 1 to 300; 15 unless told')],
  ];
}

function scanOptions(): Options {
  return [
    ['--job FILE', l10n.t('a job exported with “Export…” in VS Code')],
    ['--target-secret-file FILE', l10n.t('file with the target’s password; - is standard input')],
    ['--request-limit BYTES', l10n.t('largest request that the target takes; 64 MB unless told')],
  ];
}

function sharedOptions(): Options {
  return [
    ['--secret-file FILE', l10n.t('file with the secret, or the certificate (PEM, PFX);')],
    ['', l10n.t('- is standard input')],
    ['--json', l10n.t('JSON on standard output')],
    ['--help, --version', ''],
  ];
}

function listed(commands: string, options: Options): string[] {
  return [`${commands}:`, ...options.map(([name, text]) => `  ${name.padEnd(27)}${text}`.trimEnd())];
}

/** A list on lines that fit beside the options. */
function wrapped(words: readonly string[]): string[] {
  const lines = [''];
  for (const word of words) {
    const last = lines.at(-1) ?? '';
    if (last.length + word.length > 48) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`.trimStart();
  }
  return lines;
}
