import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { remaining } from '../../../src/webview/ui/duration.ts';

describe('The countdown of a code', () => {
  it('tells minutes and seconds, rounded up, and when it is over', () => {
    assert.equal(remaining(900_000), 'Valid for 15:00');
    assert.equal(remaining(899_001), 'Valid for 15:00');
    assert.equal(remaining(61_000), 'Valid for 1:01');
    assert.equal(remaining(5_000), 'Valid for 0:05');
    assert.equal(remaining(1), 'Valid for 0:01');
    assert.equal(remaining(0), 'The code has expired.');
    assert.equal(remaining(-5_000), 'The code has expired.');
  });
});
