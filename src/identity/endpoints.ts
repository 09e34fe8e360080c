import type { ConnectionSettings } from '../connections/sourceConnection.ts';
import { cloudOf, clouds } from './clouds.ts';

/** The addresses of one connection: its own where it names them, else its cloud's. */
export interface Endpoints {
  /** Origin of the sign-in service, such as https://login.microsoftonline.com */
  readonly authority: string;
  readonly graph: string;
  /** Origin that tokens for Microsoft Graph are asked for. */
  readonly graphResource: string;
  /** EWS address that the connection fixes; undefined: Autodiscover tells. */
  readonly ewsOverride?: string;
  /** EWS address for when Autodiscover does not answer. */
  readonly ewsDefault: string;
  /** Base of Autodiscover v2. */
  readonly autodiscover: string;
  /** Origin that EWS tokens are asked for. */
  readonly ewsResource: string;
  /** Whether an address that a server named may get this connection's EWS token. */
  readonly trustsEwsUrl: (url: string) => boolean;
}

const ewsPath = '/EWS/Exchange.asmx';
const autodiscoverPath = '/autodiscover/autodiscover.json';

/** Graph is missing only to whom it is asked for. */
export type MissingEndpoint = 'authority' | 'ews' | 'graph';

/** A custom cloud lacks an address that nothing else can tell. */
export class MissingEndpointError extends Error {
  readonly endpoint: MissingEndpoint;

  constructor(endpoint: MissingEndpoint) {
    super(`No ${endpoint} address`);
    this.name = 'MissingEndpointError';
    this.endpoint = endpoint;
  }
}

/**
 * @param settings An EWS address without a path (https://host) names the server that Autodiscover asks; one with a
 * path is used as it is.
 * @throws MissingEndpointError
 */
export function endpointsOf(settings: Pick<ConnectionSettings, 'cloud' | 'endpoints'>): Endpoints {
  const { authority, graph, ews } = settings.endpoints;
  const cloud = cloudOf(settings.cloud);
  const login = authority ?? (cloud && `https://${cloud.login}`);
  if (login === undefined) throw new MissingEndpointError('authority');
  const exchange = ews ?? (cloud && `https://${cloud.ews}`);
  if (exchange === undefined) throw new MissingEndpointError('ews');
  const address = new URL(exchange);
  const server = address.origin;
  const graphOrigin = new URL(graph ?? (cloud ? `https://${cloud.graph}` : login)).origin;
  return {
    authority: new URL(login).origin,
    graph: graphOrigin,
    graphResource: cloud === undefined ? graphOrigin : `https://${cloud.graph}`,
    ...(address.pathname !== '/' && { ewsOverride: address.href }),
    ewsDefault: server + ewsPath,
    autodiscover: server + autodiscoverPath,
    ewsResource: cloud === undefined ? server : `https://${cloud.ews}`,
    trustsEwsUrl: (url) => originOf(url) === server || (cloud !== undefined && isExchangeOnline(url)),
  };
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : '';
}

function isExchangeOnline(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, port } = new URL(url);
  const known = clouds.some(({ ews, autodiscover }) => [ews, autodiscover].some((host) => within(hostname, host)));
  return protocol === 'https:' && port === '' && known;
}

function within(hostname: string, host: string): boolean {
  return hostname === host || hostname.endsWith(`.${host}`);
}
