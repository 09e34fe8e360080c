import * as l10n from '@vscode/l10n';
import { canUseEnvironmentProxy, environmentProxy, InvalidProxyError } from '../ews/transport/environmentProxy.ts';
import type { EnvironmentProxy } from '../ews/transport/environmentProxy.ts';
import { UsageError } from './usageError.ts';
import type { World } from './world.ts';

/** The proxy to go through. One that cannot be used is told of. @throws UsageError */
export function proxyOf({ env, writeError }: World): EnvironmentProxy | undefined {
  try {
    const proxy = environmentProxy(env);
    if (proxy === undefined || canUseEnvironmentProxy()) return proxy;
  } catch (error) {
    if (!(error instanceof InvalidProxyError)) throw error;
    throw new UsageError(l10n.t('HTTPS_PROXY is not an address of an HTTP proxy, such as http://proxy:3128.'));
  }
  writeError(
    `${l10n.t('HTTPS_PROXY is not used: this needs Node.js 22.21 or 24.5, and this is {0}.', process.version)}\n`,
  );
  return undefined;
}
