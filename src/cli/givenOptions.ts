import { parseArgs } from 'node:util';
import * as l10n from '@vscode/l10n';
import { UsageError } from './usageError.ts';

/** Of all commands. */
const options = {
  connection: { type: 'string' },
  name: { type: 'string' },
  job: { type: 'string' },
  'secret-file': { type: 'string' },
  'target-secret-file': { type: 'string' },
  check: { type: 'string', multiple: true },
  timeout: { type: 'string' },
  'request-limit': { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

export type OptionName = keyof typeof options;

/** What a command line says, before anybody knows what it means. */
export interface GivenOptions {
  /** Arguments that belong to no option: the command, if all is well. */
  readonly words: readonly string[];
  readonly values: ReadonlyMap<OptionName, string>;
  readonly flags: ReadonlySet<OptionName>;
  /** Of `--check`, as they were typed. */
  readonly checks: readonly string[];
}

/**
 * Takes a command line apart. What is wrong with it is told without repeating its values: one of them may be a secret that
 * somebody has typed where it does not belong.
 * @throws UsageError
 */
export function readOptions(args: readonly string[]): GivenOptions {
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  const values = new Map<OptionName, string>();
  const flags = new Set<OptionName>();
  const checks: string[] = [];
  const words: string[] = [];
  let openList = false; // `--check` takes all that follows it.
  for (const token of tokens) {
    if (token.kind === 'positional') (openList ? checks : words).push(token.value);
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
  return { words, values, flags, checks };
}

/** @throws UsageError where an option is given that the command does not know */
export function refuseOthers(command: string, known: readonly OptionName[], given: GivenOptions): void {
  const used = [...given.values.keys(), ...given.flags, ...(given.checks.length > 0 ? (['check'] as const) : [])];
  const other = used.find((name) => !known.includes(name));
  if (other !== undefined) throw new UsageError(l10n.t('{0} has no option --{1}.', command, other));
}

function isOption(name: string): name is OptionName {
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
