import type { Buffer } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import * as l10n from '@vscode/l10n';
import type { EwsLibrary } from '../ews/library/ewsLibrary.ts';
import { canUseEnvironmentProxy, environmentProxy, InvalidProxyError } from '../ews/transport/environmentProxy.ts';
import type { EnvironmentProxy } from '../ews/transport/environmentProxy.ts';
import { HttpClient } from '../ews/transport/httpClient.ts';
import { trustedCas } from '../ews/transport/trustedCas.ts';
import type { KeyWorkshop } from '../identity/certificate/keyWorkshop.ts';
import type { SignInWithMsal } from '../identity/signIn.ts';
import { jsonReport } from '../verification/report/jsonReport.ts';
import { reportOf } from '../verification/report/reportModel.ts';
import type { CheckProgress, VerificationOutcome } from '../verification/verification.ts';
import { verify } from '../verification/verify.ts';
import { readArguments } from './arguments.ts';
import type { VerifyArguments } from './arguments.ts';
import { readDefinition } from './definition.ts';
import { helpText } from './helpText.ts';
import { readSecret } from './secretSource.ts';
import { textReport } from './textReport.ts';
import type { TextStyle } from './textReport.ts';
import { UsageError } from './usageError.ts';

/** What the program finds around it. */
export interface World {
  readonly version: string;
  /** Of the program and of what runs it, for reports. */
  readonly versions: string;
  /** Without the secret, which is `secret`. */
  readonly env: Readonly<NodeJS.ProcessEnv>;
  readonly secret: string | undefined;
  /** Reads standard input to its end; undefined where it is a terminal. */
  readonly readInput: (() => Promise<Buffer>) | undefined;
  readonly write: (text: string) => void;
  readonly writeError: (text: string) => void;
  readonly style: TextStyle;
  readonly onProgress: (progress: CheckProgress) => void;
  /** Ends the verification, as Ctrl+C does. */
  readonly signal: AbortSignal;
  readonly library: EwsLibrary;
  readonly loadSignIn: () => Promise<SignInWithMsal>;
  readonly keys: KeyWorkshop;
}

export const exitCodes = { verified: 0, failed: 1, usage: 2, cancelled: 3 } as const;

const exitCodeOf: { readonly [outcome in VerificationOutcome]: number } = {
  passed: exitCodes.verified,
  warning: exitCodes.verified,
  failed: exitCodes.failed,
  cancelled: exitCodes.cancelled,
};

/** Does what the command line says. @returns the exit code */
export async function runProgram(args: readonly string[], world: World): Promise<number> {
  try {
    const given = readArguments(args);
    if (given.command === 'verify') return await verifyConnection(given, world);
    world.write(given.command === 'help' ? helpText() : `${world.version}\n`);
    return exitCodes.verified;
  } catch (error) {
    if (world.signal.aborted) {
      world.writeError(`${l10n.t('Cancelled before the verification began.')}\n`);
      return exitCodes.cancelled;
    }
    if (!(error instanceof UsageError)) throw error;
    world.writeError(`${error.message}\n${l10n.t('--help tells how to use this program.')}\n`);
    return exitCodes.usage;
  }
}

async function verifyConnection(given: VerifyArguments, world: World): Promise<number> {
  const settings = await readDefinition(given.connection, given.name);
  const proxy = proxyOf(world);
  world.library.start(); // It loads while the secret is read.
  const secret = await readSecret(settings.signIn, {
    file: given.secretFile,
    variable: world.secret,
    readInput: world.readInput,
    readFile,
    openKey: world.keys.open,
  });
  const { signal, onProgress, library, loadSignIn, versions } = world;
  const client = new HttpClient(trustedCas(settings.additionalCa?.pem), proxy);
  try {
    const record = await verify(
      {
        ...{ settings, secret, client, library, loadSignIn, signal, onProgress },
        userAgent: `ExchangeMigration/${world.version}`,
        deadlineMs: given.timeoutSeconds * 1000,
        ...(given.checks && { only: given.checks }),
      },
      '',
    );
    const report = reportOf({ settings, record, versions });
    world.write(given.json ? jsonReport(report) : textReport(report, world.style));
    return exitCodeOf[report.outcome];
  } finally {
    client.close();
  }
}

/** @throws UsageError */
function proxyOf({ env, writeError }: World): EnvironmentProxy | undefined {
  try {
    const proxy = environmentProxy(env);
    if (proxy === undefined || canUseEnvironmentProxy()) return proxy;
  } catch (error) {
    if (!(error instanceof InvalidProxyError)) throw error;
    throw new UsageError(l10n.t('HTTPS_PROXY is not an address of an HTTP proxy, such as http://proxy:3128.'));
  }
  writeError(
    `${l10n.t('HTTPS_PROXY is not used: this needs Node.js 22.21 or 24.5, and this is {0}.', process.version)}\n`,
  );
  return undefined;
}
