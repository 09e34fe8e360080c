import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { HttpClient } from '../../../../src/ews/transport/httpClient.ts';
import { trustedCas } from '../../../../src/ews/transport/trustedCas.ts';
import type { SignedInAccount } from '../../../../src/identity/account/accountFlows.ts';
import {
  AccountSignIn,
  DeviceCodeExpiredError,
  NoBrowserError,
  SignInAbandonedError,
} from '../../../../src/identity/account/accountSignIn.ts';
import type {
  AccountSignInOptions,
  AccountSubject,
  SignInAttempt,
} from '../../../../src/identity/account/accountSignIn.ts';
import { LoopbackError } from '../../../../src/identity/account/loopback.ts';
import { OtherCloudError } from '../../../../src/identity/openIdConfiguration.ts';
import * as msal from '../../../../src/identity/signIn.ts';
import { SignInError } from '../../../../src/identity/signInError.ts';
import { readClaims } from '../../../../src/identity/tokenClaims.ts';
import { startLab } from '../../../lab/lab.ts';
import type { Lab } from '../../../lab/lab.ts';
import { PersonInBrowser } from '../../support/personInBrowser.ts';
import { until } from '../../support/until.ts';

describe('Signing an account in', () => {
  let lab: Lab;
  let person: PersonInBrowser;
  let client: HttpClient;
  let stop: AbortController;
  before(async () => {
    lab = await startLab({ items: 1 });
    person = new PersonInBrowser(lab);
    client = new HttpClient(trustedCas(await readFile(lab.description.ca, 'utf8')));
  });
  beforeEach(() => {
    stop = new AbortController();
  });
  afterEach(() => lab.reset());
  after(async () => {
    client.close();
    await lab.close();
  });

  function attempt(changes: Partial<AccountSubject> = {}): SignInAttempt {
    const { tenant, authority, ews, apps } = lab.description;
    const clientId = apps.find(({ name }) => name === 'Public client')?.clientId ?? '';
    const endpoints = { authority, ews: new URL(ews).origin };
    const subject: AccountSubject = { cloud: 'custom', tenant: tenant.domain, endpoints, clientId, ...changes };
    return { subject, http: client.within({ signal: stop.signal }), signal: stop.signal };
  }

  /** @param browser what the browser does with the address it is given; its failure fails the test */
  function signInWith(
    browser: (url: string) => Promise<unknown> | boolean,
    options: Partial<AccountSignInOptions> = {},
  ): {
    readonly signIn: AccountSignIn;
    readonly visited: () => Promise<unknown>;
  } {
    let visit: Promise<unknown> = Promise.resolve();
    const signIn = new AccountSignIn({
      loadMsal: () => Promise.resolve(msal),
      userAgent: 'test',
      openBrowser: (url) => {
        const done = browser(url);
        if (typeof done === 'boolean') return Promise.resolve(done);
        visit = done;
        return Promise.resolve(true);
      },
      ...options,
    });
    return { signIn, visited: () => visit };
  }

  const failure = async (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => assert.fail('It did not fail.'),
      (cause: unknown) => cause,
    );

  async function refusal(work: Promise<unknown>): Promise<readonly number[]> {
    const error = await failure(work);
    assert.ok(error instanceof SignInError, String(error));
    return error.evidence.codes;
  }

  function assertAdministrator({ userName, tokenCache, accessToken }: SignedInAccount): void {
    assert.equal(userName, person.administrator.email);
    assert.deepEqual(readClaims(accessToken)?.scopes, ['EWS.AccessAsUser.All']);
    assert.ok(!tokenCache.includes(accessToken), 'An access token is of no use later.');
    assert.match(tokenCache, /RefreshToken/);
  }

  describe('with the browser', () => {
    it('gives the account once the person has signed in, and tells the browser so', async () => {
      const { signIn, visited } = signInWith((url) => person.visit(url));
      assertAdministrator(await signIn.byBrowser(attempt(), () => undefined));
      assert.match(String(await visited()), /You can close this tab/);
    });

    it('asks with PKCE and a state, proposes the account, and asks for nothing but Exchange', async () => {
      let asked = new URL('https://nothing.example');
      const { signIn } = signInWith((url) => {
        asked = new URL(url);
        return person.visit(url);
      });
      await signIn.byBrowser(attempt({ loginHint: 'admin@contoso.example' }), () => undefined);
      const query = asked.searchParams;
      assert.equal(query.get('code_challenge_method'), 'S256');
      assert.ok((query.get('state')?.length ?? 0) >= 43);
      assert.equal(query.get('login_hint'), 'admin@contoso.example');
      assert.match(query.get('redirect_uri') ?? '', /^http:\/\/localhost:\d+$/);
      const origin = new URL(lab.description.ews).origin;
      assert.deepEqual(query.get('scope')?.split(' ').sort(), [
        `${origin}/EWS.AccessAsUser.All`,
        'offline_access',
        'openid',
        'profile',
      ]);
    });

    it('answers a second factor and a consent that password sign-in cannot', async () => {
      lab.patch({ entra: { mfaRequired: true, consentGranted: false } });
      const { signIn } = signInWith((url) =>
        person.visit(url, async (walk) => {
          await walk.signIn(person.administrator);
          await walk.click('Approve');
          return walk.click('Accept');
        }),
      );
      assertAdministrator(await signIn.byBrowser(attempt(), () => undefined));
    });

    const refusals: Readonly<
      Record<string, { readonly state: object; readonly clicks: readonly string[]; readonly code: number }>
    > = {
      'the person cancels': { state: {}, clicks: [], code: 65004 },
      'the second factor is denied': {
        state: { mfaRequired: true },
        clicks: ['Deny', 'Back to the app'],
        code: 500121,
      },
      'consent is declined': { state: { consentGranted: false }, clicks: ['Cancel'], code: 65004 },
      'a policy blocks it': { state: { conditionalAccess: 'blocked' }, clicks: ['Back to the app'], code: 53003 },
    };
    for (const [what, { state, clicks, code }] of Object.entries(refusals)) {
      it(`says why when ${what}`, async () => {
        lab.patch({ entra: state });
        const { signIn, visited } = signInWith((url) =>
          person.visit(url, async (walk) => {
            if (clicks.length === 0) return walk.click('Cancel');
            await walk.signIn(person.administrator);
            for (const button of clicks) await walk.click(button);
            return walk;
          }),
        );
        assert.deepEqual(await refusal(signIn.byBrowser(attempt(), () => undefined)), [code]);
        assert.match(String(await visited()), /You are not signed in/);
      });
    }

    it('ignores an answer with another state, wherever it comes from, and goes on waiting', async () => {
      let foreign = '';
      const { signIn, visited } = signInWith(async (url) => {
        const redirect = new URL(url).searchParams.get('redirect_uri') ?? '';
        foreign = await (await fetch(`${redirect}/?code=stolen&state=wrong`)).text();
        assert.equal((await fetch(`${redirect}/favicon.ico`)).status, 404);
        assert.equal((await fetch(`${redirect}/`, { method: 'POST' })).status, 404);
        return person.visit(url);
      });
      assertAdministrator(await signIn.byBrowser(attempt(), () => undefined));
      await visited();
      assert.match(foreign, /was ignored/);
      assert.ok(!foreign.includes('stolen'));
    });

    it('closes its port when it is cancelled while the page is open', async () => {
      let redirect = '';
      const { signIn } = signInWith((url) => {
        redirect = new URL(url).searchParams.get('redirect_uri') ?? '';
        return true;
      });
      const work = signIn.byBrowser(attempt(), () => stop.abort());
      await assert.rejects(work, { name: 'AbortError' });
      await assert.rejects(fetch(redirect));
    });

    it('says so when no browser was opened', async () => {
      const { signIn } = signInWith(() => false);
      await assert.rejects(
        signIn.byBrowser(attempt(), () => undefined),
        NoBrowserError,
      );
    });

    it('gives up when nobody comes back, and closes its port', async () => {
      let redirect = '';
      const { signIn } = signInWith(
        (url) => {
          redirect = new URL(url).searchParams.get('redirect_uri') ?? '';
          return true;
        },
        { patienceMs: 20 },
      );
      await assert.rejects(
        signIn.byBrowser(attempt(), () => undefined),
        SignInAbandonedError,
      );
      await assert.rejects(fetch(redirect));
    });

    it('says so before the browser opens when there is no port to listen on', async () => {
      const taken = await listening();
      const { signIn } = signInWith(() => assert.fail('There is no way back.'), { port: taken.port });
      try {
        const error = await failure(signIn.byBrowser(attempt(), () => undefined));
        assert.ok(error instanceof LoopbackError, String(error));
        assert.equal(error.code, 'EADDRINUSE');
      } finally {
        taken.server.close();
      }
    });

    it('says before the browser opens that the tenant lives in another cloud', async () => {
      lab.patch({ entra: { cloud: 'gccHigh' } });
      const { signIn } = signInWith(() => assert.fail('There is nothing to open.'));
      await assert.rejects(
        signIn.byBrowser(attempt({ cloud: 'worldwide' }), () => undefined),
        OtherCloudError,
      );
    });

    it('keeps two sign-ins at once apart', async () => {
      const addresses: string[] = [];
      const { signIn } = signInWith((url) => addresses.push(url) > 0);
      const both = [1, 2].map(async () => signIn.byBrowser(attempt(), () => undefined));
      await until('both pages are open', () => addresses.length === 2);
      await Promise.all(addresses.reverse().map(async (url) => person.visit(url)));
      for (const account of await Promise.all(both)) assertAdministrator(account);
    });
  });

  describe('with a device code', () => {
    const signIn = new AccountSignIn({
      loadMsal: () => Promise.resolve(msal),
      userAgent: 'test',
      openBrowser: () => assert.fail('No browser is needed.'),
    });
    beforeEach(() => lab.patch({ entra: { deviceCodeIntervalSeconds: 0.05 } }));

    it('shows the code, waits while nobody has typed it, and gives the account', async () => {
      const account = await signIn.byDeviceCode(attempt(), ({ userCode, verificationUri, expiresAt }) => {
        assert.ok(expiresAt > Date.now() + 800_000);
        void until(
          'it has asked in vain',
          () => lab.requests().filter(({ operation }) => operation === 'token').length > 1,
        ).then(() => person.enterCode(verificationUri, userCode));
      });
      assertAdministrator(account);
    });

    it('says that it was declined', async () => {
      const work = signIn.byDeviceCode(attempt(), ({ userCode, verificationUri }) => {
        void person.enterCode(verificationUri, userCode, (walk) => walk.click('Cancel'));
      });
      assert.deepEqual(await refusal(work), [65004]);
    });

    it('says that the code has expired', async () => {
      lab.patch({ entra: { deviceCodeLifetimeSeconds: 1 } });
      let shown = 0;
      const work = signIn.byDeviceCode(attempt(), () => shown++);
      await assert.rejects(work, DeviceCodeExpiredError);
      assert.equal(shown, 1);
    });

    it('says that the app or a policy does not allow it', async () => {
      lab.patch({ entra: { publicClientFlows: false } });
      assert.deepEqual(await refusal(signIn.byDeviceCode(attempt(), () => undefined)), [7000218]);
    });

    it('ends at once when it is cancelled, and asks no more', async () => {
      const work = signIn.byDeviceCode(attempt(), () => stop.abort());
      await assert.rejects(work);
      const asked = lab.requests().length;
      assert.ok(asked <= 3, 'discovery, code, and at most one question');
    });
  });
});

/** Somebody who has a port of this machine. */
async function listening(): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(address !== null && typeof address !== 'string');
  return { server, port: address.port };
}
