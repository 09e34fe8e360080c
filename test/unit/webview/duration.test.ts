import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { formatDuration } from '../../../src/webview/ui/duration.ts';

describe('A duration in the wizard', () => {
  const examples: readonly [milliseconds: number, text: string][] = [
    [0, '0 ms'],
    [119.6, '120 ms'],
    [999.4, '999 ms'],
    [999.6, '1.0 s'],
    [1410, '1.4 s'],
    [59_940, '59.9 s'],
    [59_960, '1 min 0 s'],
    [125_000, '2 min 5 s'],
  ];
  for (const [milliseconds, text] of examples) {
    it(`of ${milliseconds} ms reads “${text}”`, () => assert.equal(formatDuration(milliseconds), text));
  }
});
