import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import type { z } from 'zod';
import { addressBookEntry } from '../../lab/ews/addressBook.ts';
import { codeOf, elements, soap } from './support/labClient.ts';
import { OnPremisesClient } from './support/onPremisesClient.ts';

describe('ResolveNames', () => {
  let client: OnPremisesClient;
  before(async () => {
    client = await OnPremisesClient.start();
  });
  after(() => client.close());
  beforeEach(() => client.server.reset());

  const ask = async (entry: string, who = 'Reception') => {
    const attributes = 'ReturnFullContactData="true" SearchScope="ActiveDirectory"';
    const request = `<m:ResolveNames ${attributes}><m:UnresolvedEntry>${entry}</m:UnresolvedEntry></m:ResolveNames>`;
    const reply = await client.as(who, soap(request, '').replace('Exchange2016', 'Exchange2010_SP1'));
    const texts = (name: string): readonly string[] => elements(reply.body, name).map(({ text }) => text);
    const [set] = elements(reply.body, 'm:ResolutionSet');
    return { reply, texts, isAll: set?.attributes.get('IncludesLastItemInRange') };
  };

  const recipients = (...entries: readonly z.input<typeof addressBookEntry>[]): unknown =>
    client.server.patch({ addressBook: entries.map((entry) => addressBookEntry.parse(entry)) });

  it('looks through all addresses of a type for what they begin with', async () => {
    recipients({ name: 'Anna', address: 'anna@x.example', aliases: ['a@y.example', 'sip:s@x'] });
    for (const entry of ['smtp:a@y.example', 'SMTP:A@y', 'sip:s@', 'anna@x', 'Ann']) {
      assert.deepEqual((await ask(entry)).texts('t:EmailAddress'), ['anna@x.example'], entry);
    }
    // Without a type only the primary address counts.
    assert.equal(codeOf((await ask('a@y.example')).reply), 'ErrorNameResolutionNoResults');
    assert.deepEqual((await ask('smtp:a@y')).texts('t:Entry'), ['SMTP:anna@x.example', 'smtp:a@y.example', 'sip:s@x']);
  });

  it('tells what each recipient is', async () => {
    recipients(
      { name: 'C', address: 'a@contact.example', type: 'Contact' },
      { name: 'L', address: 'a@list.example', type: 'PublicDL', routing: 'EX' },
    );
    const { texts, reply } = await ask('smtp:a@');
    assert.equal(codeOf(reply), 'ErrorNameResolutionMultipleResults');
    assert.ok(texts('t:MailboxType').includes('Contact') && texts('t:RoutingType').includes('EX'));
  });

  it('tells the manager and the reports of a recipient with the full data', async () => {
    recipients({ name: 'Anna', address: 'a@x.example', manager: 'm@x.example', directReports: ['r@x.example'] });
    assert.deepEqual((await ask('smtp:a@')).texts('t:EmailAddress'), ['a@x.example', 'm@x.example', 'r@x.example']);
  });

  it('answers with a hundred at most', async () => {
    recipients(...Array.from({ length: 101 }, (_, at) => ({ name: 'N', address: `n@d${at}.example` })));
    const { texts, isAll } = await ask('smtp:n@');
    assert.deepEqual([texts('t:EmailAddress').length, isAll], [100, 'false']);
  });

  it('needs somebody with a mailbox', async () => {
    assert.equal(codeOf((await ask('smtp:n@', 'Migration')).reply), 'ErrorNameResolutionNoMailbox');
  });
});
