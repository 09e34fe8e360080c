import * as vscode from 'vscode';
import { ConnectionWatch } from '../verification/connectionWatch.ts';
import { later } from '../verification/later.ts';
import { worstFinding } from '../verification/runOutcome.ts';
import type { OutcomeChange } from '../verification/watchChange.ts';
import { watchIntervals } from '../verification/watchPlan.ts';
import type { WatchInterval } from '../verification/watchPlan.ts';
import { tellFailure } from './offerRemedies.ts';
import { describeFailure, reportFailure } from './reportFailure.ts';
import type { Services } from './services.ts';

const section = 'exchangeMigration';
const setting = 'verification.interval';

/** Verifies connections again and again while VS Code is open. Until the first look, minutes from now, it does nothing. */
export function watchConnections(services: Services): vscode.Disposable {
  const { store, records, histories, verifier, log } = services;
  const watch = new ConnectionWatch({
    ...{ store, records, histories, verifier },
    interval: chosenInterval,
    clock: { now: Date.now, random: Math.random, after: (ms, work) => later(ms, () => void work()) },
    onChange: (change) => void tell(services, change).catch((error: unknown) => reportFailure(log, error)),
    onFailure: (error) => log.warn(`A connection was not verified again. ${describeFailure(error)}`),
  });
  const settings = vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(`${section}.${setting}`)) watch.lookSoon();
  });
  watch.start();
  return vscode.Disposable.from(settings, watch);
}

function chosenInterval(): WatchInterval {
  const chosen = vscode.workspace.getConfiguration(section).get<string>(setting);
  return watchIntervals.find((interval) => interval === chosen) ?? 'daily';
}

/** Once a change: with it, the outcome that is kept is another one. */
async function tell(services: Services, { connection, to, record }: OutcomeChange): Promise<void> {
  const { id, name } = connection;
  const showDetails = (): Promise<void> => services.details.open(connection);
  if (to === 'failed') {
    await tellFailure({ room: services.rooms.source, connection }, record, showDetails);
    return;
  }
  const details = vscode.l10n.t('Show Details');
  const chosen =
    to === 'warning'
      ? await vscode.window.showWarningMessage(
          vscode.l10n.t('“{0}” works, with a warning: {1}', name, worstFinding(record)?.title ?? ''),
          details,
          vscode.l10n.t('Settings…'),
        )
      : await vscode.window.showInformationMessage(vscode.l10n.t('“{0}” passes all checks again.', name), details);
  if (chosen === details) await showDetails();
  else if (chosen !== undefined) await services.wizards.openSettings(await services.store.get(id));
}
