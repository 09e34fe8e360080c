/** What a version of Exchange is called and what becomes of it. */
export interface ExchangeRelease {
  readonly name: string;
  /** Last day of Microsoft's support, ISO 8601; undefined: it goes on, or nothing is known. */
  readonly supportEnded?: string;
  /** It lacks UploadItems, without which nothing can be migrated to it. */
  readonly tooOld?: boolean;
  /** No server of anybody's own. */
  readonly online?: boolean;
}

/** The first build of the Subscription Edition; lower ones are Exchange 2019's. */
const firstBuildOfSe = 2562;

/** @param version four numbers, as ServerVersionInfo has them. Dates: learn.microsoft.com/lifecycle */
export function releaseOf(version: string): ExchangeRelease {
  const [major = 0, minor = 0, build = 0] = version.split('.').map(Number);
  if (major < 14) return { name: `Exchange Server (${version})`, tooOld: true };
  if (major === 14 && minor === 0) return { name: 'Exchange Server 2010', tooOld: true };
  if (major === 14) return { name: `Exchange Server 2010 SP${minor}`, supportEnded: '2020-10-13' };
  if (major === 15 && minor === 0) return { name: 'Exchange Server 2013', supportEnded: '2023-04-11' };
  if (major === 15 && minor === 1) return { name: 'Exchange Server 2016', supportEnded: '2025-10-14' };
  if (major === 15 && minor === 2) {
    return build < firstBuildOfSe
      ? { name: 'Exchange Server 2019', supportEnded: '2025-10-14' }
      : { name: 'Exchange Server Subscription Edition' };
  }
  if (major === 15 && minor >= 20) return { name: 'Exchange Online', online: true };
  return { name: `Exchange Server (${version})` };
}

/** Exchange 2010 has throttling settings of its own. */
export function is2010(version: string | undefined): boolean {
  return version?.startsWith('14.') === true;
}

/**
 * Whom Exchange charges what is done as another: the account that signs in, until Exchange 2010 SP2 without Rollup 4,
 * else the mailbox. @see learn.microsoft.com, EWS throttling in Exchange
 */
export function chargesAccount(version: string | undefined): boolean {
  return version?.startsWith('14.1.') === true || version?.startsWith('14.2.') === true;
}
