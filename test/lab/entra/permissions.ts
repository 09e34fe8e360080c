export interface DelegatedPermission {
  readonly name: string;
  /** What the consent page calls it. */
  readonly title: string;
  /** Only an administrator may consent to it. */
  readonly adminOnly: boolean;
}

const permission = (name: string, title: string, adminOnly = false): DelegatedPermission => ({
  name,
  title,
  adminOnly,
});

export const exchangePermissions: readonly DelegatedPermission[] = [
  permission('EWS.AccessAsUser.All', 'Access your mailboxes'),
];

/** Those of Microsoft Graph that have to do with mail, people and apps, out of some hundreds. */
export const graphPermissions: readonly DelegatedPermission[] = [
  permission('User.Read', 'View your basic profile'),
  permission('User.ReadBasic.All', "View other people's basic profiles"),
  permission('User.Read.All', "View other people's full profiles", true),
  permission('Mail.Read', 'Read your mail'),
  permission('Mail.ReadWrite', 'Read and write access to your mail'),
  permission('MailboxSettings.Read', 'Read your mailbox settings'),
  permission('Organization.Read.All', 'Read organization information', true),
  permission('Directory.Read.All', 'Read directory data', true),
  permission('Group.Read.All', 'Read all groups', true),
  permission('Domain.Read.All', 'Read domains', true),
  permission('Reports.Read.All', 'Read all usage reports', true),
  permission('RoleManagement.Read.Directory', 'Read directory RBAC settings', true),
  permission('Application.Read.All', 'Read applications', true),
  permission('Application.ReadWrite.All', 'Read and write all applications', true),
  permission('AppRoleAssignment.ReadWrite.All', 'Manage app permission grants and app role assignments', true),
  permission('DelegatedPermissionGrant.ReadWrite.All', 'Manage all delegated permission grants', true),
];

/** OpenID Connect's own, without a resource. */
export const openIdPermissions: readonly DelegatedPermission[] = [
  permission('openid', 'Sign you in'),
  permission('profile', 'View your basic profile'),
  permission('email', 'View your email address'),
  permission('offline_access', 'Maintain access to data you have given it access to'),
];
