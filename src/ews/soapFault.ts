import { SaxesParser } from 'saxes';
import { codeAndBackOff } from './ewsError.ts';
import type { EwsEvidence } from './ewsError.ts';

/** Elements of a fault whose text matters, by local name. */
const wanted = new Set(['faultcode', 'faultstring', 'ResponseCode', 'Message']);

/**
 * Reads a SOAP fault as Exchange sends it: `faultcode`, `faultstring`, `detail/e:ResponseCode`, `detail/e:Message`,
 * `detail/t:MessageXml/t:Value Name="BackOffMilliseconds"` or `"InnerErrorResponseCode"`.
 * @returns undefined when the text is no SOAP fault.
 */
export function parseFault(xml: string, status: number): EwsEvidence | undefined {
  const texts = new Map<string, string>();
  let faults = 0;
  const values: { [name: string]: string } = {};
  let current = '';
  let text = '';
  let valueName = '';
  const parser = new SaxesParser({ xmlns: true });
  parser.on('opentag', (tag) => {
    if (tag.local === 'Fault') faults++;
    current = tag.local;
    text = '';
    if (tag.local === 'Value') valueName = tag.attributes.Name?.value ?? '';
  });
  parser.on('text', (piece) => (text += piece));
  parser.on('closetag', (tag) => {
    if (tag.local === current && wanted.has(current)) texts.set(current, text.trim());
    if (tag.local === 'Value') values[valueName] = text.trim();
  });
  try {
    parser.write(xml).close();
  } catch {
    return undefined;
  }
  if (faults === 0) return undefined;
  const code = texts.get('ResponseCode') ?? texts.get('faultcode')?.replace(/^.*:/, '') ?? '';
  return {
    kind: 'fault',
    status,
    ...codeAndBackOff(code, values),
    message: (texts.get('Message') ?? texts.get('faultstring') ?? '').slice(0, 1000),
  };
}
