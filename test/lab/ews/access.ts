import type { Mailbox } from '../mailboxes/mailbox.ts';
import type { MailboxState } from '../state.ts';
import type { LabUser, Tenant } from '../tenant.ts';
import type { Caller } from './caller.ts';
import type { EwsContext, EwsState } from './context.ts';
import { ResponseError, SoapFault } from './fault.ts';
import { child } from './xmlReader.ts';
import type { XmlElement } from './xmlReader.ts';

export const folderMissing = (): ResponseError =>
  new ResponseError('ErrorFolderNotFound', 'The specified folder could not be found in the store.');

export const noMailbox = (address: string): SoapFault =>
  new SoapFault('ErrorNonExistentMailbox', 'The SMTP address has no mailbox associated with it.', {
    SmtpAddress: address,
  });

export function mailboxState(state: EwsState, address: string): MailboxState {
  return state.mailboxes[address.toLowerCase()]?.state ?? 'ok';
}

/** Conditions of a mailbox that end the whole request. */
export function checkCondition(condition: MailboxState, address: string): void {
  switch (condition) {
    case 'missing':
    case 'unlicensed':
      throw noMailbox(address);
    case 'accessDenied':
      throw new SoapFault('ErrorAccessDenied', 'Access is denied. Check credentials and try again.');
    case 'moving':
      throw new SoapFault(
        'ErrorMailboxMoveInProgress',
        'Mailbox move in progress. Try again later., Cannot open mailbox.',
      );
    case 'storeUnavailable':
      throw new SoapFault(
        'ErrorMailboxStoreUnavailable',
        'The mailbox database is temporarily unavailable., Cannot open mailbox.',
      );
    case 'failover':
      throw new SoapFault('ErrorMailboxFailover', 'Mailbox database failover. Try again later., Cannot open mailbox.');
    case 'impersonationDenied':
    case 'ewsDisabled':
    case 'ok':
      return;
  }
}

/** The address in the impersonation header; undefined without the header. */
export function impersonatedAddress(soapHeader: XmlElement | undefined): string | undefined {
  const sid = child(child(soapHeader, 't:ExchangeImpersonation'), 't:ConnectingSID');
  return sid?.children[0]?.text.trim().toLowerCase();
}

/**
 * Exchange Online's rules of impersonation: an app's own token has to impersonate, a user's token must not.
 * @returns the user on whose behalf the request runs
 * @throws SoapFault
 */
export function actingUser(
  caller: Caller,
  soapHeader: XmlElement | undefined,
  tenant: Tenant,
  state: EwsState,
): LabUser {
  const address = impersonatedAddress(soapHeader);
  if (caller.kind === 'user') {
    if (address !== undefined && address !== caller.user.email) {
      throw new SoapFault(
        'ErrorImpersonateUserDenied',
        'The account does not have permission to impersonate the requested user.',
      );
    }
    return caller.user;
  }
  if (address === undefined) {
    throw new SoapFault(
      'ErrorInvalidExchangeImpersonationHeaderData',
      'ExchangeImpersonation SOAP header must be present for this type of OAuth token.',
    );
  }
  const condition = mailboxState(state, address);
  const user = tenant.users.find((one) => one.email === address);
  // The real service's error for a mailbox out of scope is not documented.
  const outOfScope = caller.scope !== undefined && !caller.scope.includes(address);
  if (condition === 'impersonationDenied' || outOfScope) {
    throw new SoapFault(
      'ErrorImpersonateUserDenied',
      'The account does not have permission to impersonate the requested user.',
    );
  }
  if (!user?.hasMailbox) throw noMailbox(address);
  checkCondition(condition, address);
  return user;
}

/**
 * Opens a mailbox on behalf of the acting user, who needs to own it or to have Full Access.
 * @param target whose mailbox; absent: the acting user's own
 * @param isArchive its archive is wanted
 * @throws ResponseError as Exchange words it for folders, SoapFault for the mailbox's conditions
 */
export function openMailbox(context: EwsContext, target: string | undefined, what: string, isArchive = false): Mailbox {
  const { actingAs, mailboxes, state } = context;
  if (target === undefined && !actingAs.hasMailbox) {
    throw new ResponseError(
      'ErrorMissingEmailAddress',
      'When making a request as an account that does not have a mailbox, you must specify the mailbox primary SMTP address for any distinguished folder Ids.',
    );
  }
  const address = (target ?? actingAs.email).toLowerCase();
  const mailbox = mailboxes.find((one) => one.owner.email === address && one.isArchive === isArchive);
  const condition = mailboxState(state, address);
  if (!mailbox || condition === 'missing' || condition === 'unlicensed') {
    throw new ResponseError('ErrorNonExistentMailbox', 'The SMTP address has no mailbox associated with it.', {
      SmtpAddress: address,
    });
  }
  if (address !== actingAs.email && !actingAs.fullAccessTo.includes(address)) {
    throw new ResponseError('ErrorItemNotFound', `The specified object was not found in the store., ${what}`);
  }
  checkCondition(condition, address);
  // Best guess: as for a folder that is not there.
  if (isArchive && !state.mailboxes[address]?.archive) throw folderMissing();
  return mailbox;
}

/** Opens the mailbox that an id belongs to. @throws ResponseError */
export function openMailboxByGuid(context: EwsContext, guid: string): Mailbox {
  const mailbox = context.mailboxes.find((one) => one.guid === guid);
  if (!mailbox) throw new ResponseError('ErrorItemNotFound', 'The specified object was not found in the store.');
  const address = mailbox.owner.email;
  if (address !== context.actingAs.email && !context.actingAs.fullAccessTo.includes(address)) {
    throw new ResponseError(
      'ErrorAccessDenied',
      'Access is denied. Check credentials and try again., Cannot open mailbox.',
    );
  }
  return openMailbox(context, address, '', mailbox.isArchive);
}
