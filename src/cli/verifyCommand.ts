import { readFile } from 'node:fs/promises';
import { HttpClient } from '../ews/transport/httpClient.ts';
import { trustedCas } from '../ews/transport/trustedCas.ts';
import { jsonReport } from '../verification/report/jsonReport.ts';
import { reportOf } from '../verification/report/reportModel.ts';
import type { VerificationOutcome } from '../verification/verification.ts';
import { verify } from '../verification/verify.ts';
import { readDefinition } from './definition.ts';
import { proxyOf } from './proxy.ts';
import { RunningChecks } from './runningChecks.ts';
import { readSecret } from './secretSource.ts';
import { textReport } from './textReport.ts';
import type { VerifyArguments } from './verifyArguments.ts';
import { exitCodes } from './world.ts';
import type { World } from './world.ts';

const exitCodeOf: { readonly [outcome in VerificationOutcome]: number } = {
  passed: exitCodes.done,
  warning: exitCodes.done,
  failed: exitCodes.failed,
  cancelled: exitCodes.cancelled,
};

/** Verifies a connection and tells how. @returns the exit code. @throws UsageError */
export async function verifyConnection(given: VerifyArguments, world: World): Promise<number> {
  const settings = await readDefinition(given.connection, given.name);
  const proxy = proxyOf(world);
  world.library.start(); // It loads while the secret is read.
  const secret = await readSecret(settings.signIn, {
    file: given.secretFile,
    variable: world.secrets.source,
    readInput: world.readInput,
    readFile,
    openKey: world.keys.open,
  });
  const { signal, library, loadSignIn, versions } = world;
  const client = new HttpClient(trustedCas(settings.additionalCa?.pem), proxy);
  const running = new RunningChecks();
  try {
    const record = await verify(
      {
        ...{ settings, secret, client, library, loadSignIn, signal },
        onProgress: (event) => world.showProgress(running.after(event)),
        userAgent: `ExchangeMigration/${world.version}`,
        deadlineMs: given.timeoutSeconds * 1000,
        ...(given.checks && { only: given.checks }),
      },
      '',
    );
    const report = reportOf({ settings, record, versions });
    await world.write(given.json ? jsonReport(report) : textReport(report, world.style));
    return exitCodeOf[report.outcome];
  } finally {
    client.close();
  }
}
