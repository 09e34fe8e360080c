import * as l10n from '@vscode/l10n';
import { checkIds } from '../verification/verification.ts';

export function helpText(): string {
  const options: readonly (readonly [string, string])[] = [
    ['--connection FILE', l10n.t('definitions exported with “Export…” in VS Code')],
    ['--name NAME', l10n.t('which connection, if the file holds several')],
    ['--secret-file FILE', l10n.t('file with the secret, or the certificate (PEM, PFX); - is standard input')],
    ['--check ID…', l10n.t('only these checks and what they need:')],
    ...wrapped(checkIds).map((line) => ['', `  ${line}`] as const),
    ['--timeout SECONDS', l10n.t('deadline of each check, 1 to 300; 15 unless told')],
    ['--json', l10n.t('JSON on standard output')],
    ['--help, --version', ''],
  ];
  return [
    `${l10n.t('Usage')}: node dist/cli.js verify --connection FILE [--name NAME] [--secret-file FILE]`,
    '                               [--check ID…] [--timeout SECONDS] [--json]',
    '',
    l10n.t('Verifies a connection to a source Office 365 tenant, without VS Code.'),
    '',
    ...options.map(([name, text]) => `  ${name.padEnd(20)}${text}`.trimEnd()),
    '',
    l10n.t('The secret is what the connection’s sign-in method asks for. It is never an argument:'),
    `  ${l10n.t('client secret, password: --secret-file, else EXCHANGE_MIGRATION_SECRET, else standard input')}`,
    `  ${l10n.t('certificate: --secret-file; its passphrase from EXCHANGE_MIGRATION_SECRET, else standard input')}`,
    '',
    l10n.t('Exit codes: 0 verified, 1 failed, 2 usage, 3 cancelled.'),
    '',
  ].join('\n');
}

/** A list on lines that fit beside the options. */
function wrapped(words: readonly string[]): string[] {
  const lines = [''];
  for (const word of words) {
    const last = lines.at(-1) ?? '';
    if (last.length + word.length > 54) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`.trimStart();
  }
  return lines;
}
