import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { StoreError } from '../../../../src/connections/storeError.ts';
import { SecretMissingError } from '../../../../src/verification/secretMissingError.ts';
import { JobLabs, JobWizardBench } from '../../support/jobWizardBench.ts';
import { useTemporaryFolder } from '../../support/temporaryFolder.ts';

describe('The servers of saved connections', () => {
  const folder = useTemporaryFolder();
  const { signal } = new AbortController();
  let labs: JobLabs;
  let bench: JobWizardBench;
  before(async () => {
    labs = await JobLabs.start();
  });
  beforeEach(async () => {
    await labs.reset();
    bench = new JobWizardBench(folder(), labs);
  });
  after(() => labs.close());

  const domain = () => labs.lab.description.tenant.domain;
  const asked = (operation: string) => labs.server.requests().filter((each) => each.operation === operation).length;
  const tokens = () => labs.lab.requests().filter(({ operation }) => operation === 'token').length;
  const lookUp = (targetId: string) =>
    bench.servers.lookUp({
      targetId,
      ...{ sources: [{ address: labs.mailboxes[1] ?? '' }], rules: { include: [], exclude: [] } },
      settings: { rules: [{ by: 'sameLocalPart' }], byHand: [] },
      signal,
    });

  it('tell the domains of a tenant, and are asked once', async () => {
    const { id } = await bench.saveSource();
    const before = tokens();
    const [first, second] = await Promise.all([bench.servers.domainsOf(id), bench.servers.domainsOf(id)]);
    assert.ok(first?.has(domain()));
    assert.equal(second, first);
    assert.equal(await bench.servers.domainsOf(id), first);
    assert.equal(tokens() - before, 1);
  });

  it('are asked for their domains again once the connection is another', async () => {
    const source = await bench.saveSource();
    await bench.servers.domainsOf(source.id);
    await bench.sources.save({ id: source.id, settings: { ...labs.sourceSettings, name: 'Other' } });
    const before = tokens();
    assert.ok((await bench.servers.domainsOf(source.id))?.has(domain()));
    assert.equal(tokens() - before, 1);
  });

  it('are asked for their domains again when nobody could tell', async () => {
    const { id } = await bench.saveSource();
    labs.lab.reset();
    assert.equal(await bench.servers.domainsOf(id), undefined, 'the app may not');
    await labs.reset();
    labs.lab.patch({ faults: [{ service: 'graph', kind: 'reset' }] });
    assert.equal(await bench.servers.domainsOf(id), undefined, 'the network fails');
    labs.lab.patch({ faults: [] });
    assert.ok((await bench.servers.domainsOf(id))?.has(domain()));
    assert.equal(await bench.servers.domainsOf('gone'), undefined);
  });

  it('remember what a target has answered, until its connection is another', async () => {
    const target = await bench.saveTarget();
    const { targets } = await lookUp(target.id);
    const once = asked('ResolveNames');
    assert.equal(targets.length, 1);
    assert.deepEqual((await lookUp(target.id)).targets, targets);
    assert.equal(asked('ResolveNames'), once);
    await bench.targets.save({ id: target.id, settings: { ...labs.targetSettings, name: 'Other' } });
    await lookUp(target.id);
    assert.equal(asked('ResolveNames'), 2 * once);
  });

  it('say that a secret is missing, or the connection', async () => {
    const [source, target] = await Promise.all([bench.saveSource(), bench.saveTarget()]);
    bench.vault.secrets.clear();
    for (const work of [
      () => bench.servers.directory(source.id, signal),
      () => bench.servers.source(source.id, 1),
      () => bench.servers.target(target.id, 1),
      () => lookUp(target.id),
    ]) {
      await assert.rejects(work, SecretMissingError);
    }
    await bench.targets.delete(target.id);
    await assert.rejects(lookUp(target.id), StoreError);
  });

  it('put what failed into words', async () => {
    const [source, target] = await Promise.all([bench.saveSource(), bench.saveTarget()]);
    const missing = new SecretMissingError(source);
    assert.match((await bench.servers.explainSource(missing, source.id)).code, /secret/i);
    const gone = new StoreError('missing', { path: folder() });
    assert.ok((await bench.servers.explainTarget(gone, 'gone')).title);
    labs.server.patch({ faults: [{ service: 'ews', kind: 'reset' }] });
    const error: unknown = await lookUp(target.id).then(
      () => assert.fail('It did not fail.'),
      (failure: unknown) => failure,
    );
    assert.equal((await bench.servers.explainTarget(error, target.id)).severity, 'error');
  });
});
