import { EwsLibrary } from '../../../../src/ews/library/ewsLibrary.ts';
import { failing } from './provocation.ts';
import type { Provocation } from './provocation.ts';

/** The clock or the program itself ends a check. */
export const program: readonly Provocation[] = [
  failing('timeout', 'ews-access', 'EWS that never answers', { faults: [{ service: 'ews', kind: 'hang' }] }, () => ({
    deadlineMs: 1_000,
  })),
  {
    code: 'unknown',
    check: 'mailbox-access',
    what: 'a worker that cannot start',
    provoke: async (bench) => {
      const library = new EwsLibrary(new URL('./noWorker.ts', import.meta.url));
      try {
        return await bench.verify({}, { library });
      } finally {
        library.dispose();
      }
    },
  },
];
