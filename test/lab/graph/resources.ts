import { exchangeAppId, graphAppId } from '../entra/resources.ts';
import { stableGuid } from '../tenant.ts';

/** A permission of an API: an app role or a delegated scope. */
interface Permission {
  readonly id: string;
  readonly value: string;
}

/** An API of Microsoft's own that every tenant has a service principal of. */
export interface ResourceApi {
  readonly appId: string;
  readonly id: string;
  readonly displayName: string;
  readonly appRoles: readonly Permission[];
  readonly scopes: readonly Permission[];
}

const permission = (value: string, id: string): Permission => ({ id, value });

/** Ids are those of the real APIs; of the many permissions only those that a migration meets. */
export const exchangeApi: ResourceApi = {
  appId: exchangeAppId,
  id: stableGuid('service principal Office 365 Exchange Online'),
  displayName: 'Office 365 Exchange Online',
  appRoles: [permission('full_access_as_app', 'dc890d15-9560-4a4c-9b7f-a736ec74ec40')],
  scopes: [permission('EWS.AccessAsUser.All', '3b5f3d61-589b-4a3c-a359-5dd4b5ee5bd5')],
};

export const graphApi: ResourceApi = {
  appId: graphAppId,
  id: stableGuid('service principal Microsoft Graph'),
  displayName: 'Microsoft Graph',
  appRoles: [
    permission('Application.Read.All', '9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30'),
    permission('Application.ReadWrite.All', '1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9'),
    permission('AppRoleAssignment.ReadWrite.All', '06b708a9-e830-4db3-a914-8e69da51d44f'),
    permission('Directory.Read.All', '7ab1d382-f21e-4acd-a863-ba3e13f7da61'),
    permission('Domain.Read.All', 'dbb9058a-0e50-45d7-ae91-66909b5d4664'),
    permission('MailboxFolder.Read.All', '99280d24-a782-4793-93cc-0888549957f6'),
    permission('MailboxItem.Read.All', '7d9f353d-a7bd-4fbb-822a-26d5dd39a3ce'),
    permission('MailboxItem.Export.All', '937550e9-33a3-494b-88ae-d9cd394b1fbb'),
    permission('MailboxItem.ImportExport.All', '76577085-e73d-4f1d-b26a-85fb33892327'),
    permission('Organization.Read.All', '498476ce-e0fe-48b0-b801-37ba7e2685c6'),
    permission('Reports.Read.All', '230c1aed-a721-4c5d-9cb4-a90514e508ef'),
    permission('User.ReadBasic.All', '97235f07-e226-4f63-ace3-39588e11d3a1'),
    permission('User.Read.All', 'df021288-bdef-4463-88db-98f22de89214'),
  ],
  scopes: [
    permission('Application.ReadWrite.All', 'bdfbf15f-ee85-4955-8675-146e8e5296b5'),
    permission('AppRoleAssignment.ReadWrite.All', '84bccea3-f856-4a8a-967b-dbe0a3d53a64'),
    permission('User.Read', 'e1fe6dd8-ba31-4d61-89e7-88639da4683d'),
  ],
};
