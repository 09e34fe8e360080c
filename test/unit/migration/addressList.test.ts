import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { readAddressList } from '../../../src/migration/addressList.ts';
import { joinMailboxes } from '../../../src/migration/mailbox.ts';
import { inputFaultText } from '../../../src/migration/migrationText.ts';

const read = async (text: string, domains?: ReadonlySet<string>) =>
  readAddressList(text, { ...(domains && { domains }) });

describe('A list of addresses', () => {
  const lists: readonly (readonly [string, readonly string[]])[] = [
    ['', []],
    [' \n;,\t\r\n', []],
    ['a@x.example', ['a@x.example']],
    [
      'a@x.example, b@x.example;c@x.example\td@x.example\r\ne@x.example',
      ['a', 'b', 'c', 'd', 'e'].map((each) => `${each}@x.example`),
    ],
    ['a@x.example b@x.example', ['a@x.example', 'b@x.example']],
    ['Anna Meier <a@x.example>; "Meier, Bert" <b@x.example>', ['a@x.example', 'b@x.example']],
    ['"Anna <a@x.example>\nb@x.example', ['a@x.example', 'b@x.example']],
    ['<a@x.example>', ['a@x.example']],
    ["a@x.example <A@x.example>; 'b@x.example' <b@x.example>", ['A@x.example', 'b@x.example']],
    ['SMTP:a@x.example mailto:b@x.example', ['a@x.example', 'b@x.example']],
    ['günther@bücher.example', ['günther@bücher.example']],
  ];
  for (const [text, expected] of lists) {
    it(`“${text}”`, async () => {
      const { mailboxes, faults } = await read(text);
      assert.deepEqual(
        mailboxes.map(({ address }) => address),
        expected,
      );
      assert.deepEqual(faults, []);
    });
  }

  it('keeps the names that stand with them', async () => {
    const { mailboxes } = await read('"Meier, Bert" <b@x.example>, Anna <a@x.example>');
    assert.deepEqual(
      mailboxes.map(({ displayName }) => displayName),
      ['Meier, Bert', 'Anna'],
    );
  });

  const faulty: readonly (readonly [string, readonly string[]])[] = [
    ['a@x.example\n  Anna', ['Line 2, position 3: “Anna” is not an e-mail address.']],
    ['a@x.example; A@X.EXAMPLE', ['Line 1, position 14: A@X.EXAMPLE is in line 1 already.']],
    [
      'b@y.example',
      ['Line 1, position 1: b@y.example belongs to y.example, which is not a domain of the source’s tenant.'],
    ],
    ['b@x.example c@ a@x.example', ['Line 1, position 13: “c@” is not an e-mail address.']],
    [
      'b@x.example Anna <a@x.example>',
      ['Line 1, position 1: “b@x.example Anna <a@x.example>” is not an e-mail address.'],
    ],
    ['a@x.example b', ['Line 1, position 1: “a@x.example b” is not an e-mail address.']],
  ];
  for (const [text, expected] of faulty) {
    it(`“${text}”: tells what is wrong and where`, async () => {
      const { faults } = await read(text, new Set(['x.example']));
      assert.deepEqual(faults.map(inputFaultText), expected);
    });
  }

  it('of anything: every letter but separators is in a mailbox or a fault', async () => {
    const unit = fc.constantFrom('a@x', 'b', ',', ';', '"', '\n', '\r\n', ' ', '<', '>', '@', '\t', 'é', '\ufffd');
    await fc.assert(
      fc.asyncProperty(fc.string({ unit, maxLength: 40 }), async (text) => {
        const { mailboxes, faults } = await read(text);
        const places = [...mailboxes.map(({ place }) => place), ...faults.map(({ place }) => place)];
        assert.equal(new Set(places.map((place) => JSON.stringify(place))).size, places.length);
        if (/[^\s,;"]/.test(text)) assert.ok(places.length > 0);
        for (const fault of faults) {
          const { line, position } = fault.place as { line: number; position: number }; // Of a list.
          const there = text.split(/\r\n|\n|\r/)[line - 1]?.slice(position - 1) ?? '';
          if ('value' in fault) assert.ok(there.startsWith(fault.value), `${there} begins with ${fault.value}`);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('of addresses with any separators is all of them, in their order and with their places', async () => {
    const separator = fc.constantFrom(',', ';', '\t', '\n', '\r\n', ' ', ' ; \n', '\n\n');
    const entry = fc.tuple(fc.constantFrom('', 'Anna ', '"Meier, A" '), separator);
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 12 }), async (entries) => {
        // Names need more than a blank around them.
        const written = entries.map(([name, end], at) => (name === '' ? `u${at}@x${end}` : `;${name}<u${at}@x>;`));
        const text = written.join('');
        const { mailboxes, faults } = await read(text);
        assert.deepEqual(faults, []);
        assert.deepEqual(
          mailboxes.map(({ address }) => address),
          entries.map((_, at) => `u${at}@x`),
        );
        const lines = text.split(/\r\n|\n/);
        for (const { address, displayName, place } of mailboxes) {
          assert.ok(place?.in === 'list');
          const there = lines[place.line - 1]?.slice(place.position - 1) ?? '';
          const start = displayName === undefined ? address : displayName === 'Anna' ? 'Anna <' : '"Meier, A" <';
          assert.ok(there.startsWith(start), there);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('joins what is chosen already, and tells what was there', async () => {
    const [first, second] = [await read('a@x.example,b@x.example'), await read('B@x.example,c@x.example')];
    const { mailboxes, repeated } = joinMailboxes(first.mailboxes, second.mailboxes);
    assert.deepEqual(
      mailboxes.map(({ address }) => address),
      ['a@x.example', 'b@x.example', 'c@x.example'],
    );
    assert.deepEqual(
      repeated.map(({ address }) => address),
      ['B@x.example'],
    );
  });
});
