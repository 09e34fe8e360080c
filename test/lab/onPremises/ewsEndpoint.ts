import { impersonatedAddress, mailboxState } from '../ews/access.ts';
import { answerEnvelope, operationName } from '../ews/engine.ts';
import { operations } from '../ews/operations.ts';
import { busyHttpAnswer } from '../ews/throttling.ts';
import { writeOperations } from '../ews/writing/writeOperations.ts';
import { child, readXml } from '../ews/xmlReader.ts';
import { empty, header } from '../http.ts';
import type { LabAnswer, LabRequest } from '../http.ts';
import type { Mailbox } from '../mailboxes/mailbox.ts';
import { take } from '../stateStore.ts';
import { actingAccount } from './impersonation.ts';
import type { Account, Organisation } from './organisation.ts';
import { checkSchemaAge } from './schemaAges.ts';
import type { OnPremisesState } from './state.ts';
import type { Throttling } from './throttling.ts';
import { checkRequestedVersion, versionFacts } from './versions.ts';

export interface EwsServices {
  readonly organisation: Organisation;
  readonly mailboxes: readonly Mailbox[];
  readonly state: OnPremisesState;
  /** Who has signed in. */
  readonly account: Account;
  readonly throttling: Throttling;
}

function answer(request: LabRequest, services: EwsServices): LabAnswer {
  if (request.path.toLowerCase() !== '/ews/exchange.asmx') return empty(404);
  const { state, account, organisation, mailboxes, throttling } = services;
  const envelope = readXml(request.body);
  const address = impersonatedAddress(child(envelope, 's:Header'));
  if (address !== undefined) request.notes.impersonated = address;
  const mailboxOff = mailboxState(state, address ?? account.email) === 'ewsDisabled';
  if (!state.ews.enabled || mailboxOff) return empty(403);
  if (request.method !== 'POST') return empty(405, { allow: 'POST' });
  if (!/^text\/xml\b/i.test(header(request, 'content-type') ?? '')) return empty(415);
  const plainBusy = state.ews.busy ? busyHttpAnswer(state.ews.busy) : undefined;
  if (plainBusy && state.ews.busy && take(state.ews.busy)) return plainBusy;
  const { number, schema } = versionFacts[state.version];
  return answerEnvelope(envelope, {
    mailboxes,
    state,
    version: number,
    schemaVersion: schema,
    operations: new Map([...operations, ...writeOperations]),
    checkVersion: (requested) => checkRequestedVersion(requested, state.version),
    checkSchema: (element) => checkSchemaAge(element, state.version),
    actingUser: (soapHeader) => {
      const acting = actingAccount(account, soapHeader, { organisation, state });
      throttling.check(request, account);
      return acting;
    },
  });
}

/** Exchange Web Services at /EWS/Exchange.asmx, for an account that has signed in. */
export function answerOnPremisesEws(request: LabRequest, services: EwsServices): LabAnswer {
  const made = answer(request, services);
  const operation = operationName(request.body);
  return { ...made, headers: { ...made.headers, ...(operation === null ? {} : { 'x-ewshandler': operation }) } };
}
