import { empty } from '../http.ts';
import type { LabAnswer } from '../http.ts';
import { take } from '../stateStore.ts';
import type { LabUser } from '../tenant.ts';
import type { EwsContext, Operation } from './context.ts';
import { SchemaViolation, SoapFault, faultEnvelope } from './fault.ts';
import { notSimulated } from './operations.ts';
import { validate } from './schemaValidation.ts';
import { busyFault, innerServerBusy } from './throttling.ts';
import { namespaces, tag } from './xml.ts';
import { child } from './xmlReader.ts';
import type { XmlElement } from './xmlReader.ts';

/** In what the services that speak EWS differ. */
export interface EwsServer extends Pick<EwsContext, 'mailboxes' | 'state' | 'version'> {
  /** What it calls its newest schema in ServerVersionInfo. */
  readonly schemaVersion: string;
  readonly operations: ReadonlyMap<string, Operation>;
  /** @throws SoapFault, SchemaViolation for a RequestServerVersion that it does not know */
  checkVersion(requested: XmlElement): void;
  /** Beyond the grammar that all have: what this server's own schema lacks. @throws SchemaViolation */
  checkSchema(request: XmlElement): void;
  /** On whose behalf the request runs. @throws SoapFault */
  actingUser(soapHeader: XmlElement | undefined): LabUser;
}

const xmlType = { 'content-type': 'text/xml; charset=utf-8' };

function responseEnvelope(operation: string, content: string, { version, schemaVersion }: EwsServer): string {
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
    Version: schemaVersion,
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

function checkHeader(soapHeader: XmlElement | undefined, server: EwsServer): void {
  for (const element of soapHeader?.children ?? []) {
    if (element.name.startsWith('t:')) validate(element, 's:Header');
  }
  const requested = child(soapHeader, 't:RequestServerVersion');
  if (requested) server.checkVersion(requested);
}

/** Carries out the operation of an envelope. @throws SoapFault, SchemaViolation */
function perform(envelope: XmlElement, server: EwsServer): string {
  const soapHeader = child(envelope, 's:Header');
  const request = child(envelope, 's:Body')?.children[0];
  if (!request) throw new SchemaViolation('The SOAP body is empty.', envelope);
  checkHeader(soapHeader, server);
  const name = request.name.slice(2);
  const operation = server.operations.get(name);
  if (request.name.startsWith('m:') && !operation && notSimulated.has(name)) {
    throw new SoapFault('ErrorInvalidOperation', `The simulated server does not carry out ${name}.`);
  }
  if (!request.name.startsWith('m:') || !operation) {
    throw new SoapFault(
      'ErrorInvalidRequest',
      `The request is invalid. The simulated server has no operation ${name}.`,
    );
  }
  validate(request, 's:Body');
  server.checkSchema(request);
  const { state, mailboxes, version } = server;
  const actingAs = server.actingUser(soapHeader);
  const { busy } = state.ews;
  if (busy && take(busy)) {
    const fault = busyFault(busy);
    if (fault) throw fault;
    return responseEnvelope(name, innerServerBusy(name, busy.backOffMs), server);
  }
  return responseEnvelope(name, operation({ mailboxes, state, version, actingAs, request }), server);
}

/** Answers a request of EWS whose sender has signed in. @param envelope the body; undefined for what is not XML */
export function answerEnvelope(envelope: XmlElement | undefined, server: EwsServer): LabAnswer {
  const { state } = server;
  // What is not a SOAP 1.1 envelope never reaches EWS: the web server itself answers 400.
  if (envelope?.name !== 's:Envelope') return empty(400);
  try {
    return { status: 200, headers: xmlType, body: perform(envelope, server) };
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
