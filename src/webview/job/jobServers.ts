import type { SavedServers } from '../../migration/access/savedServers.ts';
import type { JobScans } from '../../migration/scan/jobScans.ts';
import type { JobServers } from './jobLists.ts';

/** What a job's wizard asks of the servers of saved connections. */
export function jobServers(servers: SavedServers, scans: JobScans): JobServers {
  return {
    directory: {
      open: (id, signal) => servers.directory(id, signal),
      explain: (error, id) => servers.explainSource(error, id),
    },
    domainsOf: (id) => servers.domainsOf(id),
    matching: {
      lookUp: (request) => servers.lookUp(request),
      explain: (error, id) => servers.explainTarget(error, id),
    },
    scanning: { scans, explain: (error, { source }) => servers.explainSource(error, source) },
  };
}
