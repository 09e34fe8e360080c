import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { Pace } from '../../../src/migration/pace.ts';
import { sortedOrder } from '../../../src/migration/picker/slicedSort.ts';

describe('Sorting in slices', () => {
  it('makes the same order as sorting at a stretch, equal ones as they came, at any length', async () => {
    const length = fc.oneof(
      fc.integer({ min: 0, max: 6000 }),
      fc.constantFrom(1023, 1024, 1025, 2048, 2049, 3072, 4097),
    );
    await fc.assert(
      fc.asyncProperty(length, fc.integer({ min: 1, max: 10_000 }), fc.integer(), async (count, kinds, seed) => {
        const values = Array.from({ length: count }, (_, at) => Math.abs(Math.imul(at + 1, seed | 1) % kinds));
        const compare = (a: number, b: number): number => (values[a] ?? 0) - (values[b] ?? 0);
        const expected = values.map((_, at) => at).sort(compare);
        assert.deepEqual([...(await sortedOrder(count, compare, new Pace()))], expected);
      }),
      { numRuns: 60 },
    );
  });
});
