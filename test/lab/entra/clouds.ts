/** Names of the machines that a cloud's services answer at. */
export interface CloudHosts {
  readonly entra: string;
  readonly graph: string;
  /** Exchange Online: Exchange Web Services, and Autodiscover too. Its origin is the resource that tokens are for. */
  readonly exchange: string;
  /** Where Autodiscover is beside. */
  readonly autodiscover: string;
}

export interface Cloud {
  /** What the discovery document calls the cloud. */
  readonly instanceName: string;
  /** `tenant_region_sub_scope`: which of the American government's networks the tenant is in. */
  readonly regionSubScope: 'DODCON' | 'DOD' | null;
  readonly hosts: CloudHosts;
}

export const cloudNames = ['worldwide', 'gccHigh', 'dod', 'china', 'bleu', 'delos'] as const;
export type CloudName = (typeof cloudNames)[number];

/** The clouds that Microsoft 365 is run in. */
export const clouds: Readonly<Record<CloudName, Cloud>> = {
  worldwide: {
    instanceName: 'microsoftonline.com',
    regionSubScope: null,
    hosts: {
      entra: 'login.microsoftonline.com',
      graph: 'graph.microsoft.com',
      exchange: 'outlook.office365.com',
      autodiscover: 'autodiscover-s.outlook.com',
    },
  },
  gccHigh: {
    instanceName: 'microsoftonline.us',
    regionSubScope: 'DODCON',
    hosts: {
      entra: 'login.microsoftonline.us',
      graph: 'graph.microsoft.us',
      exchange: 'outlook.office365.us',
      autodiscover: 'autodiscover-s.office365.us',
    },
  },
  dod: {
    instanceName: 'microsoftonline.us',
    regionSubScope: 'DOD',
    hosts: {
      entra: 'login.microsoftonline.us',
      graph: 'dod-graph.microsoft.us',
      exchange: 'outlook-dod.office365.us',
      autodiscover: 'autodiscover-s-dod.office365.us',
    },
  },
  china: {
    instanceName: 'partner.microsoftonline.cn',
    regionSubScope: null,
    hosts: {
      entra: 'login.partner.microsoftonline.cn',
      graph: 'microsoftgraph.chinacloudapi.cn',
      exchange: 'partner.outlook.cn',
      autodiscover: 'autodiscover-s.partner.outlook.cn',
    },
  },
  bleu: {
    instanceName: 'sovcloud-identity.fr',
    regionSubScope: null,
    hosts: {
      entra: 'login.sovcloud-identity.fr',
      graph: 'graph.svc.sovcloud.fr',
      exchange: 'outlook.sovcloud.fr',
      autodiscover: 'autodiscover-s.outlook.sovcloud.fr',
    },
  },
  delos: {
    instanceName: 'sovcloud-identity.de',
    regionSubScope: null,
    hosts: {
      entra: 'login.sovcloud-identity.de',
      graph: 'graph.svc.sovcloud.de',
      exchange: 'outlook.sovcloud.de',
      autodiscover: 'autodiscover-s.outlook.sovcloud.de',
    },
  },
};

/** All of them; two clouds share one sign-in service. */
export const cloudHosts: ReadonlySet<string> = new Set(
  Object.values(clouds).flatMap(({ hosts }) => [hosts.entra, hosts.graph, hosts.exchange, hosts.autodiscover]),
);
