import * as l10n from '@vscode/l10n';
import { probeAccess } from '../../ews/accessProbe.ts';
import type { CheckScope, CheckSuccess } from '../checkRunner.ts';
import { slowNetwork } from '../findings/latency.ts';
import type { CheckInput } from './checkInput.ts';
import { newSession } from './ewsAccess.ts';
import type { SignedIn } from './signIn.ts';

/** With the two before it, discovery and token, as many follow each other as on the longest way. */
const probes = 3;

/** From here on the way is what takes longest. In milliseconds. */
const slow = 400;

/** Measures how long EWS takes to answer the smallest question, and says what that means for a migration. */
export async function checkLatency(
  scope: CheckScope,
  input: CheckInput,
  signedIn: SignedIn,
  url: string,
): Promise<CheckSuccess<undefined>> {
  const session = newSession(input, signedIn, url);
  const times: number[] = [];
  for (let probe = 0; probe < probes; probe += 1) {
    const begun = performance.now();
    await probeAccess(scope.http, session);
    times.push(performance.now() - begun);
  }
  const median = times.sort((a, b) => a - b)[Math.floor(probes / 2)] ?? 0;
  const { least, most } = gigabytesPerHour(median);
  return {
    value: undefined,
    detail: l10n.t(
      'Round trip {0} ms. Estimate: {1} to {2} GB an hour with 20 mailboxes at once.',
      Math.round(median),
      least.toFixed(1),
      most.toFixed(1),
    ),
    findings: median > slow ? [slowNetwork(Math.round(median))] : [],
  };
}

/** Mailboxes that are moved at once in the estimate. */
const mailboxes = 20;
/** What Exchange and its throttling take for a megabyte, in seconds: best and worst of published migrations [facts]. */
const serverSeconds = { best: 7, worst: 14 };
/** Round trips for a megabyte: a batch or two of exports, up to each item by itself. */
const roundTrips = { best: 2, worst: 13 };

/** A range, since the server's part is not known before a migration. @param roundTripMs in milliseconds */
export function gigabytesPerHour(roundTripMs: number): { readonly least: number; readonly most: number } {
  const perHour = (server: number, trips: number): number =>
    (mailboxes * 3600) / (server + (trips * roundTripMs) / 1000) / 1024;
  return {
    least: perHour(serverSeconds.worst, roundTrips.worst),
    most: perHour(serverSeconds.best, roundTrips.best),
  };
}
