import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'mocha';
import type { SigningCertificate } from '../../../../src/identity/certificate/openKeyFile.ts';
import { GraphError } from '../../../../src/identity/graph/graphError.ts';
import { LeftBehindError, renewCertificate } from '../../../../src/identity/registration/renewal.ts';
import { NoSuchAppError } from '../../../../src/identity/registration/tenantApps.ts';
import type { Renewal, RenewalStep } from '../../../../src/identity/registration/renewal.ts';
import type { TenantApps } from '../../../../src/identity/registration/tenantApps.ts';
import { RegistrationBench } from '../../support/registrationBench.ts';

describe('The renewal of a certificate', () => {
  let bench: RegistrationBench;
  let apps: TenantApps;
  let clientId: string;
  let old: string;
  let switched: SigningCertificate[];
  before(async () => {
    bench = await RegistrationBench.open();
  });
  beforeEach(async () => {
    bench.lab.reset();
    ({ apps } = await bench.tools());
    const app = bench.lab.description.apps.find(({ name }) => name === 'Migration');
    clientId = app?.clientId ?? '';
    old = new X509Certificate(app?.certificate ?? '').fingerprint256.replaceAll(':', '');
    switched = [];
  });
  after(() => bench.close());

  const renewal = (changes: Partial<Renewal> = {}): Renewal => ({
    clientId,
    oldThumbprint: old,
    months: 12,
    switchTo: (certificate) => {
      switched.push(certificate);
      return Promise.resolve();
    },
    afterwards: () => apps,
    ...changes,
  });

  /** Thumbprints of the app's certificates. */
  async function listed(): Promise<string[]> {
    const app = await apps.withClientId(clientId);
    const keys = await apps.keysOf(app?.id ?? '');
    return keys.map(({ key }) =>
      new X509Certificate(Buffer.from(key ?? '', 'base64')).fingerprint256.replaceAll(':', ''),
    );
  }

  it('puts the new one beside the old, signs in with it, switches, and only then removes the old', async () => {
    const steps: [RenewalStep, number][] = [];
    const seen = new Map<RenewalStep, readonly string[]>();
    const result = await renewCertificate(
      renewal({
        switchTo: async (certificate) => {
          seen.set('switch', await listed());
          switched.push(certificate);
        },
      }),
      await bench.tools(),
      (step) => steps.push([step, switched.length]),
    );
    assert.deepEqual(steps, [
      ['key', 0],
      ['upload', 0],
      ['signIn', 0],
      ['switch', 0],
      ['removeOld', 1],
    ]);
    const fresh = switched[0]?.thumbprintSha256 ?? '';
    assert.deepEqual(seen.get('switch'), [old, fresh]);
    assert.deepEqual(result, { old: 'removed' });
    assert.deepEqual(await listed(), [fresh]);
  });

  it('waits until the new one has spread', async () => {
    bench.lab.patch({ graph: { replicationSeconds: 20 } });
    const clock = bench.tenantClock();
    await renewCertificate(renewal(), { ...(await bench.tools()), ...clock }, () => undefined);
    assert.equal(switched.length, 1);
    assert.ok(clock.waitedMs() >= 20_000, String(clock.waitedMs()));
  });

  it('keeps the old one where others use it', async () => {
    assert.deepEqual(
      await renewCertificate(renewal({ oldThumbprint: undefined }), await bench.tools(), () => undefined),
      { old: 'kept' },
    );
    assert.equal((await listed()).length, 2);
  });

  for (const [operation, change] of [
    ['listApplications', {}],
    ['getApplication', {}],
    ['updateApplication', {}],
  ] as const) {
    it(`changes nothing when ${operation} fails`, async () => {
      bench.lab.patch({ graph: { fail: [{ operation, status: 500, times: 1 }] }, ...change });
      await assert.rejects(
        renewCertificate(renewal(), await bench.tools(), () => undefined),
        GraphError,
      );
      assert.deepEqual(await listed(), [old]);
      assert.deepEqual(switched, []);
    });
  }

  it('takes the new one back when the app cannot sign in, or the definition cannot be saved', async () => {
    bench.lab.patch({ entra: { app: 'disabled' } });
    await assert.rejects(renewCertificate(renewal(), await bench.tools(), () => undefined));
    bench.lab.patch({ entra: { app: 'present' } });
    const full = new Error('disk full');
    await assert.rejects(
      renewCertificate(renewal({ switchTo: () => Promise.reject(full) }), await bench.tools(), () => undefined),
      (error) => error === full,
    );
    assert.deepEqual(await listed(), [old]);
  });

  it('takes the new one back when it is cancelled', async () => {
    const stop = new AbortController();
    await assert.rejects(
      renewCertificate(renewal(), await bench.tools(stop.signal), (step) => {
        if (step === 'signIn') stop.abort();
      }),
    );
    assert.deepEqual(await listed(), [old]);
    assert.deepEqual(switched, []);
  });

  it('says that the new one stayed when it could not be taken back', async () => {
    const error: unknown = await renewCertificate(
      renewal({
        switchTo: () => {
          bench.lab.patch({ graph: { fail: [{ operation: 'updateApplication', status: 500 }] } });
          return Promise.reject(new Error('disk full'));
        },
      }),
      await bench.tools(),
      () => undefined,
    ).catch((cause: unknown) => cause);
    assert.ok(error instanceof LeftBehindError);
    assert.ok((await listed()).includes(error.thumbprint));
  });

  it('says that the old one could not be removed: the new one is in use by then', async () => {
    const result = await renewCertificate(
      renewal({
        switchTo: (certificate) => {
          switched.push(certificate);
          bench.lab.patch({ graph: { fail: [{ operation: 'updateApplication', status: 403 }] } });
          return Promise.resolve();
        },
      }),
      await bench.tools(),
      () => undefined,
    );
    assert.equal(result.old, 'failed');
    assert.equal(switched.length, 1);
  });

  it('says that the tenant has no such app', async () => {
    await assert.rejects(
      renewCertificate(
        renewal({ clientId: '00000000-0000-4000-8000-000000000000' }),
        await bench.tools(),
        () => undefined,
      ),
      NoSuchAppError,
    );
  });
});
