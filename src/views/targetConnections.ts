import type { TargetConnection } from '../connections/targetConnection.ts';
import type { ModelSources } from './connectionsModel.ts';
import { ConnectionsView } from './connectionsView.ts';
import { targetRow } from './targetRow.ts';

export const targetConnectionsViewId = 'exchangeMigration.targetConnections';

/** The view "Defined target server connections". */
export function targetConnectionsView(sources: ModelSources<TargetConnection>): ConnectionsView<TargetConnection> {
  return new ConnectionsView({
    ...sources,
    viewId: targetConnectionsViewId,
    row: targetRow,
    onLoaded: () => undefined,
  });
}
