import type { ProvocationBench } from '../../support/provocationBench.ts';
import type { RunOptions } from '../../support/verificationBench.ts';
import { failing, noticed } from './provocation.ts';
import type { Provocation } from './provocation.ts';

const powerless = ({ verification }: ProvocationBench, scopedAccess = false): RunOptions => {
  const { clientId, secret } = verification.appWithoutPermission;
  return {
    settings: { signIn: { method: 'appSecret', clientId, ...(scopedAccess && { scopedAccess: true as const }) } },
    secret: { method: 'appSecret', clientSecret: secret },
  };
};

/** Exchange refuses each token for this reason [facts: x-ms-diagnostics]. */
const refusedToken = (number: number, category: string, code = `token-${category}`): Provocation => ({
  code,
  check: 'ews-access',
  what: `a token that Exchange refuses (${number})`,
  provoke: async (bench) => {
    const diagnostics = `${number};reason="The token is refused.";error_category="${category}"`;
    return bench.verifyWithExchangeAt(
      await bench.server({ status: 401, headers: { 'x-ms-diagnostics': diagnostics } }),
    );
  },
});

/** The token is not enough, or too much. */
export const permissions: readonly Provocation[] = [
  failing('permission-missing', 'ews-access', 'no permission', { entra: { permissionGranted: false } }),
  noticed('role-not-in-token', 'a token without a role', {}, powerless),
  noticed(
    'scope-not-in-token',
    'a token without a scope',
    { entra: { permissionGranted: false } },
    (bench) => bench.password,
  ),
  noticed('delegated-access', 'an account', {}, (bench) => bench.password),
  noticed('scope-void', 'a scope beside a grant for the whole tenant', {}, (bench) => ({
    settings: { signIn: { method: 'appSecret', clientId: bench.verification.app.clientId, scopedAccess: true } },
  })),
  failing('scoped-role-missing', 'ews-access', 'a scope that Exchange does not know', {}, (bench) =>
    powerless(bench, true),
  ),
  refusedToken(2000000, 'invalid_signature'),
  refusedToken(2000001, 'invalid_token'),
  refusedToken(2000002, 'token_expired'),
  refusedToken(2000003, 'invalid_resource'),
  refusedToken(2000004, 'invalid_tenant'),
  refusedToken(2000005, 'invalid_user'),
  refusedToken(2000006, 'invalid_client'),
  refusedToken(2000007, 'internal_error'),
  refusedToken(2000020, 'insufficient_claims'),
  refusedToken(2000099, 'category of its own', 'token-refused'),
];
