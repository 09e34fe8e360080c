import { rm } from 'node:fs/promises';
import type { TlsVariant } from './certificates.ts';
import type { Listener } from './listener.ts';
import type { LoggedRequest, RequestLog } from './requestLog.ts';
import type { StateStore } from './stateStore.ts';

/** A running simulation of a service. */
export interface Simulation<Description, Patch> {
  readonly description: Description;
  /** Changes the service's state. @throws StateError for what the state's schema refuses */
  patch(change: Patch): void;
  /** Back to the state at the start, with an empty log. */
  reset(): void;
  requests(): readonly LoggedRequest[];
  /** Ends everything at once and removes the temporary folder. */
  close(): Promise<void>;
}

export interface SimulationParts {
  readonly state: StateStore<{ readonly tls: TlsVariant }>;
  readonly log: RequestLog;
  readonly listener: Listener;
  /** Temporary. */
  readonly folder: string;
}

/**
 * Starts to serve. What was begun is ended in reverse order: by `close`, or when a step fails.
 * @param begin opens what clients talk to, and tells how each is ended
 */
export async function serve<Description, Patch>(
  { state, log, listener, folder }: SimulationParts,
  begin: (atEnd: (end: () => Promise<void>) => void) => Promise<Description>,
): Promise<Simulation<Description, Patch>> {
  state.onChange(() => {
    listener.useCertificate(state.current.tls);
  });
  const ends = [() => rm(folder, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    return {
      description: await begin((end) => ends.push(end)),
      patch: (change) => state.patch(change),
      reset: () => {
        state.reset();
        log.clear();
      },
      requests: () => log.entries,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
