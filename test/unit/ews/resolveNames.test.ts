import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { EwsError, ewsCode } from '../../../src/ews/ewsError.ts';
import { resolveNames } from '../../../src/ews/resolveNames.ts';
import { LookupBench } from '../support/lookupBench.ts';

describe('Resolving names', () => {
  let bench: LookupBench;
  before(async () => {
    bench = await LookupBench.start();
  });
  beforeEach(() => bench.server.reset());
  after(() => bench.close());

  const failure = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => assert.fail('It did not fail.'),
      (error: unknown) => error,
    );

  it('finds a mailbox by any of its addresses, and tells them', async () => {
    bench.recipients({
      name: 'Anna & Zoë',
      address: 'anna@new.example',
      aliases: ['a@old.example', 'sip:anna@new.example'],
    });
    const { found, isComplete } = await resolveNames(bench.asking(), 'smtp:a@old.example');
    assert.deepEqual(found, [
      {
        ...{ name: 'Anna & Zoë', address: 'anna@new.example', routingType: 'SMTP', type: 'Mailbox' },
        ...{ smtpAddresses: ['anna@new.example', 'a@old.example'], areAllTold: false },
      },
    ]);
    assert.ok(isComplete);
  });

  it('does not mistake the mailboxes of a manager and of reports for the recipient’s own', async () => {
    const reports = ['lou@new.example', 'sam@new.example'];
    bench.recipients({
      name: 'Anna',
      address: 'anna@new.example',
      manager: 'boss@new.example',
      directReports: reports,
    });
    const { found } = await resolveNames(bench.asking(), 'smtp:anna@');
    assert.deepEqual(
      found.map(({ name, address, smtpAddresses }) => [name, address, smtpAddresses]),
      [['Anna', 'anna@new.example', ['anna@new.example']]],
    );
  });

  for (const version of ['2010SP1', '2019', 'SE'] as const) {
    it(`is understood by a server of ${version}, and finds nothing there as nothing`, async () => {
      bench.server.patch({ version });
      assert.equal((await resolveNames(bench.asking(), 'smtp:reception@contoso-lab.example')).found.length, 1);
      const none = await resolveNames(bench.asking(), 'smtp:"<&>@contoso-lab.example');
      assert.deepEqual(none, { found: [], isComplete: true });
    });
  }

  it('takes several hits for a success, and says whether there are more', async () => {
    const numbers = Array.from({ length: 130 }, (_, at) => ({ name: `Anna ${at}`, address: `anna@d${at}.example` }));
    bench.recipients(...numbers.slice(0, 99));
    const some = await resolveNames(bench.asking(), 'smtp:anna@');
    assert.deepEqual([some.found.length, some.isComplete], [99, true]);
    bench.recipients(...numbers);
    const many = await resolveNames(bench.asking(), 'smtp:anna@');
    assert.deepEqual([many.found.length, many.isComplete], [100, false]);
  });

  it('gives the SMTP address of an entry with another routing type, and its type', async () => {
    bench.recipients({ address: 'list@new.example', type: 'PublicDL', routing: 'EX' });
    const [list] = (await resolveNames(bench.asking(), 'smtp:list@new.example')).found;
    assert.equal(list?.routingType, 'EX');
    assert.match(list.address, /^\/o=First Organization/);
    assert.deepEqual([list.type, list.smtpAddresses], ['PublicDL', ['list@new.example']]);
  });

  for (const form of ['serverBusy', 'innerServerBusy', 'connectionCount', 'http503'] as const) {
    it(`never takes a throttled answer (${form}) for nothing found`, async () => {
      bench.server.patch({ ews: { busy: { form, times: 1 } } });
      const error = await failure(resolveNames(bench.asking(), 'smtp:nobody@new.example'));
      assert.ok(error instanceof EwsError, String(error));
    });
  }

  it('says so when the one who asks has no mailbox', async () => {
    const error = await failure(resolveNames(bench.asking(undefined, null), 'smtp:reception@contoso-lab.example'));
    assert.equal(ewsCode(error), 'ErrorNameResolutionNoMailbox');
  });
});
