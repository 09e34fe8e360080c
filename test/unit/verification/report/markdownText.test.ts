import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { markdownCode, markdownFence, markdownText } from '../../../../src/verification/report/markdownText.ts';

describe('Values in a Markdown report', () => {
  for (const [value, written] of [
    ['contoso.onmicrosoft.com', 'contoso.onmicrosoft.com'],
    ['full_access_as_app', 'full_access_as_app'],
    ['reception@contoso.com (60 items)', 'reception@contoso.com (60 items)'],
    ['<img src=x>', '\\<img src=x\\>'],
    ['[a](https://x.example)', '\\[a\\](https://x.example)'],
    ['**b** _c_ `d` ~e~', '\\*\\*b\\*\\* \\_c\\_ \\`d\\` \\~e\\~'],
    ['# one\n- two', '\\# one - two'],
    ['- one', '\\- one'],
    ['1. one', '1\\. one'],
    ['a & b &lt; c', 'a & b \\&lt; c'],
    ['back\\slash', 'back\\\\slash'],
  ] as const) {
    it(`${JSON.stringify(value)} stays text`, () => assert.equal(markdownText(value), written));
  }

  it('end neither code nor a block of code', () => {
    assert.equal(markdownCode('a`b\n# c'), "`a'b # c`");
    assert.deepEqual(markdownFence('a\n```\nb', 'powershell'), ['````powershell', 'a', '```', 'b', '````']);
  });
});
