import assert from 'node:assert/strict';
import { sequentialRoundTrips } from '../../bench/roundTrips.ts';

describe('Sequential round trips', () => {
  const spans = (...pairs: [start: number, end: number][]) => pairs.map(([start, end]) => ({ start, end }));

  it('are as many as requests when each waits for the one before', () => {
    assert.equal(sequentialRoundTrips(spans([0, 10], [10, 20], [21, 30])), 3);
  });

  it('are one for requests at the same time, however many', () => {
    assert.equal(sequentialRoundTrips(spans([0, 10], [1, 12], [2, 9])), 1);
  });

  it('follow the longest row of requests, in whatever order they are told', () => {
    // One long request beside three short ones, and one after all of them.
    assert.equal(sequentialRoundTrips(spans([40, 50], [0, 35], [0, 10], [10, 20], [20, 30])), 4);
  });

  it('are none without requests', () => {
    assert.equal(sequentialRoundTrips([]), 0);
  });
});
