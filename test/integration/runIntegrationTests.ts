import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { buildIntegrationSuite } from '../../scripts/buildIntegrationSuite.ts';
import { projectRoot } from '../../scripts/paths.ts';

/** The browser-hosted VS Code; `VSCODE_DESKTOP=1` takes the desktop program instead, which is downloaded. */
const inBrowser = path.join(
  import.meta.dirname,
  'harness',
  process.platform === 'win32' ? 'vscodeInBrowser.cmd' : 'vscodeInBrowser.ts',
);

const extensionTestsPath = await buildIntegrationSuite();
try {
  process.exitCode = await runTests({
    ...(process.env.VSCODE_DESKTOP === '1' ? {} : { vscodeExecutablePath: inBrowser }),
    extensionDevelopmentPath: projectRoot,
    extensionTestsPath,
    launchArgs: ['--disable-extensions'],
  });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
