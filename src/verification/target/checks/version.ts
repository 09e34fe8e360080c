import * as l10n from '@vscode/l10n';
import type { CheckSuccess } from '../../checkRunner.ts';
import { releaseOf } from '../exchangeVersion.ts';
import { outOfSupport } from '../findings/version.ts';
import { TargetError } from '../targetError.ts';
import type { SignedInTarget } from './authentication.ts';

/** A server that a migration can go to. */
export interface UsableServer extends SignedInTarget {
  readonly understands: true;
}

/** What the server's version means for a migration. Asks nothing. */
export function checkVersion(signedIn: SignedInTarget, now = new Date()): Promise<CheckSuccess<UsableServer>> {
  const { version, understands } = signedIn;
  if (!understands) return Promise.reject(new TargetError({ kind: 'tooOld', version }));
  const value = { ...signedIn, understands };
  if (version === undefined) {
    return Promise.resolve({ value, detail: l10n.t('The server does not tell its version.') });
  }
  const { name, supportEnded, tooOld, online } = releaseOf(version);
  if (tooOld) return Promise.reject(new TargetError({ kind: 'tooOld', version }));
  if (online) return Promise.reject(new TargetError({ kind: 'exchangeOnline', version }));
  const ended = supportEnded !== undefined && Date.parse(supportEnded) < now.getTime();
  return Promise.resolve({
    value,
    detail: name.includes(version) ? name : `${name} (${version})`,
    findings: ended ? [outOfSupport(name, supportEnded)] : [],
  });
}
