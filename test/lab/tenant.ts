import { createHash, randomBytes } from 'node:crypto';
import { makeAppCertificate } from './certificates.ts';
import type { AppCertificate } from './certificates.ts';

/** A client secret of an app. */
interface AppSecret {
  readonly value: string;
  /** Milliseconds since 1970. */
  readonly expiresMs: number;
}

/** An app as the token endpoint knows it. */
export interface LabApp {
  readonly name: string;
  readonly clientId: string;
  /** The object id of its service principal in the tenant; null while it has none. */
  readonly objectId: string | null;
  /** Signs in without a credential of its own. */
  readonly isPublic: boolean;
  /** May use the flows without a redirect address: password and device code (`isFallbackPublicClient`). */
  readonly publicClientFlows: boolean;
  readonly secrets: readonly AppSecret[];
  /** PEM. */
  readonly certificates: readonly string[];
  /** Application permissions that were granted, such as full_access_as_app. */
  readonly exchangeRoles: readonly string[];
  readonly graphRoles: readonly string[];
  /** Delegated permissions of Graph that it has without anybody's consent, and that its `.default` stands for. */
  readonly preauthorized?: readonly string[];
}

/** An app that is there from the start, with the credentials that the lab hands out. */
export interface SampleApp extends LabApp {
  readonly objectId: string;
  readonly secret: string | null;
  readonly certificate: AppCertificate | null;
}

export interface LabUser {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly objectId: string;
  readonly admin: boolean;
  readonly mfa: boolean;
  readonly hasMailbox: boolean;
  /** Addresses of others' mailboxes that this user may open. */
  readonly fullAccessTo: readonly string[];
}

export interface Tenant {
  readonly id: string;
  readonly domain: string;
  readonly apps: readonly LabApp[];
  /** Microsoft's own apps, which every tenant has; none of the tenant's settings about apps concern them. */
  readonly firstPartyApps: readonly LabApp[];
  readonly users: readonly LabUser[];
}

export interface SampleTenant extends Tenant {
  readonly apps: readonly SampleApp[];
}

const domain = 'contoso-lab.onmicrosoft.com';

/** Mailboxes are named after departments; more of them than names get a number. */
const departments = ['Administrator', 'Reception', 'Accounting', 'Logistics', 'Purchasing', 'Support', 'Workshop'];

/** A GUID that is the same on each run for the same text. */
export function stableGuid(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const variant = '89ab'.charAt(parseInt(hex.charAt(16), 16) & 3);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ].join('-');
}

/** Alike in length and alphabet to what Entra generates. */
const newSecret = (): string => `${randomBytes(3).toString('base64url')}8Q~${randomBytes(24).toString('base64url')}`;
const newPassword = (): string => `${randomBytes(9).toString('base64url')}-Aa1`;

function mailboxName(index: number, total: number): string {
  if (index > 0 && index === total - 1) return 'Newcomer';
  return departments[index] ?? `Team ${index + 1}`;
}

function makeUsers(mailboxes: number): LabUser[] {
  const names = Array.from({ length: mailboxes }, (_, index) => mailboxName(index, mailboxes));
  const email = (name: string): string =>
    `${name === 'Administrator' ? 'admin' : name.toLowerCase().replace(' ', '')}@${domain}`;
  const user = (name: string, more: Partial<LabUser>): LabUser => ({
    name,
    email: email(name),
    password: newPassword(),
    objectId: stableGuid(`user ${name}`),
    admin: false,
    mfa: false,
    hasMailbox: true,
    fullAccessTo: [],
    ...more,
  });
  // The administrator may open every mailbox but the fourth, so that a missing Full Access can be met.
  const fullAccessTo = names.filter((_, index) => index !== 0 && index !== 3).map(email);
  return [
    ...names.map((name, index) => user(name, index === 0 ? { admin: true, fullAccessTo } : {})),
    user('Multifactor', { mfa: true, hasMailbox: false }),
    user('Unlicensed', { hasMailbox: false }),
  ];
}

/**
 * Makes the sample tenant. Ids and addresses are the same on each run, credentials are new.
 * @param mailboxes how many mailboxes it has, at least 1
 * @param graphRoles application permissions of Graph that the app Migration has from the start
 */
export async function makeTenant(mailboxes: number, graphRoles: readonly string[] = []): Promise<SampleTenant> {
  const inOneYear = Date.now() + 365 * 86_400_000;
  const app = (
    name: string,
    { fullAccessAsApp, ...more }: Pick<SampleApp, 'secret' | 'certificate'> & { readonly fullAccessAsApp: boolean },
  ): SampleApp => ({
    name,
    clientId: stableGuid(`app ${name}`),
    objectId: stableGuid(`service principal ${name}`),
    isPublic: more.secret === null && more.certificate === null,
    publicClientFlows: more.secret === null && more.certificate === null,
    secrets: more.secret === null ? [] : [{ value: more.secret, expiresMs: inOneYear }],
    certificates: more.certificate ? [more.certificate.certificate] : [],
    exchangeRoles: fullAccessAsApp ? ['full_access_as_app'] : [],
    graphRoles: [],
    ...more,
  });
  const [migration, powerless] = await Promise.all([
    makeAppCertificate('Migration'),
    makeAppCertificate('No permission'),
  ]);
  return {
    id: stableGuid(domain),
    domain,
    apps: [
      { ...app('Migration', { secret: newSecret(), certificate: migration, fullAccessAsApp: true }), graphRoles },
      app('No permission', { secret: newSecret(), certificate: powerless, fullAccessAsApp: false }),
      app('Public client', { secret: null, certificate: null, fullAccessAsApp: false }),
    ],
    firstPartyApps: [
      {
        ...app('Microsoft Graph Command Line Tools', { secret: null, certificate: null, fullAccessAsApp: false }),
        clientId: '14d82eec-204b-4c2f-b7e8-296a70dab67e',
      },
      {
        ...app('Microsoft Azure CLI', { secret: null, certificate: null, fullAccessAsApp: false }),
        clientId: '04b07795-8ddb-461a-bbee-02f9e1bf7b46',
        preauthorized: ['User.Read.All', 'Application.ReadWrite.All', 'AppRoleAssignment.ReadWrite.All'],
      },
    ],
    users: makeUsers(mailboxes),
  };
}
