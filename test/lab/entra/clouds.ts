interface Cloud {
  /** What the discovery document calls the cloud. */
  readonly instanceName: string;
  /** `tenant_region_sub_scope`: which of the American government's networks the tenant is in. */
  readonly regionSubScope: 'DODCON' | 'DOD' | null;
  /** The resource of Exchange Web Services. */
  readonly exchange: string;
}

export const cloudNames = ['worldwide', 'gccHigh', 'dod', 'china', 'bleu', 'delos'] as const;

/** The clouds that Microsoft 365 is run in. */
export const clouds: Readonly<Record<(typeof cloudNames)[number], Cloud>> = {
  worldwide: {
    instanceName: 'microsoftonline.com',
    regionSubScope: null,
    exchange: 'https://outlook.office365.com',
  },
  gccHigh: {
    instanceName: 'microsoftonline.us',
    regionSubScope: 'DODCON',
    exchange: 'https://outlook.office365.us',
  },
  dod: {
    instanceName: 'microsoftonline.us',
    regionSubScope: 'DOD',
    exchange: 'https://outlook-dod.office365.us',
  },
  china: {
    instanceName: 'partner.microsoftonline.cn',
    regionSubScope: null,
    exchange: 'https://partner.outlook.cn',
  },
  bleu: {
    instanceName: 'sovcloud-identity.fr',
    regionSubScope: null,
    exchange: 'https://outlook.sovcloud.fr',
  },
  delos: {
    instanceName: 'sovcloud-identity.de',
    regionSubScope: null,
    exchange: 'https://outlook.sovcloud.de',
  },
};
