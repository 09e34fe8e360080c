#!/usr/bin/env node
/**
 * A VS Code program for @vscode/test-electron that needs no download and no display: it reads the same switches, runs
 * the extension and its tests in the browser-hosted VS Code, and ends with the tests' outcome as its exit code.
 */
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { chromiumFlags, findOrInstallChromium } from '../../../scripts/chromium.ts';
import { ensureVscodeServer } from '../../../scripts/vscodeInstall.ts';
import { startVscodeServer } from '../../../scripts/vscodeServer.ts';
import { workbenchAddress } from '../../../scripts/workbenchAddress.ts';
import { reportMark } from './reportMark.ts';
import { makeSystemAuthority } from './systemAuthority.ts';

/** The whole suite must be done by then, in milliseconds. */
const deadline = 180_000;

const { values } = parseArgs({
  // The desktop program's other switches (sandbox, updates, caches, profile folders) mean nothing here.
  strict: false,
  options: { extensionDevelopmentPath: { type: 'string' }, extensionTestsPath: { type: 'string' } },
});
const { extensionDevelopmentPath, extensionTestsPath } = values;
if (typeof extensionDevelopmentPath !== 'string' || typeof extensionTestsPath !== 'string') {
  process.stderr.write('Usage: vscodeInBrowser.ts --extensionDevelopmentPath=… --extensionTestsPath=…\n');
  process.exit(2);
}

process.exit(await runSuite(extensionDevelopmentPath, extensionTestsPath));

async function runSuite(developmentPath: string, testsPath: string): Promise<number> {
  const log = (sentence: string): void => void process.stdout.write(`${sentence}\n`);
  const [files, executablePath] = await Promise.all([ensureVscodeServer(log), findOrInstallChromium(log)]);
  const authority = await makeSystemAuthority();
  const [server, browser] = await Promise.all([
    startVscodeServer({ files, testDriver: true, env: authority.env, removeAfterwards: [authority.folder] }),
    chromium.launch({ executablePath, args: [...chromiumFlags] }),
  ]);
  try {
    const page = await browser.newPage();
    // VS Code calls these two when it runs an extension's tests in a page.
    const vscodeLog: string[] = [];
    await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
      const text = args.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(' ');
      if (text.startsWith(reportMark)) log(text.slice(reportMark.length));
      else vscodeLog.push(`${type}: ${text.split('\n', 1)[0] ?? ''}`);
    });
    const address = workbenchAddress(server, {
      extensionDevelopmentPath: developmentPath,
      extensionTestsPath: testsPath,
    });
    const outcome = new Promise<number>((resolve, reject) => {
      page.on('crash', () => reject(new Error('The page with VS Code crashed.')));
      setTimeout(() => reject(new Error(`The suite was not done within ${deadline / 1000} seconds.`)), deadline);
      page
        .exposeFunction('codeAutomationExit', resolve)
        .then(() => page.goto(address))
        .catch(reject);
    });
    const code = await outcome;
    if (code !== 0) log(['VS Code’s own log ended with:', ...vscodeLog.slice(-40)].join('\n'));
    return code;
  } finally {
    await Promise.all([browser.close(), server.stop()]);
  }
}
