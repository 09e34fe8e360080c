/** The extension reduced to its view, which tells how long it takes VS Code to get all of its rows anew. */
import path from 'node:path';
import type * as vscode from 'vscode';
import { ConnectionStore } from '../../../src/connections/connectionStore.ts';
import { DefinitionFiles } from '../../../src/connections/definitionFiles.ts';
import { sourceKind } from '../../../src/connections/sourceConnection.ts';
import { vscodeSecretVault } from '../../../src/connections/vscodeSecretVault.ts';
import { ConnectionVerifier } from '../../../src/verification/connectionVerifier.ts';
import { HistoryFiles } from '../../../src/verification/historyFiles.ts';
import { VerificationFiles } from '../../../src/verification/verificationFiles.ts';
import type { TreeNode } from '../../../src/views/connectionsModel.ts';
import { connectionRow } from '../../../src/views/connectionRow.ts';
import { ConnectionsView } from '../../../src/views/connectionsView.ts';
import { sourceConnectionsViewId } from '../../../src/views/sourceConnections.ts';
import { writeManyConnections } from './manyConnections.ts';
import { answerQuestions } from './questions.ts';

/** A refresh, in milliseconds from its start. */
export interface Refresh {
  readonly rows: number;
  /** When the connections had been read and VS Code had asked for the rows. */
  readonly askedMs: number;
  /** When VS Code had been given the last row's label, icon and tooltip. */
  readonly deliveredMs: number;
}

/** Changes on the disk go unnoticed until the refresh that is measured. */
class UnwatchedStore extends ConnectionStore {
  override watch(): Promise<void> {
    return Promise.resolve();
  }
}

class UnwatchedRecords extends VerificationFiles {
  override watch(): Promise<void> {
    return Promise.resolve();
  }
}

class MeasuredView extends ConnectionsView {
  #startedAt = 0;
  #askedMs = 0;
  #rows = 0;
  #missing = new Set<TreeNode>();
  #done: (refresh: Refresh) => void = () => undefined;

  measureRefresh(): Promise<Refresh> {
    const ended = new Promise<Refresh>((resolve) => (this.#done = resolve));
    this.#startedAt = performance.now();
    this.refresh();
    return ended;
  }

  override async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    const nodes = await super.getChildren(node);
    if (node === undefined) {
      this.#askedMs = performance.now() - this.#startedAt;
      this.#rows = nodes.length;
      this.#missing = new Set(nodes);
    }
    return nodes;
  }

  override getTreeItem(node: TreeNode): vscode.TreeItem {
    const item = super.getTreeItem(node);
    if (this.#missing.delete(node) && this.#missing.size === 0) {
      this.#done({ rows: this.#rows, askedMs: this.#askedMs, deliveredMs: performance.now() - this.#startedAt });
    }
    return item;
  }
}

const connections = 1000;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const storage = context.globalStorageUri.fsPath;
  const files = new DefinitionFiles(path.join(storage, 'connections'), sourceKind);
  const records = new UnwatchedRecords(path.join(storage, 'verifications'));
  const vault = vscodeSecretVault(context.secrets);
  await writeManyConnections({ files, records, vault }, connections);

  const store = new UnwatchedStore(files, sourceKind, vault);
  const verifier = new ConnectionVerifier({
    store,
    records,
    histories: new HistoryFiles(records.folder),
    checks: { run: () => Promise.reject(new Error('Nothing is verified here.')), warmUp: () => undefined },
  });
  const view = new MeasuredView({
    ...{ store, records, verifier },
    viewId: sourceConnectionsViewId,
    row: (model) => connectionRow(model),
    onLoaded: () => undefined,
  });
  // A row that moves has all of them drawn again.
  const moveOne = async (): Promise<void> => {
    const {
      connections: [first],
    } = await store.list();
    if (first !== undefined) await files.write({ ...first, name: first.name.startsWith('A') ? 'Zeta' : 'Alpha' });
  };
  const refresh = async (): Promise<Refresh> => {
    await moveOne();
    return view.measureRefresh();
  };
  context.subscriptions.push(store, view, answerQuestions({ refresh }));
}
