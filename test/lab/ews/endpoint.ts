import type { Addresses } from '../addresses.ts';
import { empty, header } from '../http.ts';
import type { LabAnswer, LabRequest } from '../http.ts';
import type { TokenMint } from '../entra/tokens.ts';
import type { Mailbox } from '../mailboxes/mailbox.ts';
import { take } from '../stateStore.ts';
import type { LabState } from '../state.ts';
import type { Tenant } from '../tenant.ts';
import { actingUser, impersonatedAddress, mailboxState } from './access.ts';
import { identifyCaller } from './caller.ts';
import { answerEnvelope, operationName } from './engine.ts';
import { SoapFault } from './fault.ts';
import { withExchangeHeaders } from './headers.ts';
import { operations } from './operations.ts';
import { busyHttpAnswer } from './throttling.ts';
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

const versions = /^(Exchange20(07|09|10|12|13|15|16)(_SP[123])?|V20\d\d_\d\d_\d\d)$/;

function checkVersion(requested: XmlElement): void {
  if (!versions.test(requested.attributes.get('Version') ?? '')) {
    throw new SoapFault('ErrorInvalidServerVersion', 'The specified server version is invalid.');
  }
}

/** The answer of a tenant, mailbox or time that has EWS switched off; it comes after authentication, before any XML. */
function policyAnswer(state: LabState, address: string | undefined): LabAnswer | undefined {
  if (state.ews.retired !== false) return empty(state.ews.retired);
  const off = !state.ews.enabled || (address !== undefined && mailboxState(state, address) === 'ewsDisabled');
  if (off) return empty(403, { 'x-ews-policy-reason': 'EWS is disabled for this user or tenant' });
  if (!state.ews.appAllowed)
    return empty(403, { 'x-ews-policy-reason': 'EWS is blocked by policy for this user or tenant' });
  return undefined;
}

function answer(request: LabRequest, options: EwsOptions): LabAnswer {
  if (request.path.toLowerCase() !== '/ews/exchange.asmx') return empty(404);
  const { state, tenant, mailboxes } = options;
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
  return answerEnvelope(envelope, {
    mailboxes,
    state,
    version: state.ews.version,
    schemaVersion: 'V2018_01_08',
    operations,
    checkVersion,
    checkSchema: () => undefined,
    actingUser: (soapHeader) => actingUser(caller, soapHeader, tenant, state),
  });
}

/** Exchange Web Services at /EWS/Exchange.asmx. */
export function answerEws(request: LabRequest, options: EwsOptions): LabAnswer {
  const made = answer(request, options);
  const operation = operationName(request.body);
  const handler = operation === null ? {} : { 'x-ewshandler': operation };
  return withExchangeHeaders({ ...made, headers: { ...made.headers, ...handler } }, request);
}
