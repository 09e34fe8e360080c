import * as path from 'node:path';
import { ConnectionStore } from '../connections/connectionStore.ts';
import { DefinitionFiles } from '../connections/definitionFiles.ts';
import type { SecretVault } from '../connections/secretVault.ts';
import { settingsOf } from '../connections/sourceConnection.ts';
import type { SourceConnection } from '../connections/sourceConnection.ts';
import { targetKind, targetSettingsOf } from '../connections/targetConnection.ts';
import type { TargetConnection, TargetSettings } from '../connections/targetConnection.ts';
import { ConnectionVerifier } from '../verification/connectionVerifier.ts';
import type { HistoryFiles } from '../verification/historyFiles.ts';
import { targetChecks } from '../verification/targetChecks.ts';
import type { TargetChecksOptions } from '../verification/targetChecks.ts';
import { checkIds, targetCheckIds } from '../verification/verification.ts';
import type { VerificationFiles } from '../verification/verificationFiles.ts';
import { connectionFacts } from '../views/connectionRow.ts';
import type { ConnectionModel } from '../views/connectionRow.ts';
import type { Room } from '../views/room.ts';
import { sourceConnectionsViewId } from '../views/sourceConnections.ts';
import { targetConnectionsView, targetConnectionsViewId } from '../views/targetConnections.ts';
import { hostOfTarget, targetFacts } from '../views/targetRow.ts';
import { targetWizards } from '../webview/targetWizards.ts';
import type { TargetWizardsOptions } from '../webview/targetWizards.ts';
import type { Services } from './services.ts';
import { tellOverwritten } from './tellOverwritten.ts';

/** The room of source connections. */
export function sourceRoom({
  store,
  verifier,
  view,
  wizards,
}: Pick<Services, 'store' | 'verifier' | 'view' | 'wizards'>): Room {
  return {
    ...{ store, verifier, view, wizards, checkIds },
    kind: 'office365',
    viewId: sourceConnectionsViewId,
    facts: (model: ConnectionModel) => connectionFacts(model),
    settingsOf: (connection: SourceConnection) => settingsOf(connection),
    placeOf: ({ tenant }: SourceConnection) => tenant,
  };
}

export interface TargetRoomOptions
  extends
    TargetChecksOptions,
    Pick<TargetWizardsOptions, 'extensionUri' | 'memory' | 'onFailure' | 'usedBy' | 'versions'> {
  /** Where the extension's files are. */
  readonly storage: string;
  readonly vault: SecretVault;
  readonly records: VerificationFiles;
  readonly histories: HistoryFiles;
}

/** The room of target connections, with all that lives in it. */
export function targetRoom(options: TargetRoomOptions): {
  readonly room: Room;
  readonly store: ConnectionStore<TargetSettings, TargetConnection>;
  readonly parts: { dispose(): unknown }[];
} {
  const { storage, vault, records, histories } = options;
  const files = new DefinitionFiles(path.join(storage, 'targets'), targetKind);
  const store = new ConnectionStore(files, targetKind, vault);
  const verifier = new ConnectionVerifier({ store, records, histories, checks: targetChecks(options) });
  const view = targetConnectionsView({ store, records, verifier });
  const wizards = targetWizards({ ...options, store, verifier, showSaved: ({ id }) => view.reveal(id) });
  return {
    store,
    room: {
      ...{ store, verifier, view, wizards },
      kind: 'exchangeServer',
      viewId: targetConnectionsViewId,
      checkIds: targetCheckIds,
      facts: (model: ConnectionModel<TargetConnection>) => targetFacts(model),
      settingsOf: (connection: TargetConnection) => targetSettingsOf(connection),
      placeOf: (connection: TargetConnection) => hostOfTarget(connection),
    },
    parts: [
      ...[store, view, wizards, store.onDidOverwrite((connection) => tellOverwritten(connection))],
      { dispose: () => verifier.cancelAll() },
    ],
  };
}
