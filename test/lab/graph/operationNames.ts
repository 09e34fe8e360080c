/** Names of the operations of Graph that are simulated, as the request log and `graph.fail` have them. */
export const graphOperations = [
  'listApplications',
  'getApplication',
  'createApplication',
  'updateApplication',
  'deleteApplication',
  'addPassword',
  'removePassword',
  'createServicePrincipal',
  'findServicePrincipal',
  'deleteServicePrincipal',
  'listAppRoles',
  'assignAppRole',
  'removeAppRole',
  'me',
  'memberOf',
  'organization',
  'users',
  'domains',
  'mailboxUsage',
  'downloadReport',
] as const;

export type GraphOperation = (typeof graphOperations)[number];
