import * as path from 'node:path';
import type * as vscode from 'vscode';
import type { ConnectionStore } from '../../connections/connectionStore.ts';
import { DefinitionFiles } from '../../connections/definitionFiles.ts';
import { DefinitionStore } from '../../connections/definitionStore.ts';
import type { TargetConnection, TargetSettings } from '../../connections/targetConnection.ts';
import type { SignInWithMsal } from '../../identity/signIn.ts';
import type { SavedServers } from '../../migration/access/savedServers.ts';
import { jobKind } from '../../migration/jobDefinition.ts';
import type { JobDefinition } from '../../migration/jobDefinition.ts';
import { JobScans } from '../../migration/scan/jobScans.ts';
import { ScanFiles } from '../../migration/scan/scanFiles.ts';
import type { VerificationFiles } from '../../verification/verificationFiles.ts';
import { JobsView } from '../../views/jobs/jobsView.ts';
import type { Room } from '../../views/room.ts';
import type { ConnectionChoices } from '../../webview/job/jobController.ts';
import { jobServers } from '../../webview/job/jobServers.ts';
import { JobWizards } from '../../webview/job/jobWizards.ts';
import { tellOverwritten } from '../tellOverwritten.ts';

/** What commands about jobs work with. */
export interface JobRoom {
  readonly store: DefinitionStore<JobDefinition>;
  readonly scans: JobScans;
  readonly view: JobsView;
  readonly wizards: JobWizards;
  readonly connections: {
    readonly source: ConnectionStore;
    readonly target: ConnectionStore<TargetSettings, TargetConnection>;
  };
  /** Names of the jobs that use a connection. */
  readonly usedBy: (connectionId: string) => Promise<readonly string[]>;
}

export interface JobRoomOptions {
  readonly extensionUri: vscode.Uri;
  /** Where the extension's files are. */
  readonly storage: string;
  readonly jobs: DefinitionStore<JobDefinition>;
  readonly rooms: { readonly source: Room; readonly target: Room };
  readonly connections: JobRoom['connections'];
  readonly records: VerificationFiles;
  readonly loadSignIn: () => Promise<SignInWithMsal>;
  readonly userAgent: string;
  readonly onFailure: (error: unknown) => void;
}

/** The definitions of jobs. Apart from all else of jobs, since connections ask who uses them. */
export function jobStore(storage: string): DefinitionStore<JobDefinition> {
  return new DefinitionStore(new DefinitionFiles(path.join(storage, 'jobs'), jobKind));
}

/** Names of the jobs that use a connection, sorted. */
export async function jobsUsing(jobs: DefinitionStore<JobDefinition>, connectionId: string): Promise<string[]> {
  const { definitions } = await jobs.list();
  return definitions
    .filter(({ source, target }) => source === connectionId || target === connectionId)
    .map(({ name }) => name)
    .sort(new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' }).compare);
}

/** The room of migration jobs, with all that lives in it. */
export function jobRoom(options: JobRoomOptions): { readonly room: JobRoom; readonly parts: { dispose(): unknown }[] } {
  const { jobs, storage, extensionUri, rooms, connections, records, onFailure } = options;
  let saved: Promise<SavedServers> | undefined;
  const savedServers = (): Promise<SavedServers> => (saved ??= loadServers(options));
  const scans = new JobScans({
    files: new ScanFiles(path.join(storage, 'scans')),
    servers: savedServers,
    requestLimitOf: async (targetId) => (await records.read(targetId))?.requestLimit,
  });
  const onConnectionsChange = Object.values(rooms).map(
    ({ store }) =>
      (listener: () => void) =>
        store.onDidChange(listener),
  );
  const view = new JobsView({
    ...{ jobs, scans, onConnectionsChange },
    connectionNames: async () => new Map((await Promise.all(Object.values(rooms).map(namesIn))).flat()),
  });
  const wizards = new JobWizards({
    ...{ extensionUri, jobs, onFailure, onConnectionsChange },
    sources: choicesOf(rooms.source),
    targets: choicesOf(rooms.target),
    draftFolder: path.join(storage, 'drafts'),
    loadServers: async () => jobServers(await savedServers(), scans),
    showSaved: ({ id }) => view.reveal(id),
  });
  const usedBy = (connectionId: string): Promise<readonly string[]> => jobsUsing(jobs, connectionId);
  return {
    room: { store: jobs, scans, view, wizards, connections, usedBy },
    parts: [jobs, scans, view, wizards, jobs.onDidOverwrite((job) => tellOverwritten(job))],
  };
}

async function loadServers({ connections, loadSignIn, userAgent }: JobRoomOptions): Promise<SavedServers> {
  const { SavedServers } = await import('../../migration/access/savedServers.ts');
  return new SavedServers({ sources: connections.source, targets: connections.target, loadSignIn, userAgent });
}

async function namesIn({ store }: Room): Promise<(readonly [id: string, name: string])[]> {
  const { connections } = await store.list();
  return connections.map(({ id, name }) => [id, name]);
}

function choicesOf(room: Room): ConnectionChoices {
  return {
    list: async () => {
      const { connections } = await room.store.list();
      const { compare } = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
      return connections
        .map((connection) => ({ id: connection.id, label: `${connection.name} (${room.placeOf(connection)})` }))
        .sort((a, b) => compare(a.label, b.label));
    },
    add: async () => (await room.wizards.openNewAndWait())?.id,
  };
}
