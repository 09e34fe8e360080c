/** `npm start`: a VS Code with the extension beside a simulated tenant, for trying things by hand. */
import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startLab } from '../test/lab/lab.ts';
import { startOnPremises } from '../test/lab/onPremises/onPremises.ts';
import { buildExtension } from './buildExtension.ts';
import { startDesktop } from './desktop.ts';
import { installFolder } from './installFolder.ts';
import { onStopRequest } from './onStopRequest.ts';
import { openBrowser } from './openBrowser.ts';
import { projectRoot } from './paths.ts';
import { sampleGraphRoles } from './sampleDefinition.ts';
import { makeSampleFolder, sampleValues, serverValues } from './sampleFolder.ts';
import { ensureVscodeServer } from './vscodeInstall.ts';
import { startCodeServer } from './vscodeServer.ts';

const { desktop } = parseArgs({ options: { desktop: { type: 'boolean', default: false } } }).values;

const undo: (() => Promise<unknown>)[] = [];
onStopRequest(() => void stop(0));

try {
  await start();
} catch (error) {
  console.error(error instanceof Error ? sentences(error) : error);
  await stop(1);
}

async function start(): Promise<void> {
  console.log('Building the extension, starting the sample tenant and the sample server …');
  const [lab, server] = await Promise.all([
    startLab({ graphRoles: sampleGraphRoles }),
    startOnPremises(),
    buildExtension(),
  ]);
  undo.push(
    () => lab.close(),
    () => server.close(),
  );
  const folder = await makeSampleFolder(lab.description, server.description);
  if (desktop) {
    const program = await startDesktop(folder);
    undo.push(() => program.stop());
    void program.ended.then(() => stop(0)); // the window was closed
  } else {
    const url = await startInBrowser(folder);
    console.log(`\nVS Code with the extension: ${url}\n`);
    openBrowser(url);
  }
  console.log('The sample tenant (all of it is in the page "Start here" of the window, too):');
  for (const [name, value] of sampleValues(lab.description)) console.log(`  ${name.padEnd(40)} ${value}`);
  console.log('The sample Exchange server:');
  for (const [name, value] of serverValues(server.description)) console.log(`  ${name.padEnd(40)} ${value}`);
  console.log('\nPress Ctrl+C to stop all of it.');
}

async function startInBrowser(folder: string): Promise<string> {
  const files = await ensureVscodeServer(console.log);
  const extensionsFolder = await mkdtemp(path.join(os.tmpdir(), 'exchange-migration-extensions-'));
  await installFolder(projectRoot, extensionsFolder);
  const server = await startCodeServer({
    files,
    extensionsFolder,
    folder,
    settings: { 'workbench.startupEditor': 'readme' },
    removeAfterwards: [folder, extensionsFolder],
  });
  undo.push(() => server.stop());
  return `${server.url}/`;
}

async function stop(exitCode: number): Promise<never> {
  await Promise.allSettled(undo.map(async (step) => step()));
  process.exit(exitCode);
}

/** An error with its causes, the plain sentence first. */
function sentences(error: Error): string {
  return error.cause instanceof Error ? `${error.message}\n${sentences(error.cause)}` : error.message;
}
