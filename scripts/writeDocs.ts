import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as prettier from 'prettier';
import { scanFindingSamples } from '../src/migration/scan/scanFindings.ts';
import { troubleshootingPage } from '../src/verification/catalogue/troubleshootingPage.ts';
import { projectRoot } from './paths.ts';

/**
 * Writes the pages of docs that are made of the code. With --check it only says whether they are up to date, by its exit
 * code.
 */
const file = path.join(projectRoot, 'docs', 'troubleshooting.md');
const options = await prettier.resolveConfig(file);
const page = await prettier.format(troubleshootingPage([['The readiness scan of a job', scanFindingSamples()]]), {
  ...options,
  filepath: file,
});
if (!process.argv.includes('--check')) await writeFile(file, page);
else if ((await readFile(file, 'utf8').catch(() => '')) !== page) {
  console.error('docs/troubleshooting.md is out of date. Run: npm run docs');
  process.exitCode = 1;
}
