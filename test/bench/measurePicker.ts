import type { Frame } from 'playwright-core';
import { startLab } from '../lab/lab.ts';
import type { Lab } from '../lab/lab.ts';
import { grantGraph } from '../unit/lab/support/grantGraph.ts';
import { labApp, secretValues } from '../e2e/harness/credentials.ts';
import { JobWizard } from '../e2e/harness/jobWizard.ts';
import { until } from '../e2e/harness/until.ts';
import { Wizard } from '../e2e/harness/wizard.ts';
import { against, figureOf, report } from './figures.ts';
import type { Memory, Watched } from './host/probe.ts';
import type { BenchWindow } from './window.ts';

const users = 100_000;
/** Measured ones, after one that opens the connections. */
const runs = 5;
/** Milliseconds. */
const longestOpening = 150;
const longestKeystroke = 50;
const longestBlock = 50;
/** Bytes: of the extension host for the picker, and of the page. */
const largest = 300_000_000;
/** Each letter of it finds somebody. */
const searched = 'person 4711';
const list = '[role=listbox][aria-label="Directory"]';

/** The directory of a large tenant in the wizard of a job, in the real VS Code. */
export async function measurePicker(open: () => Promise<BenchWindow>): Promise<void> {
  const lab = await startLab({ items: 1 });
  const bench = await open();
  try {
    await grantGraph(lab, labApp(lab, 'Migration').clientId, ['User.Read.All', 'Reports.Read.All']);
    lab.patch({ graph: { moreUsers: users } });
    const wizard = await reachDirectory(bench, lab);
    const before = (await bench.ask('memory')) as Memory; // As host/probe.ts says.
    const first = await measureReading(bench, wizard, 'From the directory');
    await measureKeystrokes(bench);
    await measureChoosing(bench, wizard);
    await measureMemory(bench, before);
    await measureOpening(bench, wizard, first);
  } finally {
    await bench.close();
    await lab.close();
  }
}

async function reachDirectory({ window }: BenchWindow, lab: Lab): Promise<JobWizard> {
  const source = await Wizard.openNew(window);
  const { texts, ...values } = secretValues(lab, 'Contoso');
  const graph = { 'Graph address': new URL(lab.description.graph).origin };
  await source.fill({ ...values, texts: { ...texts, ...graph }, additionalCa: lab.description.ca });
  // The lab has one address, so what a token is for is told by the cloud only.
  await source.fill({ cloud: 'Worldwide (and GCC)' });
  await source.next();
  await source.configureAndFinish();
  const wizard = await JobWizard.openNew(window);
  await wizard.field('Job name').fill('Wave 1');
  await wizard.next('Source mailboxes');
  await wizard.choose('Source server', 'Contoso');
  return wizard;
}

/** In milliseconds. */
interface Reading {
  /** From the press of the button until the first rows are drawn. */
  readonly opened: number;
  /** What of it is not the time of the servers. */
  readonly own: number;
  /** Until all of it is there, with the sizes. */
  readonly whole: number;
  readonly longestBlock: number;
}

async function measureReading(bench: BenchWindow, wizard: JobWizard, button: string): Promise<Reading> {
  const frame = await bench.window.webviewFrame();
  await bench.ask('watch');
  const start = Date.now();
  const opened = Number(await frame.evaluate(pressAndWait(button)));
  await untilLoaded(wizard);
  const whole = Date.now() - start;
  const { requests, longestBlockMs } = (await bench.ask('watched')) as Watched; // As host/probe.ts says.
  // The sign-in service is asked twice, then comes the first page.
  const [first, , page] = requests.toSorted((a, b) => a.start - b.start);
  const servers = (page?.end ?? 0) - (first?.start ?? 0);
  return { opened, own: opened - servers, whole, longestBlock: longestBlockMs };
}

/** The first reading opens connections; the others are read again. */
async function measureOpening(bench: BenchWindow, wizard: JobWizard, first: Reading): Promise<void> {
  const readings: Reading[] = [];
  for (let run = 0; run < runs; run++) readings.push(await measureReading(bench, wizard, 'Read Again'));
  const figures = (of: (reading: Reading) => number): ReturnType<typeof figureOf> => figureOf(readings.map(of));
  const own = figures((reading) => reading.own);
  const block = figureOf([first, ...readings].map(({ longestBlock: each }) => each));
  report('directory in the page, first rows', {
    ...{ users, unit: 'ms', first: Math.round(first.opened), again: figures(({ opened }) => opened) },
    withoutServers: { ...own, ...against(longestOpening, own.median) },
    whole: figures(({ whole }) => whole),
    longestBlock: { unit: 'ms', ...block, ...against(longestBlock, block.median) },
  });
}

/** From the press of a key in the search box until the rows are drawn. */
async function measureKeystrokes({ window }: BenchWindow): Promise<void> {
  const frame = await window.webviewFrame();
  const durations: number[] = [];
  const search = frame.getByRole('textbox', { name: 'Search name or address' }).first();
  await search.focus();
  const type = async (key: string): Promise<void> => {
    await frame.evaluate(expectKey);
    await window.page.keyboard.press(key);
    durations.push(await frame.evaluate<number>('globalThis.rowsDrawn'));
  };
  for (let run = 0; run < 2; run++) {
    for (const letter of searched) await type(letter === ' ' ? 'Space' : letter);
    for (let left = searched.length; left > 0; left--) await type('Backspace');
  }
  const keystroke = figureOf(durations);
  report('directory in the page, keystroke', {
    ...{ users, unit: 'ms', ...keystroke, ...against(longestKeystroke, keystroke.median) },
  });
}

/** From the press on the box above the list until all are chosen. */
async function measureChoosing(bench: BenchWindow, wizard: JobWizard): Promise<void> {
  await bench.ask('watch');
  const start = Date.now();
  await wizard.content.getByRole('checkbox', { name: 'Choose all that are shown' }).check();
  await wizard.content
    .getByText(/^Chosen: 100,\d+ mailboxes$/)
    .first()
    .waitFor();
  const ms = Date.now() - start;
  const { longestBlockMs } = (await bench.ask('watched')) as Watched; // As host/probe.ts says.
  report('directory in the page, all chosen', {
    ...{ users, unit: 'ms', ...figureOf([ms]) },
    longestBlock: { unit: 'ms', ...figureOf([longestBlockMs]), ...against(longestBlock, longestBlockMs) },
  });
}

async function measureMemory(bench: BenchWindow, before: Memory): Promise<void> {
  const after = (await bench.ask('memory')) as Memory; // As host/probe.ts says.
  const page = await heapOf(await bench.window.webviewFrame());
  report('directory in the page, memory', {
    ...{ users, unit: 'bytes', hostBefore: before.rss, host: after.rss },
    hostGrowth: { bytes: after.rss - before.rss, ...against(largest, after.rss - before.rss) },
    hostKept: after.heapKept - before.heapKept,
    page: { bytes: page, ...against(largest, page) },
  });
}

/** Of the process that draws the page: what else is in it counts as well. */
async function heapOf(frame: Frame): Promise<number> {
  const page = frame.page();
  // Only a frame with a process of its own has a session of its own.
  const session = await page
    .context()
    .newCDPSession(frame)
    .catch(() => page.context().newCDPSession(page));
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? NaN;
}

async function untilLoaded(wizard: JobWizard): Promise<void> {
  await wizard.content
    .getByText(/^100,\d+ mailboxes\./)
    .first()
    .waitFor();
  await until('the sizes are known', async () =>
    /[MG]B/.test(await wizard.row('Directory', /@/).innerText({ timeout: 1000 })),
  );
}

/** In strings: they run in the page. Done when the rows that came have their places on the screen. */
const untilRows = `setTimeout(() => reject(new Error('No rows have come.')), 30_000);
const box = document.querySelector('${list}');
new MutationObserver((records, observer) => {
  isReady ||= box.hidden;
  if (!isReady || !records.some(({ addedNodes }) => addedNodes.length > 0)) return;
  observer.disconnect();
  document.body.getBoundingClientRect();
  resolve(performance.now() - start);
}).observe(box, { childList: true, subtree: true, attributes: true });`;

/** Rows of an earlier reading may still come: the list has to be empty first. */
const pressAndWait = (button: string): string => `new Promise((resolve, reject) => {
  const start = performance.now();
  let isReady = false;
  ${untilRows}
  const buttons = [...document.querySelectorAll('button, vscode-button')].filter((each) => each.checkVisibility());
  const button = buttons.find(({ textContent }) => textContent.trim() === '${button}');
  if (!button) throw new Error('There is no ${button} among ' + buttons.map(({ textContent }) => textContent));
  button.click();
})`;

const expectKey = `globalThis.rowsDrawn = new Promise((resolve, reject) => {
  addEventListener('keydown', ({ timeStamp: start }) => { let isReady = true; ${untilRows} }, { capture: true, once: true });
}), undefined`;
