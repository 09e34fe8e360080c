/** Fetches what the tests need besides npm packages, before any test's clock runs. */
import { findOrInstallChromium } from './chromium.ts';
import { ensureVscodeServer } from './vscodeInstall.ts';

const [, chromium] = await Promise.all([ensureVscodeServer(console.log), findOrInstallChromium(console.log)]);
console.log(`VS Code server and ${chromium} are here.`);
