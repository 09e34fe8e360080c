import * as vscode from 'vscode';
import { connectionRow, statusOf } from './connectionRow.ts';
import type { ModelSources } from './connectionsModel.ts';
import { ConnectionsView } from './connectionsView.ts';

export const sourceConnectionsViewId = 'exchangeMigration.sourceConnections';

/** The view "Defined source server connections". */
export function sourceConnectionsView(sources: ModelSources): ConnectionsView {
  return new ConnectionsView({
    ...sources,
    viewId: sourceConnectionsViewId,
    row: (model) => connectionRow(model),
    onLoaded: (nodes) => {
      const verified = nodes.some(
        (node) => node.kind === 'connection' && ['verified', 'warnings'].includes(statusOf(node.model)),
      );
      // Not waited for: the rows need not stand back for a way to the window and back.
      void vscode.commands.executeCommand('setContext', 'exchangeMigration.hasVerifiedConnection', verified);
    },
  });
}
