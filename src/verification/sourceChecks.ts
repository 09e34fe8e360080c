import type { ConnectionSettings } from '../connections/sourceConnection.ts';
import type { EwsLibrary } from '../ews/library/ewsLibrary.ts';
import type { SignInWithMsal } from '../identity/signIn.ts';
import type { Checks } from './connectionVerifier.ts';

export interface SourceChecksOptions {
  readonly library: EwsLibrary;
  readonly loadSignIn: () => Promise<SignInWithMsal>;
  readonly userAgent: string;
  /** Of each check, in milliseconds. Read at each run: it is a setting. */
  readonly deadlineMs: () => number;
}

/** The checks and all that they find are most of the program, and not needed before the first run. */
const load = () => import('./verify.ts');

/** The checks of a source tenant. */
export function sourceChecks(options: SourceChecksOptions): Checks<ConnectionSettings> {
  const { library, loadSignIn, userAgent, deadlineMs } = options;
  return {
    run: async (draft) => {
      const { verify } = await load();
      return verify({ ...draft, library, loadSignIn, userAgent, deadlineMs: deadlineMs() }, '');
    },
    warmUp: () => {
      library.start();
      void load();
    },
  };
}
