import { against, figureOf, report } from './figures.ts';
import type { Activation } from './host/probe.ts';
import type { BenchWindow } from './window.ts';

/** Each in a VS Code of its own, so that no cache of an earlier one helps. */
const runs = 10;
/** Milliseconds. */
const longestActivation = 50;
const longestOpening = 600;

const openWizard = 'Exchange Migration: Office 365 Connection…';

/**
 * Activation, then the first wizard of the window: from the press that chooses the command until its first field takes
 * the focus.
 */
export async function measureOpening(open: () => Promise<BenchWindow>): Promise<void> {
  const activations: Activation[] = [];
  const openings: number[] = [];
  for (let run = 0; run < runs; run++) {
    const bench = await open();
    try {
      await bench.ask('idle');
      activations.push((await bench.ask('activate')) as Activation); // As host/probe.ts says.
      openings.push(await openingTime(bench));
    } finally {
      await bench.close();
    }
  }
  const activation = figureOf(activations.map(({ ms }) => ms));
  const opening = figureOf(openings);
  report('activation', {
    unit: 'ms',
    ...activation,
    ...against(longestActivation, activation.median),
    cpu: figureOf(activations.map(({ cpuMs }) => cpuMs)),
  });
  report('wizard interactive', { unit: 'ms', ...opening, ...against(longestOpening, opening.median) });
}

async function openingTime({ window }: BenchWindow): Promise<number> {
  const { page } = window;
  // In strings: these run in the browser. All frames of a browser share the clock behind timeOrigin.
  await page.evaluate(`addEventListener('mousedown', (event) => {
    globalThis.pressedAt = performance.timeOrigin + event.timeStamp;
  }, true)`);
  // A timer, because VS Code writes the page over an empty one, which drops its animation frames.
  await page.addInitScript(`{
    const timer = setInterval(() => {
      const field = document.querySelector('vscode-text-field');
      field?.focus();
      if (!field?.shadowRoot?.activeElement) return;
      if (getComputedStyle(frameElement).visibility !== 'visible') return; // VS Code shows the page once it has loaded.
      globalThis.answeredAt = performance.timeOrigin + performance.now();
      clearInterval(timer);
    }, 4);
  }`);
  await window.runCommand(openWizard);
  const field = window.webview().getByRole('textbox').first();
  await field.pressSequentially('x');
  if ((await field.inputValue()) !== 'x') throw new Error('The wizard’s first field takes no letters.');
  const answeredAt = await (await window.webviewFrame()).evaluate('globalThis.answeredAt');
  return Number(answeredAt) - Number(await page.evaluate('globalThis.pressedAt'));
}
