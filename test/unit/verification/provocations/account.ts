import { createServer } from 'node:net';
import { AccountSignIn } from '../../../../src/identity/account/accountSignIn.ts';
import type {
  AccountSignInOptions,
  AccountSubject,
  SignInAttempt,
} from '../../../../src/identity/account/accountSignIn.ts';
import type { SignedInAccount } from '../../../../src/identity/account/accountFlows.ts';
import * as msal from '../../../../src/identity/signIn.ts';
import { explainAccountSignIn } from '../../../../src/verification/findings/account.ts';
import type { ProvocationBench, Provoked } from '../../support/provocationBench.ts';
import { PersonInBrowser } from '../../support/personInBrowser.ts';
import type { Clicks } from '../../support/personInBrowser.ts';
import { listen } from '../../support/rawServer.ts';
import { failing } from './provocation.ts';
import type { Provocation } from './provocation.ts';
import { refusingSignIn } from './signIn.ts';

function attempt(bench: ProvocationBench): SignInAttempt {
  const { tenant, cloud, endpoints } = bench.verification.settings();
  const { clientId } = bench.verification.passwordSignIn;
  const subject: AccountSubject = { cloud, tenant, endpoints, clientId };
  return { subject, http: bench.http, signal: new AbortController().signal };
}

/** @param openBrowser the person at work; false: no browser opens */
function signInWith(openBrowser: (url: string) => boolean, options: Partial<AccountSignInOptions> = {}): AccountSignIn {
  return new AccountSignIn({
    loadMsal: () => Promise.resolve(msal),
    userAgent: 'test',
    openBrowser: (url) => Promise.resolve(openBrowser(url)),
    ...options,
  });
}

/** Signs the administrator in by browser. @param clicks what he does on the pages */
function byBrowser(bench: ProvocationBench, clicks?: Clicks): Promise<SignedInAccount> {
  const person = new PersonInBrowser(bench.lab);
  const signIn = signInWith((url) => {
    void person.visit(url, clicks);
    return true;
  });
  return signIn.byBrowser(attempt(bench), () => undefined);
}

async function portTaken(bench: ProvocationBench): Promise<Provoked> {
  const taken = createServer();
  try {
    const port = await listen(taken);
    const signIn = signInWith(() => true, { port });
    return await bench.explained(() => signIn.byBrowser(attempt(bench), () => undefined), explainAccountSignIn);
  } finally {
    taken.close();
  }
}

async function expiredSignIn(bench: ProvocationBench): Promise<Provoked> {
  const { userName, tokenCache } = await byBrowser(bench);
  const { clientId } = bench.verification.passwordSignIn;
  return bench.verify(
    { entra: { refreshTokens: 'revoked' } },
    {
      settings: { signIn: { method: 'account', clientId, userName } },
      secret: { method: 'account', tokenCache },
    },
  );
}

/** The sign-in service itself refuses the account with a number that the lab has no cause for. */
const refused = (code: string, what: string, aadsts: number): Provocation => ({
  code,
  what,
  check: 'sign-in-service',
  provoke: async (bench) =>
    bench.verify({}, bench.signingInAt(await refusingSignIn(bench, aadsts), bench.password.settings)),
});

/** A person's account does not get in, or the person does not come. */
export const account: readonly Provocation[] = [
  {
    code: 'sign-in-declined',
    what: 'a person who cancels',
    provoke: (bench) => bench.explained(() => byBrowser(bench, (walk) => walk.click('Cancel')), explainAccountSignIn),
  },
  {
    code: 'second-factor-denied',
    what: 'a person who denies the second factor',
    provoke: (bench) => {
      bench.lab.patch({ entra: { mfaRequired: true } });
      const { administrator } = bench.verification;
      return bench.explained(
        () =>
          byBrowser(bench, async (walk) => {
            await walk.signIn(administrator);
            await walk.click('Deny');
            return walk.click('Back to the app');
          }),
        explainAccountSignIn,
      );
    },
  },
  {
    code: 'device-code-expired',
    what: 'a code that nobody types',
    provoke: (bench) => {
      bench.lab.patch({ entra: { deviceCodeIntervalSeconds: 0.05, deviceCodeLifetimeSeconds: 1 } });
      const signIn = signInWith(() => false);
      return bench.explained(() => signIn.byDeviceCode(attempt(bench), () => undefined), explainAccountSignIn);
    },
  },
  { code: 'sign-in-expired', check: 'sign-in', what: 'a sign-in that was revoked', provoke: expiredSignIn },
  refused('user-not-assigned', 'an account that the app is not open to', 50105),
  failing('no-such-user', 'sign-in', 'an account that is not there', {}, (bench) => {
    const { clientId } = bench.verification.passwordSignIn;
    const userName = 'nobody@contoso-lab.onmicrosoft.com';
    return { ...bench.password, settings: { signIn: { method: 'password', clientId, userName } } };
  }),
  failing('wrong-password', 'sign-in', 'a wrong password', {}, (bench) => ({
    ...bench.password,
    secret: { method: 'password', password: 'wrong' },
  })),
  refused('account-of-another-tenant', 'an account of another tenant', 50020),
  refused('password-expired', 'an expired password', 50055),
  refused('account-disabled', 'a disabled account', 50057),
  refused('account-locked', 'a locked account', 50053),
  failing(
    'mfa-required',
    'sign-in',
    'an account with MFA',
    { entra: { mfaRequired: true } },
    (bench) => bench.password,
  ),
  { code: 'loopback-unavailable', what: 'a port that somebody else has', provoke: portTaken },
  {
    code: 'no-browser',
    what: 'a machine without a browser',
    provoke: (bench) =>
      bench.explained(() => signInWith(() => false).byBrowser(attempt(bench), () => undefined), explainAccountSignIn),
  },
  {
    code: 'sign-in-abandoned',
    what: 'a person who goes away',
    provoke: (bench) =>
      bench.explained(
        () => signInWith(() => true, { patienceMs: 20 }).byBrowser(attempt(bench), () => undefined),
        explainAccountSignIn,
      ),
  },
];
