import { checkCondition, mailboxState, noMailbox } from '../ews/access.ts';
import { SoapFault } from '../ews/fault.ts';
import { child } from '../ews/xmlReader.ts';
import type { XmlElement } from '../ews/xmlReader.ts';
import type { Account, Organisation } from './organisation.ts';
import type { OnPremisesState } from './state.ts';

interface Rules {
  readonly organisation: Organisation;
  readonly state: OnPremisesState;
}

/** The account that a ConnectingSID names. @throws SoapFault when there is none, in Exchange's words for each kind of name */
function impersonated(identity: XmlElement, { organisation, state }: Rules): Account {
  const wanted = identity.text.trim().toLowerCase();
  const found = (key: 'email' | 'principalName' | 'sid'): Account | undefined =>
    organisation.accounts.find((one) => one[key].toLowerCase() === wanted);
  switch (identity.name) {
    case 't:PrincipalName': {
      const account = found('principalName');
      if (!account) throw new SoapFault('ErrorInvalidUserPrincipalName', 'The user principal name (UPN) isn’t valid.');
      return account;
    }
    case 't:SID': {
      const account = found('sid');
      if (!account) throw new SoapFault('ErrorInvalidUserSid', 'The user SID is not valid.');
      return account;
    }
    default: {
      const account = found('email');
      const condition = mailboxState(state, wanted);
      if (!account?.hasMailbox || condition === 'missing' || condition === 'unlicensed') throw noMailbox(wanted);
      return account;
    }
  }
}

/** The role ApplicationImpersonation: who has it, and over which mailboxes. */
function mayImpersonate({ logonName }: Account, target: Account, { state }: Rules): boolean {
  return state.impersonation.some(
    ({ account, scope }) => account === logonName && (scope === null || scope.includes(target.email)),
  );
}

/**
 * On whose behalf a request runs.
 * @throws SoapFault when the caller may not impersonate the account, or there is none
 */
export function actingAccount(caller: Account, soapHeader: XmlElement | undefined, rules: Rules): Account {
  const identity = child(child(soapHeader, 't:ExchangeImpersonation'), 't:ConnectingSID')?.children[0];
  if (!identity) return caller;
  const target = impersonated(identity, rules);
  const condition = mailboxState(rules.state, target.email);
  const isDenied = target !== caller && !mayImpersonate(caller, target, rules);
  if (isDenied || condition === 'impersonationDenied') {
    throw new SoapFault(
      'ErrorImpersonateUserDenied',
      'The account does not have permission to impersonate the requested user.',
    );
  }
  checkCondition(condition, target.email);
  return target;
}
