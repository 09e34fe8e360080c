/** The proxy that the environment names, for a process in which VS Code does not look after proxies. */
export interface EnvironmentProxy {
  readonly hostname: string;
  readonly port: number;
  /** Whether its address holds a user name or password. */
  readonly credentials: boolean;
  /** As node:https takes it (`proxyEnv`, Node 22.21 and 24.5). */
  readonly env: { readonly HTTPS_PROXY: string; readonly NO_PROXY?: string };
}

/** HTTPS_PROXY holds no address of a proxy. Its value is not repeated: it may hold a password. */
export class InvalidProxyError extends Error {
  constructor() {
    super('HTTPS_PROXY is not an address of an HTTP proxy.');
    this.name = 'InvalidProxyError';
  }
}

/**
 * @param env HTTPS_PROXY and NO_PROXY; in lower case they take precedence, as everywhere.
 * @throws InvalidProxyError
 */
export function environmentProxy(env: Readonly<NodeJS.ProcessEnv>): EnvironmentProxy | undefined {
  const address = env.https_proxy ?? env.HTTPS_PROXY ?? '';
  if (address === '') return undefined;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') throw new InvalidProxyError();
  const except = env.no_proxy ?? env.NO_PROXY;
  return {
    hostname: url.hostname,
    port: Number(url.port) || (url.protocol === 'https:' ? 443 : 80),
    credentials: url.username !== '' || url.password !== '',
    env: { HTTPS_PROXY: address, ...(except !== undefined && { NO_PROXY: except }) },
  };
}

/** Whether this Node's requests can go through a proxy that the environment names. */
export function canUseEnvironmentProxy(): boolean {
  return process.allowedNodeEnvironmentFlags.has('--use-env-proxy'); // Both came with the same versions.
}
