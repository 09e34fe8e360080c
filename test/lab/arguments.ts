import { parseArgs } from 'node:util';
import type { LabOptions } from './lab.ts';
import type { OnPremisesOptions } from './onPremises/onPremises.ts';
import { serverVersions } from './onPremises/versions.ts';
import { scenarios } from './scenarios.ts';

/** Thrown for a command line that cannot be understood; the message says what is wrong with it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const usage = [
  'usage: npm run lab -- [--port P] [--host ADDRESS] [--latency MS] [--mailboxes N] [--items N] [--scenario NAME] [--proxy PORT]',
  '       npm run lab -- --on-premises [--port P] [--latency MS] [--mailboxes N] [--items N] [--version NAME]',
  `versions: ${serverVersions.join(', ')}`,
  `scenarios: ${scenarios.map((scenario) => scenario.name).join(', ')}`,
].join('\n');

const definitions = {
  port: { type: 'string' },
  host: { type: 'string' },
  latency: { type: 'string' },
  mailboxes: { type: 'string' },
  items: { type: 'string' },
  scenario: { type: 'string' },
  proxy: { type: 'string' },
  version: { type: 'string' },
  'on-premises': { type: 'boolean' },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof definitions }>>['values'];

/** What the command line asks to start. */
export type Wanted =
  | { readonly kind: 'tenant'; readonly options: LabOptions }
  | { readonly kind: 'onPremises'; readonly options: OnPremisesOptions };

function parse(args: readonly string[]): Values {
  try {
    return parseArgs({ args: [...args], options: definitions, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function whole(name: string, text: string | undefined, min: number, max: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new UsageError(`--${name} must be a whole number from ${min} to ${max}, not "${text}"`);
  }
  return value;
}

/** Refuses what the other kind of lab has only. */
function refuse(values: Values, kind: string, names: readonly (keyof Values)[]): void {
  const found = names.find((name) => values[name] !== undefined);
  if (found !== undefined) throw new UsageError(`--${found} is not for ${kind}`);
}

function readOnPremises(values: Values): OnPremisesOptions {
  refuse(values, 'a server on premises', ['host', 'scenario', 'proxy']);
  const port = whole('port', values.port, 0, 65_535);
  const latencyMs = whole('latency', values.latency, 0, 600_000);
  const mailboxes = whole('mailboxes', values.mailboxes, 1, 1_000);
  const items = whole('items', values.items, 0, 1_000_000);
  const version = serverVersions.find((name) => name === values.version);
  if (values.version !== undefined && version === undefined) {
    throw new UsageError(`there is no version "${values.version}" of Exchange Server`);
  }
  return {
    ...(port === undefined ? {} : { port }),
    ...(mailboxes === undefined ? {} : { mailboxes }),
    ...(items === undefined ? {} : { items }),
    state: { latencyMs: latencyMs ?? 0, ...(version === undefined ? {} : { version }) },
  };
}

function readTenant(values: Values): LabOptions {
  refuse(values, 'a tenant', ['version']);
  if (values.scenario !== undefined && !scenarios.some((scenario) => scenario.name === values.scenario)) {
    throw new UsageError(`there is no scenario "${values.scenario}"`);
  }
  const { host } = values;
  if (host !== undefined && host !== '127.0.0.1' && host !== '127.0.0.2') {
    throw new UsageError(`--host must be 127.0.0.1 or 127.0.0.2, not "${host}"`);
  }
  const port = whole('port', values.port, 0, 65_535);
  const latencyMs = whole('latency', values.latency, 0, 600_000);
  const mailboxes = whole('mailboxes', values.mailboxes, 1, 1_000);
  const proxy = whole('proxy', values.proxy, 0, 65_535);
  const items = whole('items', values.items, 0, 1_000_000);
  return {
    ...(port === undefined ? {} : { port }),
    ...(host === undefined ? {} : { host }),
    ...(latencyMs === undefined ? {} : { latencyMs }),
    ...(mailboxes === undefined ? {} : { mailboxes }),
    ...(items === undefined ? {} : { items }),
    ...(proxy === undefined ? {} : { proxy }),
    ...(values.scenario === undefined ? {} : { scenario: values.scenario }),
  };
}

/** Reads the lab's command line. @throws UsageError */
export function readArguments(args: readonly string[]): Wanted {
  const values = parse(args);
  return values['on-premises'] === true
    ? { kind: 'onPremises', options: readOnPremises(values) }
    : { kind: 'tenant', options: readTenant(values) };
}
