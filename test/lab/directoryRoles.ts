import type { LabState } from './state.ts';
import type { LabUser } from './tenant.ts';

export type DirectoryRole = LabState['graph']['role'];

/** Directory roles by what `graph.role` calls them: display name and the id that is the same in every tenant. */
export const directoryRoles = {
  globalAdministrator: { displayName: 'Global Administrator', templateId: '62e90394-69f5-4237-9190-012177145e10' },
  applicationAdministrator: {
    displayName: 'Application Administrator',
    templateId: '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3',
  },
  user: null,
} as const;

/** The role of a user; only the tenant's administrator has one. */
export const directoryRole = (user: LabUser, state: LabState): DirectoryRole =>
  user.admin ? state.graph.role : 'user';
