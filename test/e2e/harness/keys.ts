import assert from 'node:assert/strict';
import { until } from './until.ts';
import type { WorkbenchWindow } from './workbenchWindow.ts';

/** The accessible name of what has the focus in the page, as far as these pages name things. */
const focusedName = `(() => {
  const element = document.activeElement;
  const by = (element?.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id));
  const label = by[0]?.textContent ?? element?.getAttribute('aria-label') ?? element?.labels?.[0]?.textContent;
  return (label ?? element?.textContent ?? '').trim();
})()`;

export async function focused(window: WorkbenchWindow): Promise<string> {
  return (await window.webviewFrame()).evaluate<string>(focusedName);
}

export async function untilFocused(window: WorkbenchWindow, name: string): Promise<void> {
  await until(`"${name}" has the focus`, async () => (await focused(window)) === name);
}

/** Presses Tab until the element has the focus: a person would, and a trap on the way would be noticed. */
export async function tabTo(window: WorkbenchWindow, name: string): Promise<void> {
  const passed: string[] = [];
  while ((await focused(window)) !== name) {
    passed.push(await focused(window));
    assert.ok(passed.length < 60, `Tab does not lead to "${name}", only to ${passed.join(' | ')}`);
    await window.page.keyboard.press('Tab');
  }
}
