import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';
import { chromiumFlags, findOrInstallChromium } from '../../../scripts/chromium.ts';

let browser: Promise<Browser> | undefined;

/** The one Chromium of this process; Playwright ends it when the process ends, in whatever way. */
export async function sharedBrowser(): Promise<Browser> {
  browser ??= launch();
  return browser;
}

async function launch(): Promise<Browser> {
  const executablePath = await findOrInstallChromium(console.log);
  // Chromium leaves folders of its own in the temporary folder when it is ended with its parent.
  const temporary = mkdtempSync(path.join(os.tmpdir(), 'exchange-migration-browser-'));
  const launched = await chromium.launch({
    executablePath,
    args: [...chromiumFlags],
    ignoreDefaultArgs: ['--hide-scrollbars'], // Pages as people have them.
    env: { ...process.env, TMPDIR: temporary },
  });
  process.on('exit', () => rmSync(temporary, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 }));
  return launched;
}
