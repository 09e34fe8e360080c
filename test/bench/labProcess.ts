import { readFile } from 'node:fs/promises';
import { request } from 'node:https';
import path from 'node:path';
import { projectRoot } from '../../scripts/paths.ts';
import { startSupervised } from '../../scripts/supervised.ts';
import type { LabDescription } from '../lab/description.ts';
import type { OnPremisesDescription } from '../lab/onPremises/onPremises.ts';

/** The simulated tenant in a process of its own, so that it takes no time of whoever measures. */
export interface LabProcess<Description = LabDescription> {
  readonly description: Description;
  /** From now on the lab waits so many milliseconds before each answer. */
  setLatency(ms: number): Promise<void>;
  stop(): Promise<void>;
}

/** @param args of the lab's command line @throws Error with what the lab said when it ended before it was ready. */
export async function startLabProcess(args: readonly string[] = []): Promise<LabProcess> {
  return startProcess(args);
}

/** The same with an Exchange server on premises. */
export async function startServerProcess(args: readonly string[] = []): Promise<LabProcess<OnPremisesDescription>> {
  return startProcess(['--on-premises', ...args]);
}

async function startProcess<Description extends LabDescription | OnPremisesDescription>(
  args: readonly string[],
): Promise<LabProcess<Description>> {
  const lab = path.join(projectRoot, 'test', 'lab', 'main.ts');
  let said = '';
  let ready: (line: string) => void = () => undefined;
  const line = new Promise<string>((resolve) => (ready = resolve));
  const child = startSupervised(process.execPath, [lab, ...args], {
    onOutput: (text) => {
      said += text;
      if (said.includes('\n')) ready(said);
    },
  });
  const ended = child.ended.then(() => {
    throw new Error(`The lab ended: ${child.output()}`);
  });
  const description = JSON.parse(await Promise.race([line, ended])) as Description; // As test/lab/main.ts says.
  ended.catch(() => undefined); // We stop it ourselves.
  const ca = await readFile(description.ca);
  return {
    description,
    setLatency: async (ms) => patch(description.control, ca, { latencyMs: ms }),
    stop: async () => {
      await child.stop();
    },
  };
}

async function patch(url: string, ca: Buffer, change: object): Promise<void> {
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const sent = request(url, { method: 'PATCH', ca, agent: false }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    });
    sent.on('error', reject);
    sent.end(JSON.stringify(change));
  });
  if (status !== 200) throw new Error(`The lab refused ${JSON.stringify(change)} with status ${status ?? 0}.`);
}
