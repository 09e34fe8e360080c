import type { CloudId } from '../connections/sourceConnection.ts';

/** Where a national cloud lives. Hosts without scheme. */
export interface Cloud {
  readonly id: CloudId;
  readonly login: string;
  readonly graph: string;
  readonly ews: string;
  readonly autodiscover: string;
}

/** @see learn.microsoft.com/entra/identity-platform/authentication-national-cloud, and the Office 365 URL lists. */
export const clouds: readonly Cloud[] = [
  {
    id: 'worldwide',
    login: 'login.microsoftonline.com',
    graph: 'graph.microsoft.com',
    ews: 'outlook.office365.com',
    autodiscover: 'autodiscover-s.outlook.com',
  },
  {
    id: 'gccHigh',
    login: 'login.microsoftonline.us',
    graph: 'graph.microsoft.us',
    ews: 'outlook.office365.us',
    autodiscover: 'autodiscover-s.office365.us',
  },
  {
    id: 'dod',
    login: 'login.microsoftonline.us',
    graph: 'dod-graph.microsoft.us',
    ews: 'outlook-dod.office365.us',
    autodiscover: 'autodiscover-s-dod.office365.us',
  },
  {
    id: 'china',
    login: 'login.partner.microsoftonline.cn',
    graph: 'microsoftgraph.chinacloudapi.cn',
    ews: 'partner.outlook.cn',
    autodiscover: 'autodiscover-s.partner.outlook.cn',
  },
  {
    id: 'bleu',
    login: 'login.sovcloud-identity.fr',
    graph: 'graph.svc.sovcloud.fr',
    ews: 'outlook.sovcloud.fr',
    autodiscover: 'autodiscover-s.outlook.sovcloud.fr',
  },
  {
    id: 'delos',
    login: 'login.sovcloud-identity.de',
    graph: 'graph.svc.sovcloud.de',
    ews: 'outlook.sovcloud.de',
    autodiscover: 'autodiscover-s.outlook.sovcloud.de',
  },
];

/**
 * Which clouds a tenant can live in, as the sign-in service names its cloud.
 * @param instance `cloud_instance_name` of the discovery document, such as microsoftonline.us
 * @param subScope its `tenant_region_sub_scope`: DOD and DODCON tell the two clouds of the US Government apart
 * @returns empty for a name that none of the clouds has.
 */
export function cloudsOfInstance(instance: string, subScope: string | undefined): readonly Cloud[] {
  const named = clouds.filter(({ login }) => login === instance || login.endsWith(`.${instance}`));
  const dod = subScope === 'DOD';
  return named.length < 2 || subScope === undefined ? named : named.filter(({ id }) => (id === 'dod') === dod);
}

/**
 * Which clouds a text of a sign-in service names, by their names or the hosts of their sign-in services. Texts may
 * change: this is good for a hint and nothing else.
 * @param own the cloud whose service wrote it; it may name itself
 */
export function cloudsNamedIn(text: string, own: CloudId): CloudId[] {
  const names = new Set(text.toLowerCase().match(/[a-z0-9-]+(\.[a-z0-9-]+)+/g) ?? []);
  const here = cloudOf(own)?.login;
  return clouds
    .filter(({ login }) => login !== here && (names.has(login) || names.has(login.replace(/^login\./, ''))))
    .map(({ id }) => id);
}

/** Undefined for `custom`: such a connection names every address itself. */
export function cloudOf(id: CloudId): Cloud | undefined {
  return clouds.find((cloud) => cloud.id === id);
}
