import { behindProxy } from '../../support/behindProxy.ts';
import { startConnectProxy } from '../../support/connectProxy.ts';
import type { ConnectProxyOptions } from '../../support/connectProxy.ts';
import type { ProvocationBench, Provoked } from '../../support/provocationBench.ts';
import type { Provocation } from './provocation.ts';

/** Verifies through a proxy like this. @param gone it was there, and is no more */
async function through(bench: ProvocationBench, options: ConnectProxyOptions, gone = false): Promise<Provoked> {
  const proxy = await startConnectProxy(options);
  if (gone) await proxy.close();
  try {
    const provoked = await behindProxy(proxy.address, () => bench.verify());
    return { ...provoked, own: { ...provoked.own, proxy: proxy.address } };
  } finally {
    if (!gone) await proxy.close();
  }
}

/** A proxy stands between and lets nothing through. */
export const proxy: readonly Provocation[] = [
  {
    code: 'transport-proxyUnreachable',
    check: 'sign-in-service',
    what: 'a proxy that nobody runs any more',
    provoke: (bench) => through(bench, {}, true),
  },
  {
    code: 'transport-proxyAuthentication',
    check: 'sign-in-service',
    what: 'a proxy that asks who is there',
    provoke: (bench) => through(bench, { signIn: { challenges: ['Basic realm="the house"'] } }),
  },
  {
    code: 'transport-proxyRefused',
    check: 'sign-in-service',
    what: 'a proxy that does not let to this host',
    provoke: (bench) => through(bench, { refused: ['localhost'] }),
  },
];
