import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { jsonFaultPlace } from '../../../src/connections/jsonPlace.ts';

const columnOf = (text: string): number => Number(/^line 1 column (\d+)$/.exec(jsonFaultPlace(text))?.[1]);

describe('The place where a text stops being JSON', () => {
  const examples: readonly (readonly [string, string])[] = [
    ['', 'line 1 column 1'],
    ['{"a": 1,}', 'line 1 column 9'],
    ['{"a": 1, "b" 2}', 'line 1 column 14'],
    ['{a: 1}', 'line 1 column 2'],
    ['[1 2]', 'line 1 column 4'],
    ['[1}', 'line 1 column 3'],
    ['{]', 'line 1 column 2'],
    ['[01]', 'line 1 column 3'],
    ['["a\tb"]', 'line 1 column 2'],
    ['{} {}', 'line 1 column 4'],
    ['1, 2', 'line 1 column 2'],
    ['{\r\n"a":\r\n]', 'line 3 column 1'],
  ];
  for (const [text, place] of examples) {
    it(`of ${JSON.stringify(text)} is ${place}`, () => assert.equal(jsonFaultPlace(text), place));
  }

  it('is the end of a whole text, and of one that was cut off between two tokens', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        assert.equal(columnOf(text), text.length + 1);
      }),
    );
  });

  it('is found in every text that is no JSON, however deep', () => {
    const deep = '['.repeat(200_000);
    assert.equal(columnOf(deep), deep.length + 1);
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.constantFrom(',', ':', '}', ']', '"', '#'), (json, position, wrong) => {
        const at = position % (json.length + 1);
        assert.match(jsonFaultPlace(json.slice(0, at) + wrong + json.slice(at)), /^line \d+ column \d+$/);
      }),
    );
  });
});
