import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { barAfterKey, barHeights, chartHeight } from '../../../src/webview/ui/chartGeometry.ts';

describe('The chart of the last runs', () => {
  it('has its highest bar for the longest run, and none that cannot be seen', () => {
    assert.deepEqual(barHeights([1000, 500, 0]), [96, 51, 6]);
    assert.deepEqual(barHeights([0]), [6]);
    assert.deepEqual(barHeights([]), []);
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 3_600_000 })), (durations) =>
        barHeights(durations).every((height) => height >= 6 && height <= chartHeight),
      ),
    );
  });

  it('is walked through with the arrow keys, and not left with them', () => {
    assert.equal(barAfterKey('ArrowLeft', 3, 5), 2);
    assert.equal(barAfterKey('ArrowLeft', 0, 5), 0);
    assert.equal(barAfterKey('ArrowRight', 3, 5), 4);
    assert.equal(barAfterKey('ArrowRight', 4, 5), 4);
    assert.equal(barAfterKey('Home', 3, 5), 0);
    assert.equal(barAfterKey('End', 1, 5), 4);
    assert.equal(barAfterKey('Tab', 1, 5), undefined);
  });
});
