import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { sampleApp, sampleDefinition } from '../../scripts/sampleDefinition.ts';
import { DefinitionFiles } from '../../src/connections/definitionFiles.ts';
import { sourceKind } from '../../src/connections/sourceConnection.ts';
import { Wizard } from '../e2e/harness/wizard.ts';
import { against, figureOf, report } from './figures.ts';
import type { Watched } from './host/probe.ts';
import type { LabProcess } from './labProcess.ts';
import { sequentialRoundTrips } from './roundTrips.ts';
import type { BenchWindow } from './window.ts';

/** Measured ones, after one that opens the connections. */
const runs = 10;
/** Milliseconds before each answer of the lab. */
const latencies = [0, 100];
/** Milliseconds, at a latency of 100. */
const longestConfigure = 650;
const mostRoundTrips = 5;
/** Milliseconds. */
const longestBlock = 50;

interface Configured extends Watched {
  /** From the press on Configure or Run again until Finish is there. */
  readonly ms: number;
}

/** The real wizard in the real VS Code, signing in with an app's secret. */
export async function measureConfigure(open: () => Promise<BenchWindow>, lab: LabProcess): Promise<void> {
  const bench = await open();
  try {
    await reachConfigure(bench, lab);
    await lab.setLatency(0);
    const cold = await configure(bench);
    report('configure, first', { latencyMs: 0, unit: 'ms', ...figureOf([cold.ms]), requests: cold.requests.length });
    for (const latencyMs of latencies) {
      await lab.setLatency(latencyMs);
      const all: Configured[] = [];
      for (let run = 0; run < runs; run++) all.push(await configure(bench));
      reportRuns(latencyMs, all);
    }
  } finally {
    await bench.close();
  }
}

function reportRuns(latencyMs: number, all: readonly Configured[]): void {
  const duration = figureOf(all.map(({ ms }) => ms));
  const requests = figureOf(all.map((run) => run.requests.length));
  const roundTrips = figureOf(all.map((run) => sequentialRoundTrips(run.requests)));
  const block = figureOf(all.map(({ longestBlockMs }) => longestBlockMs));
  const slow = latencyMs === 100;
  report('configure', {
    latencyMs,
    unit: 'ms',
    ...duration,
    ...(slow && against(longestConfigure, duration.median)),
    requests,
    roundTrips: { ...roundTrips, ...(slow && against(mostRoundTrips, roundTrips.median)) },
    longestBlock: { unit: 'ms', ...block, ...against(longestBlock, block.median) },
  });
}

/** Opens the wizard of a connection that is there already and goes to its second step. */
async function reachConfigure({ window, userFolder }: BenchWindow, { description }: LabProcess): Promise<void> {
  const storage = path.join(userFolder, 'globalStorage', 'exchange-migration.exchange-migration');
  const settings = await sampleDefinition(description);
  await new DefinitionFiles(path.join(storage, 'connections'), sourceKind).write({
    schemaVersion: 1,
    kind: 'office365',
    id: randomUUID(),
    ...settings,
    revision: randomUUID(),
    modifiedAt: new Date().toISOString(),
  });
  await window.openSideBar();
  const wizard = await Wizard.openSettings(window, settings.name);
  await wizard.fill({ texts: { 'Client secret (value)': sampleApp(description).secret ?? '' } });
  await wizard.next();
}

async function configure(bench: BenchWindow): Promise<Configured> {
  const frame = await bench.window.webviewFrame();
  await bench.ask('watch');
  const ms = Number(await frame.evaluate(pressAndWait));
  return { ms, ...((await bench.ask('watched')) as Watched) }; // As host/probe.ts says.
}

/** In a string: it runs in the wizard's page. */
const pressAndWait = `new Promise((resolve, reject) => {
  const shown = (label) =>
    [...document.querySelectorAll('vscode-button')].find(
      (button) => button.textContent.trim() === label && button.checkVisibility(),
    );
  const start = performance.now();
  let began = false;
  new MutationObserver((_, observer) => {
    began ||= shown('Cancel') !== undefined;
    if (!began || shown('Cancel')) return;
    observer.disconnect();
    if (shown('Finish')) resolve(performance.now() - start);
    else reject(new Error(document.querySelector('.summary').textContent));
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  (shown('Configure') ?? shown('Run again')).click();
})`;
