import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { nameFromTenant, sameName, uniqueName } from '../../../src/connections/connectionNames.ts';
import { connectionSettings } from '../../../src/connections/sourceConnection.ts';
import { sampleSettings } from '../support/sampleSettings.ts';

describe('A name for a connection', () => {
  const unique: readonly (readonly [string, readonly string[], string])[] = [
    ['Contoso', [], 'Contoso'],
    ['Contoso', ['Fabrikam'], 'Contoso'],
    ['Contoso', ['contoso '], 'Contoso (2)'],
    ['Contoso', ['Contoso', 'CONTOSO (2)', 'Contoso (4)'], 'Contoso (3)'],
  ];
  for (const [wanted, taken, expected] of unique) {
    it(`“${wanted}” beside ${JSON.stringify(taken)} becomes “${expected}”`, () =>
      assert.equal(uniqueName(wanted, taken), expected));
  }

  it('is one that nobody has and that a definition may have, however long the wanted one is', () => {
    const name = fc.string({ minLength: 1, maxLength: 120 }).filter((text) => text.trim() !== '');
    fc.assert(
      fc.property(name, fc.integer({ min: 0, max: 12 }), (wanted, copies) => {
        const taken: string[] = [];
        for (let copy = 0; copy <= copies; copy++) taken.push(uniqueName(wanted, taken));
        for (const [index, one] of taken.entries()) {
          assert.ok(!taken.slice(0, index).some((other) => sameName(other, one)));
          assert.ok(connectionSettings.safeParse(sampleSettings({ name: one })).success, one);
        }
      }),
      { examples: [['x'.repeat(120), 12]] },
    );
  });

  const tenants = [
    ['contoso.onmicrosoft.com', 'Contoso'],
    [' fabrikam.example ', 'Fabrikam'],
    ['bücher.example', 'Bücher'],
    ['3FA85F64-5717-4562-b3fc-2c963f66afa6', 'Office 365 3FA85F64'],
    ['', ''],
  ] as const;
  for (const [tenant, expected] of tenants) {
    it(`of “${tenant}” is “${expected}”`, () => assert.equal(nameFromTenant(tenant), expected));
  }
});
