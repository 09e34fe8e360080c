/** The clouds' addresses as clients have them built in, and what a tenant's discovery document says there. */
export const realClouds = {
  worldwide: {
    login: 'login.microsoftonline.com',
    graph: 'graph.microsoft.com',
    ews: 'outlook.office365.com',
    autodiscover: 'autodiscover-s.outlook.com',
    instanceName: 'microsoftonline.com',
    subScope: undefined,
  },
  gccHigh: {
    login: 'login.microsoftonline.us',
    graph: 'graph.microsoft.us',
    ews: 'outlook.office365.us',
    autodiscover: 'autodiscover-s.office365.us',
    instanceName: 'microsoftonline.us',
    subScope: 'DODCON',
  },
  dod: {
    login: 'login.microsoftonline.us',
    graph: 'dod-graph.microsoft.us',
    ews: 'outlook-dod.office365.us',
    autodiscover: 'autodiscover-s-dod.office365.us',
    instanceName: 'microsoftonline.us',
    subScope: 'DOD',
  },
  china: {
    login: 'login.partner.microsoftonline.cn',
    graph: 'microsoftgraph.chinacloudapi.cn',
    ews: 'partner.outlook.cn',
    autodiscover: 'autodiscover-s.partner.outlook.cn',
    instanceName: 'partner.microsoftonline.cn',
    subScope: undefined,
  },
  bleu: {
    login: 'login.sovcloud-identity.fr',
    graph: 'graph.svc.sovcloud.fr',
    ews: 'outlook.sovcloud.fr',
    autodiscover: 'autodiscover-s.outlook.sovcloud.fr',
    instanceName: 'sovcloud-identity.fr',
    subScope: undefined,
  },
  delos: {
    login: 'login.sovcloud-identity.de',
    graph: 'graph.svc.sovcloud.de',
    ews: 'outlook.sovcloud.de',
    autodiscover: 'autodiscover-s.outlook.sovcloud.de',
    instanceName: 'sovcloud-identity.de',
    subScope: undefined,
  },
} as const;

export const realCloudNames = ['worldwide', 'gccHigh', 'dod', 'china', 'bleu', 'delos'] as const;
