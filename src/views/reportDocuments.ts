import * as vscode from 'vscode';
import type { VerificationFiles } from '../verification/verificationFiles.ts';
import { placedById } from './room.ts';
import type { AnyConnection, Room } from './room.ts';

const scheme = 'exchange-migration-report';

export interface ReportSources {
  readonly rooms: readonly Room[];
  readonly records: VerificationFiles;
  /** Versions of the extension and of VS Code. */
  readonly versions: string;
}

/** Where the report of a connection is shown. Its path makes the tab's title and the language, the query says which. */
export function reportUri({ id, name }: Pick<AnyConnection, 'id' | 'name'>): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/${name.replaceAll(/[\\/]/g, '_')}.md`, query: id });
}

/** Reports as documents that nobody can edit. An open one changes when its connection has been verified again. */
export class ReportDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #sources: ReportSources;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscriptions: { dispose(): unknown }[];

  readonly onDidChange = this.#changed.event;

  constructor(sources: ReportSources) {
    this.#sources = sources;
    this.#subscriptions = [
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      ...sources.rooms.map(({ verifier }) => verifier.onDidChange((id) => this.#verified(id))),
      this.#changed,
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const { rooms, records, versions } = this.#sources;
    const [{ connection }, record] = await Promise.all([placedById(rooms, uri.query), records.read(uri.query)]);
    if (record === undefined) return vscode.l10n.t('“{0}” has not been verified yet.', connection.name);
    const [{ markdownReport }, { reportOf }] = await Promise.all([
      import('../verification/report/markdownReport.ts'),
      import('../verification/report/reportModel.ts'),
    ]);
    return markdownReport(reportOf({ settings: connection, record, versions }));
  }

  #verified(id: string): void {
    if (this.#sources.rooms.some(({ verifier }) => verifier.progressOf(id) !== undefined)) return; // Still under way: the last result stands.
    for (const { uri } of vscode.workspace.textDocuments) {
      if (uri.scheme === scheme && uri.query === id) this.#changed.fire(uri);
    }
  }
}
