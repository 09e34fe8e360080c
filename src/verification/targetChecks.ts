import type { TargetSettings } from '../connections/targetConnection.ts';
import type { EwsLibrary } from '../ews/library/ewsLibrary.ts';
import type { Checks } from './connectionVerifier.ts';

export interface TargetChecksOptions {
  readonly library: EwsLibrary;
  readonly userAgent: string;
  /** Of each check, in milliseconds. Read at each run: it is a setting. */
  readonly deadlineMs: () => number;
}

/** Not needed before the first run. */
const load = () => import('./target/verifyTarget.ts');

/** The checks of a server on premises. */
export function targetChecks({ library, userAgent, deadlineMs }: TargetChecksOptions): Checks<TargetSettings> {
  return {
    run: async ({ secret, ...draft }) => {
      if (secret.method !== 'ntlm' && secret.method !== 'basic') throw new Error('Not the secret of a target.');
      const { verifyTarget } = await load();
      return verifyTarget({ ...draft, secret, library, userAgent, deadlineMs: deadlineMs() }, '');
    },
    warmUp: () => {
      library.start();
      void load();
    },
  };
}
