import type { CloudId, SignInMethod } from '../../connections/sourceConnection.ts';

/** The tenant's own values, for texts and commands. All of them are public. */
export interface FindingContext {
  readonly cloud: CloudId;
  readonly tenant: string;
  readonly authority: string;
  readonly method: SignInMethod;
  readonly clientId: string;
  /** The app is meant to open the mailboxes of a scope only (RBAC for Applications). */
  readonly scopedAccess: boolean;
  /** The administrator's e-mail address; empty for app sign-in. */
  readonly userName: string;
  readonly mailbox: string;
  /** When this was found: EWS has a last day. */
  readonly now: Date;
  /** What the tenant's user-agent policy sees. */
  readonly userAgent: string;
}

/** Page on which an administrator consents to the app's permissions. */
export function consentUrl({ authority, tenant, clientId }: FindingContext): string {
  return `${authority}/${encodeURIComponent(tenant)}/adminconsent?client_id=${encodeURIComponent(clientId)}`;
}
