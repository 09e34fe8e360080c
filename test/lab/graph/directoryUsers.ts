import type { LabState } from '../state.ts';
import { stableGuid } from '../tenant.ts';
import type { LabUser, Tenant } from '../tenant.ts';
import type { JsonObject } from './query.ts';

/** A user of the directory, with what the usage report says of its mailbox. */
export interface DirectoryUser {
  readonly shown: JsonObject;
  readonly principalName: string;
  readonly name: string;
  /** Null: it has no mailbox. */
  readonly usage: { readonly bytes: number; readonly recipientType: string } | null;
}

const recipientTypes = ['User', 'User', 'User', 'Shared', 'Room', 'Equipment'];

function directoryUser(
  user: Pick<LabUser, 'name' | 'hasMailbox' | 'objectId'>,
  more: { principalName: string; mail: string | null; department: string | null; userType?: string; number: number },
): DirectoryUser {
  const { principalName, mail, department, userType = 'Member', number } = more;
  const shown = {
    businessPhones: [],
    displayName: user.name,
    givenName: null,
    jobTitle: null,
    mail,
    mobilePhone: null,
    officeLocation: null,
    preferredLanguage: null,
    surname: null,
    userPrincipalName: principalName,
    id: user.objectId,
    accountEnabled: true,
    department,
    userType,
    assignedLicenses: user.hasMailbox ? [{ disabledPlans: [], skuId: stableGuid('licence') }] : [],
    proxyAddresses: mail === null ? [] : [`SMTP:${mail}`],
  };
  const bytes = 1_000_000 + number * 4096;
  const recipientType = recipientTypes[number % recipientTypes.length] ?? '';
  return { shown, principalName, name: user.name, usage: user.hasMailbox ? { bytes, recipientType } : null };
}

export function showUser(user: LabUser, number = 0): DirectoryUser {
  const [principalName, mail] = [user.email, user.hasMailbox ? user.email : null];
  return directoryUser(user, { principalName, mail, department: user.hasMailbox ? 'Head Office' : null, number });
}

/**
 * All users: those who can sign in, then `moreUsers`, then `guests` of the state. Of the former every tenth signs in by
 * another name than its address. None of either can sign in, nor has a mailbox that can be opened.
 */
export function directoryUsers(tenant: Tenant, { moreUsers, guests }: LabState['graph']): readonly DirectoryUser[] {
  const made = (prefix: string, index: number): Pick<LabUser, 'objectId'> => {
    const digits = String(index).padStart(12, '0');
    return { objectId: `${prefix}-0000-4000-8000-${digits}` };
  };
  return [
    ...tenant.users.map(showUser),
    ...Array.from({ length: moreUsers }, (_, index) => {
      const mail = `person${index + 1}@${tenant.domain}`;
      return directoryUser(
        { name: `Person ${index + 1}`, hasMailbox: true, ...made('10000000', index) },
        {
          principalName: index % 10 === 9 ? `p${index + 1}@${tenant.domain}` : mail,
          ...{ mail, department: `Department ${index % 40}`, number: index },
        },
      );
    }),
    ...Array.from({ length: guests }, (_, index) =>
      directoryUser(
        { name: `Guest ${index + 1}`, hasMailbox: false, ...made('20000000', index) },
        {
          principalName: `guest${index + 1}_fabrikam.example#EXT#@${tenant.domain}`,
          ...{ mail: `guest${index + 1}@fabrikam.example`, department: null, userType: 'Guest', number: index },
        },
      ),
    ),
  ];
}
