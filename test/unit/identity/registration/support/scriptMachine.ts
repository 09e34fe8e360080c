import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach } from 'mocha';
import { shQuote } from '../../../../../src/identity/registration/quote.ts';
import { useTemporaryFolder } from '../../../support/temporaryFolder.ts';
import { AzureCliStandIn } from './azureCliStandIn.ts';
import type { StandInState } from './azureCliStandIn.ts';

/** A machine on which a script runs: a home, a terminal, and a stand-in for Azure CLI. */
export interface ScriptMachine {
  readonly home: string;
  readonly az: AzureCliStandIn;
  /** Runs the script in a terminal in which a person types the passphrase as often as openssl asks for it. */
  run(script: string): Promise<{ readonly code: unknown; readonly output: string; readonly prompts: number }>;
  /** How often scripts have waited; nobody has to. */
  waits(): Promise<number>;
}

export const passphrase = 'correct horse';

/** Gives the tests of a suite machines, which go with the test. */
export function useScriptMachine(): (state?: Partial<StandInState>) => Promise<ScriptMachine> {
  const folder = useTemporaryFolder();
  const started: AzureCliStandIn[] = [];
  afterEach(() => started.splice(0).forEach((az) => az.close()));
  return async (state = {}) => {
    const az = new AzureCliStandIn(state);
    started.push(az);
    const [home, programs, sleeps] = ['home', 'bin', 'sleeps'].map((name) => path.join(folder(), name)) as [
      string,
      string,
      string,
    ]; // As many as names.
    await Promise.all([mkdir(home), mkdir(programs), writeFile(sleeps, '')]);
    const program = (name: string, text: string) => writeFile(path.join(programs, name), text, { mode: 0o755 });
    await program('az', await az.start());
    await program('sleep', `#!/bin/sh\necho "$1" >>${shQuote(sleeps)}\n`);
    const waits = async () => (await readFile(sleeps, 'utf8')).split('\n').length - 1;
    return { home, az, waits, run: (script) => runInTerminal(script, home, programs) };
  };
}

async function runInTerminal(script: string, home: string, programs: string) {
  const file = path.join(programs, 'register.sh');
  await writeFile(file, script);
  const child = spawn('script', ['-qec', `bash ${shQuote(file)}`, '/dev/null'], {
    cwd: home,
    env: { ...process.env, PATH: `${programs}:${process.env.PATH ?? ''}`, HOME: home },
  });
  let output = '';
  let prompts = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    for (const asked = output.match(/pass phrase[^\n:]*:/g) ?? []; prompts < asked.length; prompts++) {
      child.stdin.write(`${passphrase}\n`);
    }
  });
  const [code] = (await once(child, 'close')) as unknown[];
  return { code, output, prompts };
}

/** Names of what a script left in the home. */
export const filesOf = ({ home }: ScriptMachine): Promise<readonly string[]> => readdir(home);
