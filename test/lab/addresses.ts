import { cloudHosts, cloudNames, clouds } from './entra/clouds.ts';
import type { CloudHosts, CloudName } from './entra/clouds.ts';
import type { Service } from './http.ts';
import type { LabState } from './state.ts';

/** The tenant's services as a client knows them: by the host names of the cloud that it asks, or by the lab's own address. */
export interface Addresses {
  /** The cloud that was asked; null for the lab's own address, which takes what belongs to any cloud. */
  readonly cloud: CloudName | null;
  /** Origin of Entra ID. */
  readonly authority: string;
  readonly graphOrigin: string;
  /** Origin of Exchange Online. */
  readonly exchangeOrigin: string;
}

/** What a cloud's host is for. */
const services: Readonly<Record<keyof CloudHosts, readonly Service[]>> = {
  entra: ['entra'],
  graph: ['graph'],
  exchange: ['ews', 'autodiscover'],
  autodiscover: ['autodiscover'],
};

interface Place {
  readonly services: readonly Service[];
  /** GCC High and DoD have one sign-in service. */
  readonly clouds: readonly CloudName[];
}

const places: ReadonlyMap<string, Place> = new Map(
  [...cloudHosts].map((name): [string, Place] => {
    const isMeant = (part: keyof CloudHosts, cloud: CloudName): boolean => clouds[cloud].hosts[part] === name;
    const parts = (['entra', 'graph', 'exchange', 'autodiscover'] as const).filter((part) =>
      cloudNames.some((cloud) => isMeant(part, cloud)),
    );
    return [
      name,
      {
        services: parts.flatMap((part) => services[part]),
        clouds: cloudNames.filter((cloud) => parts.some((part) => isMeant(part, cloud))),
      },
    ];
  }),
);

/** @param host a Host header */
const placeOf = (host: string | undefined): Place | undefined =>
  places.get((host ?? '').toLowerCase().replace(/:443$/, ''));

/** The cloud that the tenant is in. */
export function homeCloud({ entra }: LabState): CloudName {
  return entra.tenant === 'otherCloud' || entra.tenant === 'otherCloudUnnamed' ? 'gccHigh' : entra.cloud;
}

/** Whether the tenant is in another cloud than the one that was asked. */
export function isElsewhere(state: LabState, { cloud }: Pick<Addresses, 'cloud'>): boolean {
  if (cloud !== null) return cloud !== homeCloud(state);
  return state.entra.tenant === 'otherCloud' || state.entra.tenant === 'otherCloudUnnamed';
}

/**
 * The addresses that the answer to a request names.
 * @param host the request's Host header
 * @param own origin of the lab itself
 */
export function addressesFor(host: string | undefined, state: LabState, own: string): Addresses {
  const asked = placeOf(host)?.clouds ?? [];
  // A sign-in service of two clouds answers a tenant of either as its own.
  const cloud = asked.find((one) => one === homeCloud(state)) ?? asked[0];
  if (cloud === undefined) return { cloud: null, authority: own, graphOrigin: own, exchangeOrigin: own };
  const { hosts } = clouds[cloud];
  return {
    cloud,
    authority: `https://${hosts.entra}`,
    graphOrigin: `https://${hosts.graph}`,
    exchangeOrigin: `https://${hosts.exchange}`,
  };
}

/** Whether a service is there at a host: at a cloud's just its own ones, at any other all. */
export function isServedAt(host: string | undefined, service: Service | 'control'): boolean {
  const place = placeOf(host);
  return place === undefined || place.services.some((one) => one === service);
}
