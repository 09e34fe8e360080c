import { SoapFault } from '../ews/fault.ts';
import { requestedSchemas } from '../ews/requestedSchemas.ts';
import type { XmlElement } from '../ews/xmlReader.ts';

export const serverVersions = ['2010SP1', '2010SP3', '2013', '2016', '2019', 'SE'] as const;
export type ServerVersionName = (typeof serverVersions)[number];

interface ServerVersion {
  /** Of one of its builds. */
  readonly number: string;
  /** What it calls its newest schema in ServerVersionInfo. */
  readonly schema: string;
}

/** ServerVersionInfo as servers of these builds give it. */
export const versionFacts: Readonly<Record<ServerVersionName, ServerVersion>> = {
  '2010SP1': { number: '14.1.438.0', schema: 'Exchange2010_SP1' }, // Update Rollup 8
  '2010SP3': { number: '14.3.513.0', schema: 'Exchange2010_SP2' }, // Update Rollup 32; SP3 has no schema of its own
  '2013': { number: '15.0.1497.48', schema: 'V2_23' }, // CU23, update of March 2023
  '2016': { number: '15.1.2507.6', schema: 'V2017_07_11' }, // CU23
  '2019': { number: '15.2.1748.10', schema: 'V2017_07_11' }, // CU15
  SE: { number: '15.2.2562.17', schema: 'V2017_07_11' }, // RTM
};

/** The last named schema that a server has. */
export const newestSchema: Readonly<Record<ServerVersionName, string>> = {
  '2010SP1': 'Exchange2010_SP1',
  '2010SP3': 'Exchange2010_SP2',
  '2013': 'Exchange2013_SP1',
  '2016': 'Exchange2016',
  '2019': 'Exchange2016',
  SE: 'Exchange2016',
};

/** The schemas that a server knows, oldest first. */
export function knownSchemas(version: ServerVersionName): readonly string[] {
  return requestedSchemas.slice(0, requestedSchemas.indexOf(newestSchema[version]) + 1);
}

/** V2_n and V20yy_mm_dd: versions between the named ones, which servers since 2013 take up to their own. */
function isInternal(value: string, version: ServerVersionName): boolean {
  if (version.startsWith('2010')) return false;
  if (/^V2_\d+$/.test(value)) return version !== '2013' || Number(value.slice(3)) <= 23;
  return version !== '2013' && /^V20\d\d_\d\d_\d\d$/.test(value) && value <= versionFacts[version].schema;
}

/** Refuses a RequestServerVersion that is newer than the server, or none at all. @throws SoapFault */
export function checkRequestedVersion(requested: XmlElement, version: ServerVersionName): void {
  const value = requested.attributes.get('Version') ?? '';
  if (knownSchemas(version).includes(value) || isInternal(value, version)) return;
  throw new SoapFault('ErrorInvalidServerVersion', 'The specified server version is invalid.');
}
