import type { Mailbox } from '../mailboxes/mailbox.ts';
import type { LabState } from '../state.ts';
import type { LabUser, Tenant } from '../tenant.ts';
import type { XmlElement } from './xmlReader.ts';

/** Who a verified token speaks for. */
export type Caller =
  | { readonly kind: 'app'; readonly appId: string; /** Absent: every mailbox. */ readonly scope?: readonly string[] }
  | { readonly kind: 'user'; readonly appId: string; readonly user: LabUser };

/** What an operation works with. */
export interface EwsContext {
  readonly tenant: Tenant;
  readonly mailboxes: readonly Mailbox[];
  readonly state: LabState;
  readonly caller: Caller;
  /** Whose mailbox is meant when a request names none: the impersonated user or the signed-in one. */
  readonly actingAs: LabUser;
  /** The operation's element, checked against the schema. */
  readonly request: XmlElement;
}

/** An EWS operation: the XML of its response element's content. */
export type Operation = (context: EwsContext) => string;
