import type { Addresses } from '../addresses.ts';
import { empty, header } from '../http.ts';
import type { LabAnswer, LabRequest } from '../http.ts';
import type { TokenMint } from '../entra/tokens.ts';
import type { Mailbox } from '../mailboxes/mailbox.ts';
import { take } from '../state.ts';
import type { LabState } from '../state.ts';
import type { Tenant } from '../tenant.ts';
import { actingUser, impersonatedAddress, mailboxState } from './access.ts';
import { identifyCaller } from './caller.ts';
import type { Caller } from './context.ts';
import { SchemaViolation, SoapFault, faultEnvelope } from './fault.ts';
import { withExchangeHeaders } from './headers.ts';
import { notSimulated, operations } from './operations.ts';
import { validate } from './schemaValidation.ts';
import { busyFault, busyHttpAnswer, innerServerBusy } from './throttling.ts';
import { namespaces, tag } from './xml.ts';
import { child, readXml } from './xmlReader.ts';
import type { XmlElement } from './xmlReader.ts';

export interface EwsOptions extends Addresses {
  readonly tenant: Tenant;
  readonly mailboxes: readonly Mailbox[];
  readonly state: LabState;
  readonly mint: TokenMint;
  /** Milliseconds since 1970 by the tenant's clock. */
  readonly nowMs: number;
}

const xmlType = { 'content-type': 'text/xml; charset=utf-8' };
const versions = /^(Exchange20(07|09|10|12|13|15|16)(_SP[123])?|V20\d\d_\d\d_\d\d)$/;

/** The answer of a tenant, mailbox or time that has EWS switched off; it comes after authentication, before any XML. */
function policyAnswer(state: LabState, address: string | undefined): LabAnswer | undefined {
  if (state.ews.retired !== false) return empty(state.ews.retired);
  const off = !state.ews.enabled || (address !== undefined && mailboxState(state, address) === 'ewsDisabled');
  if (off) return empty(403, { 'x-ews-policy-reason': 'EWS is disabled for this user or tenant' });
  if (!state.ews.appAllowed)
    return empty(403, { 'x-ews-policy-reason': 'EWS is blocked by policy for this user or tenant' });
  return undefined;
}

function responseEnvelope(operation: string, content: string, version: string): string {
  const [major = 15, minor = 20, build = 0, revision = 0] = version.split('.').map(Number);
  const schema = {
    'xmlns:xsd': 'http://www.w3.org/2001/XMLSchema',
    'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
  };
  const info = {
    MajorVersion: major,
    MinorVersion: minor,
    MajorBuildNumber: build,
    MinorBuildNumber: revision,
    Version: 'V2018_01_08',
    'xmlns:h': namespaces.t,
    ...schema,
  };
  const body = tag(`m:${operation}Response`, { 'xmlns:m': namespaces.m, ...schema, 'xmlns:t': namespaces.t }, content);
  const envelope = tag(
    's:Envelope',
    { 'xmlns:s': namespaces.s },
    tag('s:Header', {}, tag('h:ServerVersionInfo', info)),
    tag('s:Body', {}, body),
  );
  return `<?xml version="1.0" encoding="utf-8"?>${envelope}`;
}

function checkHeader(soapHeader: XmlElement | undefined): void {
  for (const element of soapHeader?.children ?? []) {
    if (element.name.startsWith('t:')) validate(element, 's:Header');
  }
  const version = child(soapHeader, 't:RequestServerVersion')?.attributes.get('Version');
  if (version !== undefined && !versions.test(version)) {
    throw new SoapFault('ErrorInvalidServerVersion', 'The specified server version is invalid.');
  }
}

/** Carries out the operation of an envelope. @throws SoapFault, SchemaViolation */
function perform(envelope: XmlElement, caller: Caller, options: EwsOptions): string {
  const soapHeader = child(envelope, 's:Header');
  const request = child(envelope, 's:Body')?.children[0];
  if (!request) throw new SchemaViolation('The SOAP body is empty.', envelope);
  checkHeader(soapHeader);
  const name = request.name.slice(2);
  const operation = operations.get(name);
  if (request.name.startsWith('m:') && notSimulated.has(name)) {
    throw new SoapFault('ErrorInvalidOperation', `The simulated server does not carry out ${name}.`);
  }
  if (!request.name.startsWith('m:') || !operation) {
    throw new SoapFault(
      'ErrorInvalidRequest',
      `The request is invalid. The simulated server has no operation ${name}.`,
    );
  }
  validate(request, 's:Body');
  const { tenant, state, mailboxes } = options;
  const actingAs = actingUser(caller, soapHeader, tenant, state);
  const { busy } = state.ews;
  if (busy && take(busy)) {
    const fault = busyFault(busy);
    if (fault) throw fault;
    return responseEnvelope(name, innerServerBusy(name, busy.backOffMs), state.ews.version);
  }
  const content = operation({ tenant, mailboxes, state, caller, actingAs, request });
  return responseEnvelope(name, content, state.ews.version);
}

function answer(request: LabRequest, options: EwsOptions): LabAnswer {
  if (request.path.toLowerCase() !== '/ews/exchange.asmx') return empty(404);
  const { state } = options;
  const caller = identifyCaller(request, { ...options, scopes: state.ews.scopes });
  if (!('kind' in caller)) return caller;
  const envelope = readXml(request.body);
  const address = impersonatedAddress(child(envelope, 's:Header'));
  if (address !== undefined) request.notes.impersonated = address;
  const refused = policyAnswer(state, address ?? (caller.kind === 'user' ? caller.user.email : undefined));
  if (refused) return refused;
  if (request.method !== 'POST') return empty(405, { allow: 'POST' });
  if (!/^text\/xml\b/i.test(header(request, 'content-type') ?? '')) return empty(415);
  const plainBusy = state.ews.busy ? busyHttpAnswer(state.ews.busy) : undefined;
  if (plainBusy && state.ews.busy && take(state.ews.busy)) return plainBusy;
  // What is not a SOAP 1.1 envelope never reaches EWS: the web server itself answers 400.
  if (envelope?.name !== 's:Envelope') return empty(400);
  try {
    return { status: 200, headers: xmlType, body: perform(envelope, caller, options) };
  } catch (error) {
    if (!(error instanceof SoapFault || error instanceof SchemaViolation)) throw error;
    const retry =
      error instanceof SoapFault && error.code === 'ErrorServerBusy' ? state.ews.busy?.retryAfterSeconds : undefined;
    const headers = retry === undefined ? xmlType : { ...xmlType, 'retry-after': String(retry) };
    return { status: 500, headers, body: faultEnvelope(error) };
  }
}

/** The name of the operation in a SOAP request, found without parsing it; null when there is none. */
export function operationName(body: string): string | null {
  return /<(?:\w+:)?Body\b[^>]*>\s*<(?:\w+:)?(\w+)/.exec(body)?.[1] ?? null;
}

/** Exchange Web Services at /EWS/Exchange.asmx. */
export function answerEws(request: LabRequest, options: EwsOptions): LabAnswer {
  const made = answer(request, options);
  const operation = operationName(request.body);
  const handler = operation === null ? {} : { 'x-ewshandler': operation };
  return withExchangeHeaders({ ...made, headers: { ...made.headers, ...handler } }, request);
}
