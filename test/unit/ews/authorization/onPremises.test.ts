import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import type { Authorization } from '../../../../src/ews/authorization/authorization.ts';
import { basic } from '../../../../src/ews/authorization/basic.ts';
import { NtlmAuthorization } from '../../../../src/ews/authorization/ntlm.ts';
import { probeAccess } from '../../../../src/ews/accessProbe.ts';
import { EwsError } from '../../../../src/ews/ewsError.ts';
import { EwsSession } from '../../../../src/ews/ewsSession.ts';
import { HttpClient } from '../../../../src/ews/transport/httpClient.ts';
import { trustedCas } from '../../../../src/ews/transport/trustedCas.ts';
import { startOnPremises } from '../../../lab/onPremises/onPremises.ts';
import type { OnPremises } from '../../../lab/onPremises/onPremises.ts';

describe('Signing in to an Exchange server on premises', () => {
  let server: OnPremises;
  let client: HttpClient;
  let account: OnPremises['description']['accounts'][number];
  before(async () => {
    server = await startOnPremises();
    account = server.description.accounts.find(({ name }) => name === 'Migration') ?? assert.fail();
  });
  beforeEach(async () => {
    client = new HttpClient(trustedCas(await readFile(server.description.ca, 'utf8')));
  });
  afterEach(() => {
    client.close();
    server.reset();
  });
  after(() => server.close());

  const ask = (authorization: Authorization): Promise<unknown> =>
    probeAccess(
      client.within({ signal: new AbortController().signal }),
      new EwsSession({
        ...{ url: server.description.ews, authorization, anchorMailbox: account.email, userAgent: 'test' },
        requestVersion: 'Exchange2010_SP1',
      }),
    );
  const refused = async (authorization: Authorization): Promise<void> => {
    const error = await ask(authorization).catch((cause: unknown) => cause);
    assert.ok(error instanceof EwsError, String(error));
    assert.equal(error.evidence.kind === 'http' && error.evidence.status, 401);
  };
  const ntlm = (more: { userName?: string; password?: string; bound?: boolean } = {}): NtlmAuthorization =>
    new NtlmAuthorization({ userName: account.logon, password: account.password, ...more });

  it('works by NTLM with both forms of the user name, and by Basic', async () => {
    for (const userName of [account.logon, account.principalName, account.logon.toLowerCase()]) {
      await ask(ntlm({ userName }));
      await ask(basic(userName, account.password));
    }
  });

  it('fails with a wrong password, a wrong user and a disabled account', async () => {
    await refused(ntlm({ password: 'wrong' }));
    await refused(ntlm({ userName: 'CONTOSO\\nobody' }));
    await refused(basic(account.logon, 'wrong'));
    server.patch({ authentication: { disabled: ['migration'] } });
    await refused(ntlm());
  });

  it('satisfies Extended Protection, which refuses the right password without a binding', async () => {
    for (const [extendedProtection, unboundWorks] of [
      ['None', true],
      ['Allow', true],
      ['Require', false],
    ] as const) {
      server.patch({ authentication: { extendedProtection } });
      // Several connections: those after the first resume its TLS session.
      const bound = ntlm();
      await Promise.all([ask(bound), ask(bound), ask(bound)]);
      await Promise.all([ask(ntlm()), ask(ntlm())]);
      if (unboundWorks) await ask(ntlm({ bound: false }));
      else await refused(ntlm({ bound: false }));
    }
  });

  it('uses few requests: two for a connection, then one for each question', async () => {
    const authorization = ntlm();
    for (let turn = 0; turn < 4; turn += 1) await ask(authorization);
    assert.equal(server.requests().length, 5);
  });

  it('goes by Negotiate where NTLM is not offered', async () => {
    server.patch({ authentication: { offered: ['Negotiate'] } });
    await ask(ntlm());
  });
});
