import type { Locator } from 'playwright-core';
import { until } from './until.ts';
import type { WorkbenchWindow } from './workbenchWindow.ts';

/** Milliseconds in which a page is there even where two VS Codes share two cores. */
const loadingMs = 12_000;

/**
 * Opens a page in a tab, and waits for what it shows first. Now and then VS Code cannot start the service worker by which
 * a webview in a browser gets its files: the tab stays empty, and takes all keys. A person closes it and opens it again.
 */
export async function openInTab(
  window: WorkbenchWindow,
  tab: string,
  open: () => Promise<void>,
  firstShown: Locator,
): Promise<void> {
  await until(`the page ${tab} is shown`, async () => {
    await open();
    try {
      await firstShown.waitFor({ timeout: loadingMs });
    } catch (error) {
      const isLoaded = (await window.page.locator('iframe.webview.ready:visible').count()) > 0;
      if (!isLoaded && (await window.tab(tab).count()) > 0) {
        console.error(`VS Code did not load the webview of "${tab}"; it is opened again.`);
        await window.closeTab(tab);
      }
      throw error;
    }
    return true;
  });
}
