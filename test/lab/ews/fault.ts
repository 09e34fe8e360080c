import { escapeXml, leaf, namespaces, tag } from './xml.ts';

/** A refusal of the whole request: HTTP 500 with a SOAP fault, as Exchange gives it. */
export class SoapFault extends Error {
  override readonly name = 'SoapFault';
  readonly code: string;
  readonly values: Readonly<Record<string, string | number>>;

  /** @param values go into MessageXml as `t:Value` elements */
  constructor(code: string, message: string, values: SoapFault['values'] = {}) {
    super(message);
    this.code = code;
    this.values = values;
  }
}

/** A refusal of one part of a request: a response message of class Error inside an HTTP 200. */
export class ResponseError extends Error {
  override readonly name = 'ResponseError';
  readonly code: string;
  readonly values: Readonly<Record<string, string | number>>;

  constructor(code: string, message: string, values: ResponseError['values'] = {}) {
    super(message);
    this.code = code;
    this.values = values;
  }
}

/** A violation of the schema; line and column are of the request. */
export class SchemaViolation extends Error {
  override readonly name = 'SchemaViolation';
  readonly line: number;
  readonly column: number;

  constructor(message: string, at: { readonly line: number; readonly column: number }) {
    super(message);
    this.line = at.line;
    this.column = at.column;
  }
}

const xmlDeclaration = '<?xml version="1.0" encoding="utf-8"?>';

function envelope(code: string, faultString: string, message: string, messageXml: string): string {
  const errors = { 'xmlns:e': namespaces.e };
  return (
    xmlDeclaration +
    tag(
      's:Envelope',
      { 'xmlns:s': namespaces.s },
      tag(
        's:Body',
        {},
        tag(
          's:Fault',
          {},
          tag('faultcode', { 'xmlns:a': namespaces.t }, `a:${code}`),
          tag('faultstring', { 'xml:lang': 'en-US' }, escapeXml(faultString)),
          tag(
            'detail',
            {},
            tag('e:ResponseCode', errors, code),
            tag('e:Message', errors, escapeXml(message)),
            messageXml === '' ? '' : tag('t:MessageXml', { 'xmlns:t': namespaces.t }, messageXml),
          ),
        ),
      ),
    )
  );
}

export const valuesXml = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values)
    .map(([name, value]) => tag('t:Value', { Name: name }, escapeXml(String(value))))
    .join('');

export function faultEnvelope(fault: SoapFault | SchemaViolation): string {
  if (fault instanceof SoapFault) return envelope(fault.code, fault.message, fault.message, valuesXml(fault.values));
  return envelope(
    'ErrorSchemaValidation',
    `The request failed schema validation: ${fault.message}`,
    'The request failed schema validation.',
    leaf('t:LineNumber', fault.line) + leaf('t:LinePosition', fault.column) + leaf('t:Violation', fault.message),
  );
}
