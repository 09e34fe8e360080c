/** Microsoft's own APIs, by the id that they have in every tenant [facts]. */
export const exchangeApi = '00000002-0000-0ff1-ce00-000000000000';
const graphApi = '00000003-0000-0000-c000-000000000000';

/** An application permission: an app role of an API. */
export interface AppPermission {
  readonly resourceAppId: string;
  readonly id: string;
  /** Its name, such as full_access_as_app. */
  readonly value: string;
}

/** What the app may be allowed to do besides reading mailboxes over EWS. */
export const extras = ['listMailboxes', 'graphExport'] as const;
export type Extra = (typeof extras)[number];

const reading: AppPermission = {
  resourceAppId: exchangeApi,
  id: 'dc890d15-9560-4a4c-9b7f-a736ec74ec40',
  value: 'full_access_as_app',
};

const ofGraph = (value: string, id: string): AppPermission => ({ resourceAppId: graphApi, id, value });

const permissionsOf: Readonly<Record<Extra, readonly AppPermission[]>> = {
  listMailboxes: [ofGraph('User.Read.All', 'df021288-bdef-4463-88db-98f22de89214')],
  /** The least that exporting takes: learn.microsoft.com/graph/api/mailbox-exportitems; there in the worldwide cloud only. */
  graphExport: [
    ofGraph('MailboxFolder.Read.All', '99280d24-a782-4793-93cc-0888549957f6'),
    ofGraph('MailboxItem.Read.All', '7d9f353d-a7bd-4fbb-822a-26d5dd39a3ce'),
    ofGraph('MailboxItem.Export.All', '937550e9-33a3-494b-88ae-d9cd394b1fbb'),
  ],
};

/** What registration creates in the tenant. */
export interface AppPlan {
  readonly displayName: string;
  /** Of the app, by which a later attempt recognises what an earlier one has created. */
  readonly tags: readonly string[];
  readonly permissions: readonly AppPermission[];
  /** How long the certificate is valid, in months. */
  readonly months: number;
}

export const appName = 'Exchange Migration';
/** On every app that this program has registered. */
export const appTag = 'ExchangeMigration';
/** On the app that a wizard has created. */
export const attemptTag = (attempt: string): string => `${appTag}:${attempt}`;

/**
 * @param attempt names the wizard: an app that it has created is its own. Undefined: somebody else creates it.
 * @param wanted the least privilege is none of them.
 */
export function appPlan(attempt: string | undefined, wanted: readonly Extra[]): AppPlan {
  return {
    displayName: appName,
    tags: attempt === undefined ? [appTag] : [appTag, attemptTag(attempt)],
    permissions: [reading, ...wanted.flatMap((extra) => permissionsOf[extra])],
    months: 12,
  };
}

/** Permissions by the API that they belong to: as an app registration lists them, and as they are granted. */
export function byApi(permissions: readonly AppPermission[]): ReadonlyMap<string, readonly AppPermission[]> {
  const apis = new Map<string, AppPermission[]>();
  for (const permission of permissions) {
    const list = apis.get(permission.resourceAppId);
    if (list) list.push(permission);
    else apis.set(permission.resourceAppId, [permission]);
  }
  return apis;
}
