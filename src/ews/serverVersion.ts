import { SaxesParser } from 'saxes';

/**
 * The version in the ServerVersionInfo header of an EWS answer, as "15.20.9052.19".
 * @returns undefined when the answer has none or is not well-formed.
 */
export function readServerVersion(xml: string): string | undefined {
  let version: string | undefined;
  const parser = new SaxesParser({ xmlns: true });
  parser.on('opentag', ({ local, attributes }) => {
    if (local !== 'ServerVersionInfo') return;
    const parts = ['MajorVersion', 'MinorVersion', 'MajorBuildNumber', 'MinorBuildNumber'];
    version = parts.map((name) => attributes[name]?.value ?? '0').join('.');
  });
  try {
    parser.write(xml).close();
    return version;
  } catch {
    return undefined;
  }
}
