import { randomBytes } from 'node:crypto';
import { stableGuid } from '../tenant.ts';
import type { LabUser } from '../tenant.ts';
import type { TargetNames } from './ntlm/targetInfo.ts';

/** An account of the Active Directory domain. */
export interface Account extends LabUser {
  /** sAMAccountName: how it signs in as DOMAIN\name. */
  readonly logonName: string;
  /** userPrincipalName: how it signs in as name@domain. */
  readonly principalName: string;
  /** Security identifier in Active Directory. */
  readonly sid: string;
}

/** A domain with one Exchange server. */
export interface Organisation {
  /** Both the DNS name of the Active Directory domain and the accepted domain of its addresses. */
  readonly domain: string;
  readonly names: TargetNames;
  readonly accounts: readonly Account[];
}

/** Mailboxes are named as in the tenant that they come from; more of them than names get a number. */
const departments = ['Administrator', 'Reception', 'Accounting', 'Logistics', 'Purchasing', 'Support', 'Workshop'];

/** NetBIOS name of the domain, at most 15 characters. */
const netbios = 'CONTOSO';
export const defaultDomain = 'contoso-lab.example';

const newPassword = (): string => `${randomBytes(9).toString('base64url')}-Aa1`;

function makeAccounts(mailboxes: number, domain: string): Account[] {
  const owners = Array.from({ length: mailboxes }, (_, index) => departments[index] ?? `Team ${index + 1}`);
  const logonNameOf = (name: string): string =>
    name === 'Administrator' ? 'admin' : name.toLowerCase().replace(' ', '');
  const account = (name: string, logonName: string, relativeId: number, more: Partial<Account>): Account => ({
    name,
    logonName,
    principalName: `${logonName}@${domain}`,
    email: `${logonName}@${domain}`,
    password: newPassword(),
    objectId: stableGuid(`account ${logonName}`),
    sid: `S-1-5-21-1004336348-1177238915-682003330-${relativeId}`,
    admin: false,
    mfa: false,
    hasMailbox: true,
    fullAccessTo: [],
    ...more,
  });
  // The administrator may open every mailbox but the fourth, so that a missing Full Access can be met.
  const fullAccessTo = owners
    .filter((_, index) => index !== 0 && index !== 3)
    .map((name) => `${logonNameOf(name)}@${domain}`);
  return [
    ...owners.map((name, index) =>
      account(name, logonNameOf(name), 1_100 + index, index === 0 ? { admin: true, fullAccessTo } : {}),
    ),
    account('Migration', 'migration', 9_001, { hasMailbox: false }),
    account('Intern', 'intern', 9_002, { hasMailbox: false }),
  ];
}

/**
 * Makes the organisation. Names, addresses and ids are the same on each run, passwords are new.
 * @param mailboxes how many mailboxes it has, at least 1
 */
export function makeOrganisation(mailboxes: number, domain: string): Organisation {
  return {
    domain,
    names: { domain: netbios, computer: 'EX01', dnsDomain: domain, dnsComputer: `ex01.${domain}` },
    accounts: makeAccounts(mailboxes, domain),
  };
}

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/**
 * Finds an account as Windows resolves a logon: by its name in the domain, or by its principal name.
 * @param domain NetBIOS or DNS name; '' when the client names none
 */
export function findAccount({ names, accounts }: Organisation, user: string, domain: string): Account | undefined {
  if (domain !== '' && !isSame(domain, names.domain) && !isSame(domain, names.dnsDomain)) return undefined;
  return accounts.find(
    ({ logonName, principalName }) => isSame(logonName, user) || (domain === '' && isSame(principalName, user)),
  );
}

/** Finds an account by address, principal name or SID. */
export function findByAnyName({ accounts }: Organisation, name: string): Account | undefined {
  return accounts.find((one) => [one.email, one.principalName, one.sid].some((own) => isSame(own, name)));
}
