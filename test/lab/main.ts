import { readArguments, usage, UsageError } from './arguments.ts';
import { startLab } from './lab.ts';

/** `npm run lab`: prints one line of JSON when ready and runs until it is told to stop. */
async function main(): Promise<void> {
  const { kind, options } = readArguments(process.argv.slice(2));
  const lab =
    kind === 'tenant'
      ? await startLab(options)
      : await (await import('./onPremises/onPremises.ts')).startOnPremises(options);
  const stop = (): void => {
    void lab.close().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  // Only now: who reads the line may stop the lab at once.
  process.stdout.write(`${JSON.stringify(lab.description)}\n`);
}

main().catch((error: unknown) => {
  if (error instanceof UsageError) {
    process.stderr.write(`lab: ${error.message}\n${usage}\n`);
    process.exitCode = 2;
    return;
  }
  process.stderr.write(`lab: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
