import { setTimeout as delay } from 'node:timers/promises';
import { against, figureOf, report } from './figures.ts';
import type { Refresh } from './host/tree.ts';
import type { BenchWindow } from './window.ts';

const runs = 10;
/** Milliseconds. */
const longestRefresh = 100;
/** Between two runs: VS Code holds back a change that follows another within 200 ms, and draws for a while. */
const pause = 1000;

/** The view with 1,000 connections: from the refresh until VS Code has been given every row. */
export async function measureTree(open: () => Promise<BenchWindow>): Promise<void> {
  const bench = await open();
  try {
    await bench.window.openSideBar();
    await bench.window.row('Connection 1,').waitFor({ timeout: 120_000 }); // Writing them comes first.
    const refreshes: Refresh[] = [];
    for (let run = 0; run < runs; run++) {
      await delay(pause);
      refreshes.push((await bench.ask('refresh')) as Refresh); // As host/tree.ts says.
    }
    const delivered = figureOf(refreshes.map(({ deliveredMs }) => deliveredMs));
    report('tree refresh', {
      rows: refreshes[0]?.rows,
      unit: 'ms',
      ...delivered,
      ...against(longestRefresh, delivered.median),
      untilAsked: figureOf(refreshes.map(({ askedMs }) => askedMs)),
    });
  } finally {
    await bench.close();
  }
}
