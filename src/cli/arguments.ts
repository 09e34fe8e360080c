import { parseArgs } from 'node:util';
import * as l10n from '@vscode/l10n';
import { checkIds } from '../verification/verification.ts';
import type { CheckId } from '../verification/verification.ts';
import { UsageError } from './usageError.ts';

export interface VerifyArguments {
  readonly command: 'verify';
  /** File of exported definitions. */
  readonly connection: string;
  /** Which connection of the file. */
  readonly name?: string;
  /** File with the secret; `-` is standard input. */
  readonly secretFile?: string;
  /** Only these, and what they need. */
  readonly checks?: ReadonlySet<CheckId>;
  /** Of each check. */
  readonly timeoutSeconds: number;
  readonly json: boolean;
}

export type CliArguments = VerifyArguments | { readonly command: 'help' | 'version' };

const options = {
  connection: { type: 'string' },
  name: { type: 'string' },
  'secret-file': { type: 'string' },
  check: { type: 'string', multiple: true },
  timeout: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

/**
 * Reads the command line. What is wrong with it is told without repeating its values: one of them may be a secret that
 * somebody has typed where it does not belong.
 * @throws UsageError
 */
export function readArguments(args: readonly string[]): CliArguments {
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  const values = new Map<string, string>();
  const flags = new Set<string>();
  const checks: string[] = [];
  const commands: string[] = [];
  let openList = false; // `--check` takes all that follows it.
  for (const token of tokens) {
    if (token.kind === 'positional') (openList ? checks : commands).push(token.value);
    if (token.kind !== 'option') continue;
    openList = token.name === 'check';
    if (!isOption(token.name)) throw unknownOption(token.rawName);
    if (options[token.name].type === 'boolean') {
      if (token.value !== undefined) throw new UsageError(l10n.t('--{0} takes no value.', token.name));
      flags.add(token.name);
      continue;
    }
    // Node takes the next argument for the value, whatever it is.
    const forgotten = token.inlineValue === false && token.value.startsWith('--');
    if (token.value === undefined || token.value === '' || forgotten) {
      throw new UsageError(l10n.t('--{0} needs a value.', token.name));
    }
    if (openList) checks.push(token.value);
    else if (values.has(token.name)) throw new UsageError(l10n.t('--{0} is given twice.', token.name));
    else values.set(token.name, token.value);
  }
  if (flags.has('help') || args.length === 0) return { command: 'help' };
  if (flags.has('version')) return { command: 'version' };
  if (commands[0] !== 'verify')
    throw new UsageError(l10n.t('The command is missing or unknown. There is one: verify.'));
  if (commands.length > 1) throw new UsageError(l10n.t('There is an argument too many after verify.'));
  return verifyArguments(values, checks, flags.has('json'));
}

function verifyArguments(
  values: ReadonlyMap<string, string>,
  checks: readonly string[],
  json: boolean,
): VerifyArguments {
  const connection = values.get('connection');
  if (connection === undefined) throw new UsageError(l10n.t('--connection FILE is missing: the exported definition.'));
  const name = values.get('name');
  const secretFile = values.get('secret-file');
  return {
    command: 'verify',
    connection,
    ...(name !== undefined && { name }),
    ...(secretFile !== undefined && { secretFile }),
    ...(checks.length > 0 && { checks: new Set(checks.flatMap((list) => list.split(',')).map(checkIdOf)) }),
    timeoutSeconds: secondsOf(values.get('timeout') ?? '15'),
    json,
  };
}

function isOption(name: string): name is keyof typeof options {
  return Object.hasOwn(options, name);
}

function unknownOption(rawName: string): UsageError {
  if (/^--?[\w-]*(secret|pass|pw|key|token|credential)/i.test(rawName)) {
    return new UsageError(
      l10n.t(
        'A secret is never taken from an argument: other users of this machine and the shell’s history could read it. Put it into the environment variable EXCHANGE_MIGRATION_SECRET, a file (--secret-file) or standard input.',
      ),
    );
  }
  const shown = /^--[a-z-]{2,20}$/.test(rawName) ? ` ${rawName}` : '';
  return new UsageError(l10n.t('There is no such option{0}.', shown));
}

function checkIdOf(text: string): CheckId {
  const id = checkIds.find((each) => each === text);
  if (id === undefined) throw new UsageError(l10n.t('--check knows these: {0}.', checkIds.join(', ')));
  return id;
}

/** As far as the setting exchangeMigration.verification.checkTimeout goes. */
function secondsOf(text: string): number {
  const seconds = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (seconds < 1 || seconds > 300) throw new UsageError(l10n.t('--timeout takes whole seconds from 1 to 300.'));
  return seconds;
}
